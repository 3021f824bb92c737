"""Deciding on a proposal: by a second beheerder, never by who asked or whom it concerns."""

import uuid
from collections.abc import Mapping

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.people.messages.kind import MessageKind
from intake.people.organisations.membership import Appointment
from intake.people.power.asking import tell_person, told_of
from intake.people.staff import staffing
from intake.people.staff.staff import managed
from intake.tables.account import Account, Role
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.proposal import Proposal, ProposalState

ANSWERS: Mapping[str, ProposalState] = {
    "akkoord": ProposalState.AKKOORD,
    "weigeren": ProposalState.GEWEIGERD,
    "intrekken": ProposalState.INGETROKKEN,
}
"""What can be answered, as the page sends it."""


class ProposalGone(ValueError):
    """It was answered, has ended, or is not this person's to answer; the message is Dutch."""


def answer(act: Act, proposal_id: uuid.UUID, answered: ProposalState) -> Proposal:
    """Agree, refuse, or take back what one asked for oneself.

    Raises:
        NotFound: no such proposal, or not of an organisation that the actor manages.
        ProposalGone: it was answered or has ended, or a second person is needed for this.
    """
    row = _reached(act, proposal_id)
    if row.state is not ProposalState.WACHT or row.ends_at <= act.clock.now():
        raise ProposalGone("Dit voorstel is al beantwoord of verlopen.")
    own = row.asked_by == act.actor.account_id
    if (answered is ProposalState.INGETROKKEN) is not own or row.account_id == act.actor.account_id:
        raise ProposalGone("Hierover beslist een tweede beheerder: niet wie het vroeg en niet om wie het gaat.")
    row.state, row.answered_by, row.answered_at = answered, act.actor.account_id, act.clock.now()
    act.session.flush()
    about = act.session.get_one(Account, row.account_id)
    audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=about, detail=f"voorstel_{answered.value}")
    if answered is ProposalState.AKKOORD:
        _carry_out(act, row, about)
    return row


def may_answer(act: Act, row: Proposal) -> bool:
    """Whether this actor is a second person for it."""
    return act.actor.account_id not in (row.asked_by, row.account_id)


def is_of_region(actor: Actor) -> bool:
    """Whether the actor manages the accounts of the region: a second person for everybody."""
    return actor.organisation_kind is OrganisationKind.REGIO


def _reached(act: Act, proposal_id: uuid.UUID) -> Proposal:
    mine = {one.id for one in managed(act.session, act.actor)}
    row = act.session.get(Proposal, proposal_id, with_for_update=True)
    if row is None or not (row.organisation_id in mine or is_of_region(act.actor)):
        raise policy.NotFound(audit.refused(act.actor, Action.MANAGE_ACCOUNTS, subject_kind=Proposal.__tablename__))
    return row


def _carry_out(act: Act, row: Proposal, about: Account) -> None:
    if row.role is None:
        staffing.take_second_factor(act, about)
    else:
        assert row.van is not None
        van = max(row.van, act.clock.today())
        role = Appointment(organisation_id=row.organisation_id, role=Role(row.role), van=van, tot=row.tot)
        staffing.appoint(act, about, act.session.get_one(Organisation, row.organisation_id), role)
    done = told_of(row, MessageKind.ROL_GEGEVEN, MessageKind.TWEEDE_STAP_GEWIST, door=act.actor.naam)
    tell_person(act, about, row, done)
