"""A hidden place under cover: in the rows of a case stands an organisation without name, street or number.

From the moment a hidden receiver is chosen, the referral, the right to read, the messages, the stay and the timeline
name a cover that is made for that one referral. It carries the contact of who sends, so every sentence that names the
receiver names the sender instead, on every page, in every letter and export and in the database. Which place is meant
lies wrapped by the master key; its people find theirs by a keyed hash. Whoever may know asks `revealed`.
"""

import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access.actor import SAFE_STAFF, Actor
from intake.keys.cipher import decrypt, encrypt
from intake.keys.crypto import unwrap_secret, wrap_secret
from intake.keys.keys import NO_TENANT, tenant_key, tenant_keys
from intake.places.candidate import Candidate
from intake.places.hidden import is_hidden
from intake.tables.account import Account
from intake.tables.cover import Cover
from intake.tables.expertise import ExpertiseRequest, ExpertiseState
from intake.tables.intake import Intake
from intake.tables.key import KeyPurpose
from intake.tables.organisation import Organisation
from intake.tables.place import Place, PlaceState
from intake.tables.referral import Referral

NAME = "Veilige plek"
PLACE_NAME = "Plek"
_KIND = "cover"
_SIGNED = b"cover of a person"
_NO_PLACE = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Behind:
    """What a cover hides; no place where none is asked."""

    organisation_id: uuid.UUID
    place_id: uuid.UUID | None


def put_over(session: Session, to: Candidate, *, sender: Organisation, clock: Clock) -> Candidate:
    """The same candidate under cover when it is hidden, else as it is; the caller has taken its place."""
    receiver = session.get_one(Organisation, to.organisation_id)
    if not is_hidden(receiver):
        return to
    _staff(session, clock)
    cover = _organisation(session, receiver, sender, clock)
    place = _place(session, cover, to, clock) if to.place_id else None
    row = Cover(
        id=uuid.uuid4(),
        organisation_id=cover.id,
        place_id=place.id if place else None,
        holder=_holder(tenant_key(session, NO_TENANT, KeyPurpose.INDEX)[1], receiver.id),
    )
    told = receiver.id.bytes + (to.place_id or _NO_PLACE).bytes
    row.behind = wrap_secret(session, told, row.id, _KIND)
    session.add(row)
    session.flush()
    return replace(to, organisation_id=cover.id, place_id=row.place_id, naam=cover.naam)


def behind(session: Session, organisation_id: uuid.UUID) -> Behind | None:
    """What this organisation covers; none when it is no cover."""
    row = session.scalars(select(Cover).where(Cover.organisation_id == organisation_id)).one_or_none()
    return _opened(session, row) if row else None


def true_organisation(session: Session, organisation_id: uuid.UUID) -> uuid.UUID:
    """The organisation that is meant: the one behind it when it is a cover, else itself. For who acts in its name."""
    found = behind(session, organisation_id)
    return found.organisation_id if found else organisation_id


def true_place(session: Session, place_id: uuid.UUID) -> uuid.UUID:
    """The place that is meant: the one behind it when it is a cover, else itself."""
    row = session.scalars(select(Cover).where(Cover.place_id == place_id)).one_or_none()
    found = _opened(session, row) if row else None
    return found.place_id if found and found.place_id else place_id


def place_name(session: Session, place: Place) -> str:
    """The name of the place for who has it: the true one."""
    return session.get_one(Place, true_place(session, place.id)).naam


def no_cover() -> ColumnElement[bool]:
    """The condition on places that are no covers."""
    return ~exists().where(Cover.place_id == Place.id)


def covers_of(session: Session, organisation: Organisation) -> frozenset[uuid.UUID]:
    """The names under which clients are sent to this organisation; none when it is not hidden."""
    if not is_hidden(organisation):
        return frozenset()
    keys = tenant_keys(session, NO_TENANT, KeyPurpose.INDEX)
    held = [_holder(key, organisation.id) for _, key in keys]
    return frozenset(session.scalars(select(Cover.organisation_id).where(Cover.holder.in_(held))))


def revealed(session: Session, actor: Actor, referral: Referral) -> Organisation:
    """The receiver as this actor may know it: the true one for who may know, else the cover as it stands.

    Who may know: the worker of the case and who sent the referral, its people, and the expertise function while it is
    asked. The caller has fetched the referral or its case.
    """
    shown = session.get_one(Organisation, referral.receiver_id)
    found = behind(session, referral.receiver_id)
    if found is None or not may_know(session, actor, referral):
        return shown
    return session.get_one(Organisation, found.organisation_id)


def knows(session: Session, actor: Actor, referral: Referral) -> bool:
    """Whether this actor may know where and when the client of this referral comes: always, when it is no cover."""
    return behind(session, referral.receiver_id) is None or may_know(session, actor, referral)


def may_know(session: Session, actor: Actor, referral: Referral) -> bool:
    """Whether this actor may know where the client of this referral is."""
    if referral.receiver_id in actor.addressed_as:
        return True
    case = session.get_one(Intake, referral.intake_id)
    if actor.only is None and actor.account_id is not None and actor.account_id in (case.worker_id, referral.sent_by):
        return True
    asked = exists().where(
        ExpertiseRequest.intake_id == case.id,
        ExpertiseRequest.receiver_id.in_(actor.addressed_as),
        ExpertiseRequest.state == ExpertiseState.GEVRAAGD,
    )
    return bool(session.scalar(select(asked)))


def sealed_id(session: Session, organisation: Organisation, account_id: uuid.UUID) -> str:
    """Which person works for this hidden place, for the rows that must not tell it; empty for any other place."""
    if not is_hidden(organisation):
        return ""
    version, key = tenant_key(session, NO_TENANT, KeyPurpose.INDEX)
    return f"{version}.{urlsafe_b64encode(encrypt(key, account_id.bytes, _SIGNED)).decode()}"


def who_signed(session: Session, sealed: str) -> uuid.UUID:
    """The account behind a `sealed_id`: for who must find out, with a right of its own.

    Raises:
        CannotOpen: it was made by other keys, or damaged.
    """
    version, _, told = sealed.partition(".")
    _, key = tenant_key(session, NO_TENANT, KeyPurpose.INDEX, int(version))
    return uuid.UUID(bytes=decrypt(key, urlsafe_b64decode(told), _SIGNED))


def _staff(session: Session, clock: Clock) -> None:
    """The account that rows of a case name for people of hidden places: without password, role or address."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {
        "id": SAFE_STAFF.account_id,
        "email": "veilige-plek@toegang.invalid",
        "naam": SAFE_STAFF.naam,
        "functie": "",
        "fictief": True,
        "totp_last_step": 0,
        "blocked_at": clock.now(),
        "created_at": clock.now(),
    }
    session.execute(make(Account).values(row).on_conflict_do_nothing())


def _organisation(session: Session, receiver: Organisation, sender: Organisation, clock: Clock) -> Organisation:
    """Without address, with the numbers of who sends; closed, since nothing else is ever sent to it."""
    now = clock.now()
    reach = ", ".join(part for part in (sender.naam, sender.telefoon) if part)
    made = Organisation(
        id=uuid.uuid4(),
        kind=receiver.kind,
        naam=f"{NAME} (vraag {reach})",
        fictief=receiver.fictief,
        telefoon=sender.telefoon,
        nachttelefoon=sender.nachttelefoon,
        openingstijden=sender.openingstijden,
        dag_van=sender.dag_van,
        dag_tot=sender.dag_tot,
        created_at=now,
        closed_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _place(session: Session, cover: Organisation, to: Candidate, clock: Clock) -> Place:
    """One place, taken, in no gemeente."""
    made = Place(
        id=uuid.uuid4(),
        organisation_id=cover.id,
        naam=PLACE_NAME,
        voorziening=to.voorziening,
        gemeente_code="",
        kenmerken=[],
        capaciteit=1,
        bezet=1,
        state=PlaceState.DICHT,
        changed_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made


def _opened(session: Session, row: Cover) -> Behind:
    told = unwrap_secret(session, row.behind, row.id, _KIND)
    place_id = uuid.UUID(bytes=told[16:])
    return Behind(uuid.UUID(bytes=told[:16]), None if place_id == _NO_PLACE else place_id)


def _holder(key: bytes, organisation_id: uuid.UUID) -> str:
    return hmac.digest(key, b"cover|" + organisation_id.bytes, "sha256").hex()
