"""Publishing: a draft comes into force on a day to come, by a second person, when nothing stands against it."""

import uuid

from sqlalchemy.orm import Session

from config.clock import Clock
from intake import audit, policy
from intake.action import Action
from intake.actor import Actor
from intake.ruleset_check import examine
from intake.ruleset_draft import NotAllowed, account_of, is_outdated, open_row, refuse_day, texts_of
from intake.tables.audit import Outcome
from intake.tables.ruleset import PublishedRuleset, RulesetDraft, RulesetDraftState
from rules.ruleset import Status


class NotPublishable(RuntimeError):
    """The draft may not come into force yet; `reasons` says why, in Dutch sentences."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("Deze regels kunnen nog niet worden vastgesteld.")
        self.reasons = reasons


def publish(session: Session, actor: Actor, draft_id: uuid.UUID, *, version: int, clock: Clock) -> PublishedRuleset:
    """Let a draft come into force on its day. It never changes after that.

    Raises:
        NotFound, DraftGone, DraftChanged: it is not there, closed, or another version.
        NotPublishable: with every reason; nothing happened.
    """
    policy.require(actor, Action.PUBLISH_RULES)
    row = open_row(session, actor, draft_id, version)
    reasons = obstacles(session, actor, row, clock=clock)
    if reasons:
        audit.record(session, actor, Action.PUBLISH_RULES, Outcome.REFUSED, about=row, detail=f"redenen={len(reasons)}")
        raise NotPublishable(reasons)
    bundle = texts_of(session, row, clock)
    found = examine(bundle).ruleset
    assert found is not None
    made = PublishedRuleset(
        id=uuid.uuid4(),
        regio=row.regio,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        hash=found.hash,
        own=dict(bundle.own),
        shared=dict(bundle.shared),
        note=row.note,
        published_at=clock.now(),
        published_by=account_of(actor),
    )
    session.add(made)
    session.flush()
    row.state, row.ruleset_id = RulesetDraftState.GEPUBLICEERD, made.id
    row.version += 1
    audit.record(session, actor, Action.PUBLISH_RULES, about=made, detail=f"van={made.valid_from} {made.hash[:19]}")
    return made


def obstacles(session: Session, actor: Actor, row: RulesetDraft, *, clock: Clock) -> tuple[str, ...]:
    """Why this actor cannot let this draft come into force; empty when that is possible."""
    found: list[str] = []
    if str(actor.account_id) in row.editors:
        found.append("U hebt zelf aan dit concept gewerkt. Een tweede persoon stelt de regels vast.")
    try:
        refuse_day(session, row.regio, row.valid_from, clock)
    except NotAllowed as error:
        found.append(str(error))
    if not row.note.strip():
        found.append("Er staat niet bij wat er verandert en waarom.")
    bundle = texts_of(session, row, clock)
    examined = examine(bundle)
    found += examined.reasons
    if examined.ruleset is not None and examined.ruleset.status is not Status.IN_WERKING:
        found.append("De status in het hoofd moet „in_werking” zijn.")
    if is_outdated(session, row, clock):
        found.append("De regels waarvan dit een kopie is, gelden niet meer. Begin opnieuw met de regels van nu.")
    return tuple(found)
