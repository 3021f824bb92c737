"""Keys for the JSON interface: made and withdrawn by the functioneel beheerder, shown once, kept as a hash.

Who acts with a key, and what it lets through, stands in `intake.people.systems.api_actor`.
"""

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.login.accounts import account
from intake.login.accounts.account import NewAccount
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.people.staff import staff
from intake.people.systems.api_actor import hash_of, is_alive, role_and_scopes
from intake.tables.account import Account, Membership, Role
from intake.tables.api_token import ApiToken, Scope
from intake.tables.organisation import Organisation, OrganisationKind

PREFIX = "toegang_"
TOKEN_BYTES = 32
SHOWN = len(PREFIX) + 6
LONGEST_NAME = 60
LONGEST_LIFE = timedelta(days=400)
"""A year, and time to renew it."""
REMIND_DAYS = (30, 7, 1)
"""How many days before its last day people hear that a key ends."""


class TokenRefused(ValueError):
    """This key cannot be made; the message is Dutch and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A key that somebody wants: for which system, for what, and up to and including which day."""

    organisation_id: uuid.UUID
    naam: str
    scopes: Collection[Scope]
    tot: date
    van: date | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key. `secret` is shown once and kept nowhere."""

    token: ApiToken
    secret: str


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A key as its beheerder sees it."""

    token: ApiToken
    organisation: str
    alive: bool
    blocked: bool


def make_token(act: Act, wanted: NewToken) -> Issued:
    """A new key for a system of an organisation, from today unless it says another first day.

    A second key under the same name is the same system: it goes on with what the first one began.

    Raises:
        NotFound: the organisation is not the actor's to manage.
        TokenRefused: no name, no fitting scope, or days that cannot be.
    """
    works_for = _managed_one(act.session, act.actor, wanted.organisation_id)
    name, first = " ".join(wanted.naam.split()), wanted.van or act.clock.today()
    _check(works_for, name, wanted.scopes)
    _check_days(first, wanted.tot, act.clock.today())
    secret = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    made = ApiToken(
        id=uuid.uuid4(),
        organisation_id=works_for.id,
        account_id=_system_account(act.session, works_for, name, act.clock).id,
        naam=name,
        token_hash=hash_of(secret),
        shown=secret[:SHOWN],
        scopes=sorted(wanted.scopes),
        van=first,
        tot=wanted.tot,
        created_at=act.clock.now(),
        created_by=act.actor.account_id,
    )
    act.session.add(made)
    act.session.flush()
    audit.record(
        act.session, act.actor, Action.MANAGE_ACCOUNTS, about=made, detail=f"sleutel_gemaakt {' '.join(made.scopes)}"
    )
    return Issued(made, secret)


def withdraw(act: Act, token_id: uuid.UUID) -> ApiToken:
    """The key works no more, from the next request on; one that was withdrawn before stays so.

    Raises:
        NotFound: no such key, or not the actor's to manage.
    """
    found = act.session.get(ApiToken, token_id)
    if found is None:
        raise _not_found(act.actor, token_id)
    _managed_one(act.session, act.actor, found.organisation_id, about=token_id)
    if found.withdrawn_at is None:
        found.withdrawn_at = act.clock.now()
        audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=found, detail="sleutel_ingetrokken")
    return found


def tokens(act: Act) -> tuple[TokenLine, ...]:
    """The keys of the organisations that the actor manages, the newest first.

    Raises:
        Forbidden: the actor manages no accounts.
    """
    mine = {one.id: one.naam for one in staff.managed(act.session, act.actor)}
    query = select(ApiToken, Account.blocked_at).join(Account, Account.id == ApiToken.account_id)
    rows = act.session.execute(
        query.where(ApiToken.organisation_id.in_(mine)).order_by(ApiToken.created_at.desc(), ApiToken.id)
    )
    return tuple(
        TokenLine(row[0], mine[row[0].organisation_id], is_alive(row[0], act.clock.now()), row[1] is not None)
        for row in rows
    )


def remind_of_end(session: Session, *, clock: Clock) -> int:
    """Tell who manages a key that it ends in a month, a week or tomorrow; how many were told.

    A system with a key that goes on longer needs no reminder.
    """
    told, days = 0, [clock.today() + timedelta(days=left) for left in REMIND_DAYS]
    for one in session.scalars(select(ApiToken).where(ApiToken.withdrawn_at.is_(None), ApiToken.tot.in_(days))):
        later = select(ApiToken.id).where(ApiToken.account_id == one.account_id, ApiToken.tot > one.tot)
        if session.scalars(later.where(ApiToken.withdrawn_at.is_(None)).limit(1)).first() is not None:
            continue
        for held in _managers(session, session.get_one(Organisation, one.organisation_id), clock.today()):
            ends = Told(MessageKind.SLEUTEL_EINDIGT, words={"van": one.naam, "dag": one.tot.isoformat()})
            to = To(held.organisation_id, held.account_id)
            message.send(session, ends, to=to, behind=Behind(Subject.KOPPELING, one.id), clock=clock)
            told += 1
    return told


def _managers(session: Session, works_for: Organisation, today: date) -> list[Membership]:
    """Who manages the keys of this organisation: its own beheerders and its gemeente’s, else the region’s."""
    held = (
        select(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.role == Role.FUNCTIONEEL_BEHEERDER, Membership.van <= today)
        .where(or_(Membership.tot.is_(None), Membership.tot >= today))
    )
    near = held.where(Organisation.id.in_([one for one in (works_for.id, works_for.parent_id) if one]))
    found = list(session.scalars(near))
    return found or list(session.scalars(held.where(Organisation.kind == OrganisationKind.REGIO)))


def _check(works_for: Organisation, naam: str, scopes: Collection[Scope]) -> None:
    if not naam or len(naam) > LONGEST_NAME or not naam.isprintable():
        raise TokenRefused(f"Geef het systeem een naam van ten hoogste {LONGEST_NAME} tekens, zoals Zaaksysteem.")
    if not scopes:
        raise TokenRefused("Kies ten minste één ding waarvoor de sleutel is.")
    unfit = sorted(set(scopes) - role_and_scopes(works_for.kind)[1])
    if unfit:
        raise TokenRefused(f"Dit past niet bij {works_for.naam}: {', '.join(unfit)}. Haal het weg.")


def _check_days(van: date, tot: date, today: date) -> None:
    if not today <= van <= tot:
        raise TokenRefused("De laatste dag ligt voor de eerste dag of voor vandaag. Kies een latere laatste dag.")
    if tot - van > LONGEST_LIFE:
        raise TokenRefused(f"Een sleutel werkt ten hoogste {LONGEST_LIFE.days} dagen. Kies een eerdere laatste dag.")


def _system_account(session: Session, works_for: Organisation, naam: str, clock: Clock) -> Account:
    """The account of the system of this name; unblocked when it was blocked because nobody used it."""
    query = select(Account).join(ApiToken, ApiToken.account_id == Account.id)
    query = query.where(ApiToken.organisation_id == works_for.id, ApiToken.naam == naam)
    found = session.scalars(query.limit(1)).first()
    if found is None:
        return account.register_account(
            session,
            NewAccount(
                email=f"{uuid.uuid4()}@systeem.invalid",
                naam=naam,
                functie=f"koppeling van {works_for.naam}",
                fictief=works_for.fictief,
            ),
            now=clock.now(),
        )
    if found.blocked_at is not None:
        account.unblock(session, found)
        found.last_login_at = clock.now()
    return found


def _managed_one(
    session: Session, actor: Actor, organisation_id: uuid.UUID, *, about: uuid.UUID | None = None
) -> Organisation:
    for one in staff.managed(session, actor):
        if one.id == organisation_id:
            return one
    raise _not_found(actor, about or organisation_id)


def _not_found(actor: Actor, object_id: uuid.UUID) -> policy.NotFound:
    return policy.NotFound(
        audit.refused(actor, Action.MANAGE_ACCOUNTS, subject_kind=ApiToken.__tablename__, object_id=object_id)
    )
