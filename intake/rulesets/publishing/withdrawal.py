"""Withdrawing published rules before their first day: a fault was seen in time, and nobody was advised by them yet.

Whoever published them does not withdraw them alone: a second person does, with a reason. All policy staff hear of it.
What was withdrawn stays to be read, and another set may be published for the same day.
"""

import uuid

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.advice import in_force
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.rulesets.drafts.draft import LONGEST_NOTE, account_of
from intake.tables.account import Membership, Role
from intake.tables.audit import Outcome
from intake.tables.ruleset import PublishedRuleset, RulesetWithdrawal
from rules import NoRuleSet


class NotWithdrawable(RuntimeError):
    """These rules cannot be withdrawn by this person now; the message is Dutch and says why."""


def withdraw(act: Act, ruleset_id: uuid.UUID, *, reason: str) -> RulesetWithdrawal:
    """Take published rules back, so that they never come into force.

    Raises:
        NotFound: there are no such published rules.
        NotWithdrawable: they are in force already, were withdrawn, the actor published them, or there is no reason.
    """
    row = policy.fetch(act.session, act.actor, Action.PUBLISH_RULES, PublishedRuleset, ruleset_id, lock=True)
    problem = obstacle(act, row) or ("" if reason.strip() else "Schrijf op waarom.")
    if problem:
        audit.record(
            act.session, act.actor, Action.PUBLISH_RULES, Outcome.REFUSED, about=row, detail="intrekken geweigerd"
        )
        raise NotWithdrawable(problem)
    made = RulesetWithdrawal(
        id=uuid.uuid4(),
        ruleset_id=row.id,
        reason=reason.strip()[:LONGEST_NOTE],
        withdrawn_at=act.clock.now(),
        withdrawn_by=account_of(act.actor),
    )
    act.session.add(made)
    act.session.flush()
    audit.record(act.session, act.actor, Action.PUBLISH_RULES, about=row, detail=f"ingetrokken van={row.valid_from}")
    gap = gap_after(act.session, row)
    tell(act, row, MessageKind.REGELS_INGETROKKEN_GEEN_ANDERE if gap else MessageKind.REGELS_INGETROKKEN)
    return made


def why_not(act: Act, ruleset_id: uuid.UUID) -> str:
    """As `obstacle`, for a page.

    Raises:
        NotFound: there are no such published rules.
    """
    row = policy.fetch(act.session, act.actor, Action.PUBLISH_RULES, PublishedRuleset, ruleset_id)
    return obstacle(act, row)


def obstacle(act: Act, row: PublishedRuleset) -> str:
    """Why this actor cannot withdraw these rules, in one Dutch sentence; empty when that is possible."""
    if act.session.scalar(select(RulesetWithdrawal.id).where(RulesetWithdrawal.ruleset_id == row.id)) is not None:
        return "Deze regels zijn al ingetrokken."
    if row.valid_from <= act.clock.today():
        return "Deze regels gelden al. Maak een nieuw concept voor een volgende dag."
    if row.published_by == act.actor.account_id:
        return "U stelde deze regels zelf vast. Een collega trekt ze in."
    return ""


def gap_after(session: Session, row: PublishedRuleset) -> bool:
    """Whether no rules at all would be left for the first day of these."""
    try:
        in_force.rules_in_force(session, row.regio, row.valid_from)
    except NoRuleSet:
        return True
    return False


def tell(act: Act, row: PublishedRuleset, kind: MessageKind) -> None:
    """A message to everybody who writes rules: what the actor did with these."""
    told = Told(kind, words={"door": act.actor.naam, "dag_voluit": row.valid_from.isoformat()})
    today = act.clock.today()
    query = select(Membership.account_id, Membership.organisation_id).distinct()
    query = query.where(Membership.role == Role.BELEID, Membership.van <= today)
    for account, organisation in act.session.execute(
        query.where(or_(Membership.tot.is_(None), Membership.tot >= today))
    ):
        behind = Behind(Subject.REGELS, row.id)
        message.send(act.session, told, to=To(organisation, account), behind=behind, clock=act.clock)
