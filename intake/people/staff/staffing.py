"""What a functioneel beheerder does with accounts: inviting, giving and ending roles, blocking. All of it is logged.

An account that also works elsewhere cannot be taken over: links, blocking and the second factor are for who manages
all its places. Nobody changes the own rights, and somebody always remains who manages the accounts.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.login.accounts import account, invitation
from intake.login.accounts.account import NewAccount
from intake.login.accounts.invitation import Link
from intake.login.factors import totp
from intake.login.sessions import login_session
from intake.people.organisations import membership
from intake.people.organisations.membership import Appointment
from intake.people.staff.staff import ROLES, managed, person
from intake.tables.account import Account, Membership, Role
from intake.tables.organisation import Organisation, OrganisationKind

LONGEST_ADDRESS = 254
_OFFICE = frozenset({Role.BELEID, Role.FUNCTIONEEL_BEHEERDER, Role.LOGBEHEERDER, Role.FG})
_TEAM = frozenset({Role.WIJKTEAMMEDEWERKER, Role.TEAMLEIDER, Role.FUNCTIONEEL_BEHEERDER})
_DESK = frozenset({Role.REGIONALE_TOEGANG, Role.FUNCTIONEEL_BEHEERDER})
ROLES_OF: Mapping[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.GEMEENTE: _OFFICE | _TEAM,
    OrganisationKind.WIJKTEAM: _TEAM,
    OrganisationKind.REGIONALE_TOEGANG: _DESK,
    OrganisationKind.JONGERENLOKET: _DESK,
    OrganisationKind.EXPERTISE: frozenset({Role.EXPERTISE, Role.FUNCTIONEEL_BEHEERDER}),
    OrganisationKind.REGIO: _OFFICE,
}
"""The roles that fit a kind of organisation; every other kind is a receiver."""
_RECEIVER = frozenset({Role.AANBIEDER, Role.FUNCTIONEEL_BEHEERDER})


class StaffRefused(ValueError):
    """This cannot be done to this account; the message is Dutch and says why and what then."""


def invite(
    session: Session, actor: Actor, wanted: NewAccount, role: Appointment, *, clock: Clock
) -> tuple[Account, Link]:
    """A new account with its first role, and the link to hand over.

    Raises:
        NotFound: the organisation is not the actor's to manage.
        StaffRefused: no address, no name, the role does not fit, or its days are wrong.
        EmailTaken: the address is in use.
    """
    works_for = _managed_one(session, actor, role.organisation_id)
    if "@" not in wanted.email.strip("@ ") or len(wanted.email) > LONGEST_ADDRESS:
        raise StaffRefused("Vul het e-mailadres van het werk in.")
    named = replace(wanted, naam=wanted.naam.strip(), functie=wanted.functie.strip())
    if not named.naam or not named.functie:
        raise StaffRefused("Vul de naam en de functie in.")
    made = account.register_account(session, named, now=clock.now())
    _give(session, works_for, made, role)
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=made, detail=f"uitgenodigd rol={role.role}")
    return made, invitation.make_link(session, made, made_by=actor.account_id, now=clock.now())


def new_link(session: Session, actor: Actor, account_id: uuid.UUID, *, clock: Clock) -> Link:
    """Another link for this account; older ones are dead.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: it works elsewhere too, or is blocked.
        TooManyLinks: five were made in the last 24 hours.
    """
    found = _alone(session, actor, account_id, clock)
    if found.blocked_at is not None:
        raise StaffRefused("Dit account is geblokkeerd. Deblokkeer het eerst.")
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=found, detail="link_gemaakt")
    return invitation.make_link(session, found, made_by=actor.account_id, now=clock.now())


def give_role(session: Session, actor: Actor, account_id: uuid.UUID, wanted: Appointment, *, clock: Clock) -> None:
    """Another role, in the days of the appointment; the person logs in anew.

    Raises:
        NotFound: the person or the organisation is not the actor's to manage.
        StaffRefused: the role does not fit there, the days are wrong, or it is the actor's own account.
    """
    found = person(session, actor, account_id, clock=clock).account
    _not_oneself(actor, found)
    _give(session, _managed_one(session, actor, wanted.organisation_id), found, wanted)
    login_session.end_all(session, found.id, now=clock.now())
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=found, detail=f"rol_gegeven rol={wanted.role}")


def end_role(
    session: Session, actor: Actor, account_id: uuid.UUID, membership_id: uuid.UUID, *, tot: date, clock: Clock
) -> None:
    """The role ends after the day `tot`; the person logs in anew.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: nobody would be left to manage the accounts, or it is the actor's own account.
    """
    found = person(session, actor, account_id, clock=clock)
    held = session.get(Membership, membership_id, with_for_update=True)
    if held is None or membership_id not in {one.membership_id for one in found.roles}:
        raise policy.NotFound(audit.refused(actor, Action.MANAGE_ACCOUNTS, subject_kind=Membership.__tablename__))
    _not_oneself(actor, found.account)
    _keep_an_administrator(session, found.account, clock.today(), held)
    membership.end_role(session, held, tot=tot)
    login_session.end_all(session, found.account.id, now=clock.now())
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=found.account, detail=f"rol_beeindigd rol={held.role}")


def block(session: Session, actor: Actor, account_id: uuid.UUID, *, clock: Clock) -> None:
    """Nobody gets in with this account; its sessions and links end at once.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: nobody would be left to manage the accounts, it works elsewhere too, or it is the actor's own.
    """
    found = _alone(session, actor, account_id, clock)
    _not_oneself(actor, found)
    _keep_an_administrator(session, found, clock.today())
    account.block(session, found, now=clock.now())
    invitation.end_links(session, found, now=clock.now())
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=found, detail="geblokkeerd")


def unblock(session: Session, actor: Actor, account_id: uuid.UUID, *, clock: Clock) -> None:
    """The account may be used again.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: it works elsewhere too.
    """
    found = _alone(session, actor, account_id, clock)
    account.unblock(session, found)
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=found, detail="gedeblokkeerd")


def end_sessions(session: Session, actor: Actor, account_id: uuid.UUID, *, clock: Clock) -> None:
    """The person is logged out everywhere.

    Raises:
        NotFound: not the actor's to manage.
    """
    found = person(session, actor, account_id, clock=clock).account
    login_session.end_all(session, found.id, now=clock.now())
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=found, detail="sessies_beeindigd")


def forget_second_factor(session: Session, actor: Actor, account_id: uuid.UUID, *, clock: Clock) -> None:
    """A lost phone: the person sets the second step up anew at the next login.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: it works elsewhere too, or is the actor's own account.
    """
    found = _alone(session, actor, account_id, clock)
    _not_oneself(actor, found)
    totp.forget(session, found)
    login_session.end_all(session, found.id, now=clock.now())
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=found, detail="tweede_factor_gewist")


def _managed_one(session: Session, actor: Actor, organisation_id: uuid.UUID) -> Organisation:
    for one in managed(session, actor):
        if one.id == organisation_id:
            return one
    raise policy.NotFound(
        audit.refused(actor, Action.MANAGE_ACCOUNTS, subject_kind=Organisation.__tablename__, object_id=organisation_id)
    )


def _alone(session: Session, actor: Actor, account_id: uuid.UUID, clock: Clock) -> Account:
    found = person(session, actor, account_id, clock=clock)
    if found.elsewhere:
        raise StaffRefused(
            "Deze persoon werkt ook voor een organisatie die u niet beheert. "
            "Beëindig de rol bij uw organisatie, of vraag het de beheerder van de regio."
        )
    return found.account


def _give(session: Session, works_for: Organisation, to: Account, wanted: Appointment) -> Membership:
    if wanted.role not in ROLES_OF.get(works_for.kind, _RECEIVER):
        raise StaffRefused(f"De rol “{ROLES[wanted.role]}” past niet bij {works_for.naam}.")
    if wanted.tot is not None and wanted.tot < wanted.van:
        raise StaffRefused("De laatste dag ligt voor de eerste dag. Kies een latere laatste dag.")
    return membership.give_role(session, to, wanted)


def _not_oneself(actor: Actor, found: Account) -> None:
    if actor.account_id == found.id:
        raise StaffRefused("Uw eigen rechten wijzigt u niet zelf. Vraag het een andere functioneel beheerder.")


def _keep_an_administrator(session: Session, found: Account, today: date, ending: Membership | None = None) -> None:
    """Refuse what would leave an organisation without anybody who manages its accounts.

    Raises:
        StaffRefused: this is the last one.
    """
    for held in session.scalars(_administrators(today).where(Membership.account_id == found.id)):
        if ending is not None and held.id != ending.id:
            continue
        others = _administrators(today).where(
            Membership.organisation_id == held.organisation_id, Membership.account_id != found.id
        )
        if session.scalars(others.with_for_update().limit(1)).first() is None:
            raise StaffRefused(
                "Dit is de laatste functioneel beheerder van deze organisatie. Geef eerst een ander deze rol."
            )


def _administrators(today: date) -> Select[Membership]:
    """Roles of functioneel beheerder without an end, of accounts that can log in."""
    return (
        select(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.role == Role.FUNCTIONEEL_BEHEERDER, Membership.van <= today, Membership.tot.is_(None))
        .where(Account.blocked_at.is_(None), Account.password_hash.is_not(None))
    )
