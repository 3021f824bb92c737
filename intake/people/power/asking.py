"""Asking for power: a control role for somebody, or taking away somebody's second factor.

A role that controls nobody is given at once. For the others a second beheerder is needed; whom it concerns hears of it
at once, here and by mail, and so does who can decide.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.login.accounts.account import NewAccount
from intake.login.accounts.invitation import Link
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.people.organisations.membership import Appointment
from intake.people.organisations.organisation import organisations, tenant_of
from intake.people.staff import staffing
from intake.people.staff.staff import ROLES
from intake.people.staff.staffing import administrators
from intake.post.notice import Notice
from intake.post.outgoing import News, ask_mail
from intake.tables.account import Account, Membership, Role
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.proposal import Proposal, ProposalKind, ProposalState

CONTROL_ROLES = frozenset({Role.FG, Role.LOGBEHEERDER, Role.FUNCTIONEEL_BEHEERDER, Role.TEAMLEIDER})
"""Who looks over others, or lets them in."""
LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody new, the link to hand over, and whether the role waits for a second beheerder."""

    account: Account
    link: Link
    waits: bool


def invite(act: Act, wanted: NewAccount, role: Appointment) -> Invited:
    """A new account; its role at once, or when a second beheerder agrees.

    Raises:
        NotFound, StaffRefused, EmailTaken: as `staffing.invite`.
    """
    if role.role not in CONTROL_ROLES:
        return Invited(*staffing.invite(act, wanted, role), waits=False)
    made, link = staffing.welcome(act, wanted, role)
    _propose(act, made, role.organisation_id, role)
    return Invited(made, link, waits=True)


def give_role(act: Act, account_id: uuid.UUID, wanted: Appointment) -> Proposal | None:
    """Another role: at once, or as the proposal that waits for a second beheerder.

    Raises:
        NotFound, StaffRefused: as `staffing.give_role`.
    """
    if wanted.role not in CONTROL_ROLES:
        staffing.give_role(act, account_id, wanted)
        return None
    found = staffing.may_get(act, account_id, wanted)
    return _propose(act, found, wanted.organisation_id, wanted)


def forget_second_factor(act: Act, account_id: uuid.UUID) -> Proposal:
    """A lost phone: the second step is set up anew, when a second beheerder agrees.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: it works elsewhere too, or is the actor's own account.
    """
    found = staffing.may_lose_second_factor(act, account_id)
    held = select(Membership.organisation_id).where(Membership.account_id == found.id).order_by(Membership.van.desc())
    return _propose(act, found, act.session.scalars(held.limit(1)).one(), None)


def seconds(session: Session, organisation: Organisation, act: Act) -> tuple[Membership, ...]:
    """Who else manages this organisation's accounts today: its own beheerders, its gemeente's and the region's."""
    gemeente = tenant_of(session, organisation)
    region = organisations(session, (OrganisationKind.REGIO,))
    employers = {organisation.id, *([gemeente.id] if gemeente else []), *(one.id for one in region)}
    held = administrators(act.clock.today()).where(Membership.organisation_id.in_(employers))
    return tuple(session.scalars(held.order_by(Membership.account_id, Membership.organisation_id)))


def _propose(act: Act, to: Account, organisation_id: uuid.UUID, role: Appointment | None) -> Proposal:
    """The proposal; one that waits already for the same is that one."""
    wanted = role.role.value if role else None
    same = select(Proposal).where(
        Proposal.account_id == to.id,
        Proposal.organisation_id == organisation_id,
        Proposal.role == wanted,
        Proposal.state == ProposalState.WACHT,
        Proposal.ends_at > act.clock.now(),
    )
    living = act.session.scalars(same.limit(1)).first()
    if living is not None:
        return living
    assert act.actor.account_id is not None
    made = Proposal(
        id=uuid.uuid4(),
        organisation_id=organisation_id,
        account_id=to.id,
        kind=ProposalKind.ROL if role else ProposalKind.TWEEDE_STAP,
        role=wanted,
        van=role.van if role else None,
        tot=role.tot if role else None,
        asked_by=act.actor.account_id,
        asked_at=act.clock.now(),
        ends_at=act.clock.now() + LIFE,
    )
    act.session.add(made)
    act.session.flush()
    audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=to, detail=f"voorgesteld {wanted or made.kind}")
    _tell(act, to, made)
    return made


def _tell(act: Act, to: Account, made: Proposal) -> None:
    told = told_of(made, MessageKind.ROL_GEVRAAGD, MessageKind.TWEEDE_STAP_GEVRAAGD, door=act.actor.naam)
    tell_person(act, to, made, told)
    organisation = act.session.get_one(Organisation, made.organisation_id)
    for one in seconds(act.session, organisation, act):
        if one.account_id not in (to.id, made.asked_by):
            asked = Told(MessageKind.VOORSTEL_WACHT, words={"door": act.actor.naam, "van": to.naam})
            behind = Behind(Subject.VOORSTEL, made.id)
            message.send(act.session, asked, to=To(one.organisation_id, one.account_id), behind=behind, clock=act.clock)


def tell_person(act: Act, to: Account, made: Proposal, told: Told) -> None:
    """Whom it concerns hears of it here and by mail."""
    behind = Behind(Subject.ACCOUNT, to.id)
    message.send(act.session, told, to=To(made.organisation_id, to.id), behind=behind, clock=act.clock)
    ask_mail(act.session, to, News(Notice.RECHTEN, {}), clock=act.clock)


def told_of(made: Proposal, of_role: MessageKind, of_factor: MessageKind, *, door: str) -> Told:
    """What a person is told of the proposal: of a role, or of the second step."""
    if made.role is None:
        return Told(of_factor, words={"door": door})
    return Told(of_role, words={"door": door, "rol": ROLES[Role(made.role)]})
