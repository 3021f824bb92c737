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

from intake.access import policy
from intake.access.act import Act
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


def invite(act: Act, wanted: NewAccount, role: Appointment) -> tuple[Account, Link]:
    """A new account with its first role, and the link to hand over.

    Raises:
        NotFound, StaffRefused, EmailTaken: as `welcome`.
    """
    made, link = welcome(act, wanted, role)
    works_for = act.session.get_one(Organisation, role.organisation_id)
    _give(act.session, works_for, made, role)
    return made, link


def welcome(act: Act, wanted: NewAccount, role: Appointment) -> tuple[Account, Link]:
    """A new account, still without the role that it is for, and the link to hand over.

    Raises:
        NotFound: the organisation is not the actor's to manage.
        StaffRefused: no address, no name, the role does not fit, or its days are wrong.
        EmailTaken: the address is in use.
    """
    works_for = _managed_one(act.session, act.actor, role.organisation_id)
    if "@" not in wanted.email.strip("@ ") or len(wanted.email) > LONGEST_ADDRESS:
        raise StaffRefused("Vul het e-mailadres van het werk in.")
    named = replace(wanted, naam=wanted.naam.strip(), functie=wanted.functie.strip())
    if not named.naam or not named.functie:
        raise StaffRefused("Vul de naam en de functie in.")
    _check(works_for, role)
    made = account.register_account(act.session, named, now=act.clock.now())
    audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=made, detail=f"uitgenodigd rol={role.role}")
    return made, invitation.make_link(act.session, made, made_by=act.actor.account_id, now=act.clock.now())


def new_link(act: Act, account_id: uuid.UUID) -> Link:
    """Another link for this account; older ones are dead.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: it works elsewhere too, or is blocked.
        TooManyLinks: five were made in the last 24 hours.
    """
    found = _alone(act, account_id)
    if found.blocked_at is not None:
        raise StaffRefused("Dit account is geblokkeerd. Deblokkeer het eerst.")
    audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=found, detail="link_gemaakt")
    return invitation.make_link(act.session, found, made_by=act.actor.account_id, now=act.clock.now())


def give_role(act: Act, account_id: uuid.UUID, wanted: Appointment) -> None:
    """Another role, in the days of the appointment; the person logs in anew.

    Raises:
        NotFound: the person or the organisation is not the actor's to manage.
        StaffRefused: the role does not fit there, the days are wrong, or it is the actor's own account.
    """
    found = may_get(act, account_id, wanted)
    appoint(act, found, act.session.get_one(Organisation, wanted.organisation_id), wanted)


def may_get(act: Act, account_id: uuid.UUID, wanted: Appointment) -> Account:
    """Who would get the role, when the actor may give it.

    Raises:
        NotFound, StaffRefused: as `give_role`.
    """
    found = person(act, account_id).account
    _not_oneself(act.actor, found)
    _check(_managed_one(act.session, act.actor, wanted.organisation_id), wanted)
    return found


def appoint(act: Act, found: Account, works_for: Organisation, wanted: Appointment) -> None:
    """The role is given, and the person logs in anew; the caller knows that it may be.

    Raises:
        StaffRefused: the role does not fit there, or the days are wrong.
    """
    _give(act.session, works_for, found, wanted)
    login_session.end_all(act.session, found.id, now=act.clock.now())
    audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=found, detail=f"rol_gegeven rol={wanted.role}")


def end_role(act: Act, account_id: uuid.UUID, membership_id: uuid.UUID, *, tot: date) -> None:
    """The role ends after the day `tot`; the person logs in anew.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: nobody would be left to manage the accounts, or it is the actor's own account.
    """
    found = person(act, account_id)
    held = act.session.get(Membership, membership_id, with_for_update=True)
    if held is None or membership_id not in {one.membership_id for one in found.roles}:
        raise policy.NotFound(audit.refused(act.actor, Action.MANAGE_ACCOUNTS, subject_kind=Membership.__tablename__))
    _not_oneself(act.actor, found.account)
    _keep_an_administrator(act.session, found.account, act.clock.today(), held)
    membership.end_role(act.session, held, tot=tot)
    login_session.end_all(act.session, found.account.id, now=act.clock.now())
    audit.record(
        act.session, act.actor, Action.MANAGE_ACCOUNTS, about=found.account, detail=f"rol_beeindigd rol={held.role}"
    )


def block(act: Act, account_id: uuid.UUID) -> None:
    """Nobody gets in with this account; its sessions and links end at once.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: nobody would be left to manage the accounts, it works elsewhere too, or it is the actor's own.
    """
    found = _alone(act, account_id)
    _not_oneself(act.actor, found)
    _keep_an_administrator(act.session, found, act.clock.today())
    account.block(act.session, found, now=act.clock.now())
    invitation.end_links(act.session, found, now=act.clock.now())
    audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=found, detail="geblokkeerd")


def unblock(act: Act, account_id: uuid.UUID) -> None:
    """The account may be used again.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: it works elsewhere too.
    """
    found = _alone(act, account_id)
    account.unblock(act.session, found)
    audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=found, detail="gedeblokkeerd")


def end_sessions(act: Act, account_id: uuid.UUID) -> None:
    """The person is logged out everywhere.

    Raises:
        NotFound: not the actor's to manage.
    """
    found = person(act, account_id).account
    login_session.end_all(act.session, found.id, now=act.clock.now())
    audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=found, detail="sessies_beeindigd")


def may_lose_second_factor(act: Act, account_id: uuid.UUID) -> Account:
    """Whose second step would be taken away, when the actor may ask for that.

    Raises:
        NotFound: not the actor's to manage.
        StaffRefused: it works elsewhere too, or is the actor's own account.
    """
    found = _alone(act, account_id)
    _not_oneself(act.actor, found)
    return found


def take_second_factor(act: Act, found: Account) -> None:
    """The second step is gone, and the person is logged out; the caller knows that it may be."""
    totp.forget(act.session, found)
    login_session.end_all(act.session, found.id, now=act.clock.now())
    audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=found, detail="tweede_factor_gewist")


def _managed_one(session: Session, actor: Actor, organisation_id: uuid.UUID) -> Organisation:
    for one in managed(session, actor):
        if one.id == organisation_id:
            return one
    raise policy.NotFound(
        audit.refused(actor, Action.MANAGE_ACCOUNTS, subject_kind=Organisation.__tablename__, object_id=organisation_id)
    )


def _alone(act: Act, account_id: uuid.UUID) -> Account:
    found = person(act, account_id)
    if found.elsewhere:
        raise StaffRefused(
            "Deze persoon werkt ook voor een organisatie die u niet beheert. "
            "Beëindig de rol bij uw organisatie, of vraag het de beheerder van de regio."
        )
    return found.account


def _give(session: Session, works_for: Organisation, to: Account, wanted: Appointment) -> Membership:
    _check(works_for, wanted)
    return membership.give_role(session, to, wanted)


def _check(works_for: Organisation, wanted: Appointment) -> None:
    if wanted.role not in ROLES_OF.get(works_for.kind, _RECEIVER):
        raise StaffRefused(f"De rol “{ROLES[wanted.role]}” past niet bij {works_for.naam}.")
    if wanted.tot is not None and wanted.tot < wanted.van:
        raise StaffRefused("De laatste dag ligt voor de eerste dag. Kies een latere laatste dag.")


def _not_oneself(actor: Actor, found: Account) -> None:
    if actor.account_id == found.id:
        raise StaffRefused("Uw eigen rechten wijzigt u niet zelf. Vraag het een andere functioneel beheerder.")


def _keep_an_administrator(session: Session, found: Account, today: date, ending: Membership | None = None) -> None:
    """Refuse what would leave an organisation without anybody who manages its accounts.

    Raises:
        StaffRefused: this is the last one.
    """
    for held in session.scalars(administrators(today).where(Membership.account_id == found.id)):
        if ending is not None and held.id != ending.id:
            continue
        others = administrators(today).where(
            Membership.organisation_id == held.organisation_id, Membership.account_id != found.id
        )
        if session.scalars(others.with_for_update().limit(1)).first() is None:
            raise StaffRefused(
                "Dit is de laatste functioneel beheerder van deze organisatie. Geef eerst een ander deze rol."
            )


def administrators(today: date) -> Select[Membership]:
    """Roles of functioneel beheerder without an end, of accounts that can log in."""
    return (
        select(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.role == Role.FUNCTIONEEL_BEHEERDER, Membership.van <= today, Membership.tot.is_(None))
        .where(Account.blocked_at.is_(None), Account.password_hash.is_not(None))
    )
