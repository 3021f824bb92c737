"""Publishing: a draft comes into force on a day to come, by a second person, when nothing stands against it."""

import uuid
from dataclasses import dataclass
from typing import Self

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.advice import in_force
from intake.people.messages.kind import MessageKind
from intake.rulesets.drafts.draft import NotAllowed, account_of, is_outdated, open_row, refuse_day, texts_of
from intake.rulesets.inspection.check import Examination, recheck
from intake.rulesets.inspection.inspection import check_of
from intake.rulesets.publishing.withdrawal import tell
from intake.tables.audit import Outcome
from intake.tables.ruleset import PublishedRuleset, RulesetDraft, RulesetDraftState
from rules.engine import RuleSet, Status
from rules.shelf import Bundle

NOT_CHECKED = "De controle is voor deze tekst nog niet gedaan. Doe eerst de controle."


class NotPublishable(RuntimeError):
    """The draft may not come into force yet; `reasons` says why, in Dutch sentences."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("Deze regels kunnen nog niet worden vastgesteld.")
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What was looked at again just before publishing, and of which texts."""

    digest: str
    examination: Examination

    @classmethod
    def of(cls, bundle: Bundle) -> Self:
        """Look at these texts again; takes about a second, so do it before the transaction that publishes."""
        return cls(bundle.digest, recheck(bundle))


def publish(act: Act, draft_id: uuid.UUID, *, version: int, rechecked: Rechecked | None = None) -> PublishedRuleset:
    """Let a draft come into force on its day. It never changes after that. All policy staff hear of it.

    The whole check must have been done of exactly these texts; files, guard rails and scenarios are looked at again.

    Raises:
        NotFound, DraftGone, DraftChanged: it is not there, closed, or another version.
        NotPublishable: with every reason; nothing happened.
    """
    policy.require(act.actor, Action.PUBLISH_RULES)
    row = open_row(act.session, act.actor, draft_id, version)
    bundle = texts_of(act.session, row, act.clock)
    if rechecked is None or rechecked.digest != bundle.digest:
        rechecked = Rechecked.of(bundle)
    found = rechecked.examination
    reasons = obstacles(act, row, found)
    if reasons or found.ruleset is None:
        audit.record(
            act.session, act.actor, Action.PUBLISH_RULES, Outcome.REFUSED, about=row, detail=f"redenen={len(reasons)}"
        )
        raise NotPublishable(reasons)
    made = _kept(act, row, bundle, found.ruleset)
    row.state, row.ruleset_id = RulesetDraftState.GEPUBLICEERD, made.id
    row.version += 1
    audit.record(
        act.session, act.actor, Action.PUBLISH_RULES, about=made, detail=f"van={made.valid_from} {made.hash[:19]}"
    )
    tell(act, made, MessageKind.REGELS_VASTGESTELD)
    return made


def _kept(act: Act, row: RulesetDraft, bundle: Bundle, rules: RuleSet) -> PublishedRuleset:
    """The texts of the draft, kept for good."""
    made = PublishedRuleset(
        id=uuid.uuid4(),
        regio=row.regio,
        valid_from=rules.valid_from,
        valid_to=rules.valid_to,
        hash=rules.hash,
        own=dict(bundle.own),
        shared=dict(bundle.shared),
        note=row.note,
        published_at=act.clock.now(),
        published_by=account_of(act.actor),
        issue=in_force.next_issue(act.session, row.regio, rules.valid_from),
    )
    act.session.add(made)
    act.session.flush()
    return made


def obstacles(act: Act, row: RulesetDraft, examined: Examination) -> tuple[str, ...]:
    """Why this actor cannot let this draft come into force; empty when that is possible."""
    found: list[str] = []
    if str(act.actor.account_id) in row.editors:
        found.append("U hebt zelf aan dit concept gewerkt. Een tweede persoon stelt de regels vast.")
    try:
        refuse_day(act.session, row.regio, row.valid_from, act.clock)
    except NotAllowed as error:
        found.append(str(error))
    if not row.note.strip():
        found.append("Er staat niet bij wat er verandert en waarom.")
    checked = check_of(act.session, row, clock=act.clock)
    found += dict.fromkeys((*examined.reasons, *(checked.reasons if checked else ())))
    if checked is None and not examined.reasons:
        found.append(NOT_CHECKED)
    if examined.ruleset is not None and examined.ruleset.status is not Status.IN_WERKING:
        found.append("De status in het hoofd moet „in_werking” zijn.")
    if is_outdated(act.session, row, act.clock):
        found.append("De regels waarvan dit een kopie is, gelden niet meer. Begin opnieuw met de regels van nu.")
    return tuple(found)
