"""What waits for a second beheerder."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from intake.access.act import Act
from intake.people.power.answering import is_of_region, may_answer
from intake.people.staff.staff import managed
from intake.tables.account import Account
from intake.tables.organisation import Organisation
from intake.tables.proposal import Proposal, ProposalState

MOST = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal: about whom, where, asked by whom; whether the reader decides (`second`) or asked for it (`own`)."""

    row: Proposal
    naam: str
    organisation: str
    asked_by: str
    second: bool
    own: bool


def waiting(act: Act) -> tuple[Waiting, ...]:
    """The proposals of the organisations that the actor manages, and for the region's beheerder all; oldest first.

    Raises:
        Forbidden: the actor manages no accounts.
    """
    mine = [one.id for one in managed(act.session, act.actor)]
    asker = aliased(Account)
    query = (
        select(Proposal, Account.naam, Organisation.naam, asker.naam)
        .join(Account, Account.id == Proposal.account_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(asker, asker.id == Proposal.asked_by)
        .where(Proposal.state == ProposalState.WACHT, Proposal.ends_at > act.clock.now())
    )
    if not is_of_region(act.actor):
        query = query.where(Proposal.organisation_id.in_(mine))
    rows = act.session.execute(query.order_by(Proposal.asked_at, Proposal.id).limit(MOST))
    return tuple(
        Waiting(
            row=row[0],
            naam=row[1],
            organisation=row[2],
            asked_by=row[3],
            second=may_answer(act, row[0]),
            own=row[0].asked_by == act.actor.account_id,
        )
        for row in rows
    )
