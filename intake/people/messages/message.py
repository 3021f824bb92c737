"""Messages within the house: something is ready or has changed. They hold no personal data of clients."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.login.accounts import account
from intake.people.messages.kind import Told
from intake.tables.expertise import ExpertiseRequest
from intake.tables.intake import Intake
from intake.tables.message import Message
from intake.tables.referral import Referral

SHOWN = 50
PAGE_SIZE = 25


class Subject(StrEnum):
    """What a message is about; the page that it leads to."""

    INTAKE = "intake"
    VERWIJZING = "verwijzing"
    EXPERTISE = "expertise"
    CONCEPT = "concept"
    SPOEDTOEGANG = "spoedtoegang"
    LOGBOEK = "logboek"
    BEPERKT = "beperkt"
    """A case that is (or was) restricted; the message names no case and leads to none."""
    REGELS = "regels"
    KOPPELING = "koppeling"
    ACCOUNT = "account"
    VOORSTEL = "voorstel"


_BEHIND: Mapping[str, tuple[Action, type[Intake | Referral | ExpertiseRequest]]] = {
    Subject.INTAKE: (Action.READ_INTAKE, Intake),
    Subject.VERWIJZING: (Action.READ_REFERRAL, Referral),
    Subject.EXPERTISE: (Action.GIVE_REVIEW, ExpertiseRequest),
}
"""What lies behind a message, where not everybody who got it may look for ever."""


@dataclass(frozen=True, slots=True)
class MessageList:
    """One page of the messages, newest first, and how many there are in all."""

    messages: tuple[Message, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class To:
    """Who gets a message: everybody of the organisation, or one person of it."""

    organisation_id: uuid.UUID
    account_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """What a message leads to, and the number of the case that it may name."""

    subject: Subject
    id: uuid.UUID
    zaak: str = ""


def send(session: Session, told: Told, *, to: To, behind: Behind, clock: Clock) -> Message:
    """Keep a message for who reads it later; for a system, to its organisation."""
    account_id = to.account_id
    if account_id is not None and account.is_system(session, account_id):
        account_id = None
    message = Message(
        id=uuid.uuid4(),
        organisation_id=to.organisation_id,
        account_id=account_id,
        subject=behind.subject.value,
        subject_id=behind.id,
        kind=told.kind.value,
        reference=behind.zaak or None,
        about_id=told.about,
        words=dict(told.words),
        created_at=clock.now(),
    )
    session.add(message)
    return message


def tell_worker(session: Session, case: Intake, told: Told, *, clock: Clock) -> Message:
    """A message to the worker of the case, about the case."""
    return send(session, told, to=To(case.organisation_id, case.worker_id), behind=about_case(case), clock=clock)


def about_case(case: Intake) -> Behind:
    """Leads to the file of the case, and names its number."""
    return Behind(Subject.INTAKE, case.id, case.reference)


def unread(session: Session, actor: Actor, *, limit: int = SHOWN) -> tuple[Message, ...]:
    """What this person has not read yet, newest first; not more than `limit`."""
    query = select(Message).where(_mine(actor), Message.read_at.is_(None))
    return tuple(session.scalars(query.order_by(Message.created_at.desc(), Message.id).limit(limit)))


def count_unread(session: Session, actor: Actor) -> int:
    """How many messages this person has not read yet."""
    query = select(func.count()).select_from(Message).where(_mine(actor), Message.read_at.is_(None))
    return session.scalar(query) or 0


def all_messages(session: Session, actor: Actor, *, page: int = 1, size: int = PAGE_SIZE) -> MessageList:
    """Everything that was sent to this person, read or not, newest first; past the end, the last page."""
    total = session.scalar(select(func.count()).select_from(Message).where(_mine(actor))) or 0
    pages = max(1, -(-total // size))
    number = min(max(1, page), pages)
    query = select(Message).where(_mine(actor)).order_by(Message.created_at.desc(), Message.id)
    return MessageList(tuple(session.scalars(query.limit(size).offset((number - 1) * size))), number, pages, total)


def within_reach(session: Session, actor: Actor, messages: Iterable[Message]) -> frozenset[uuid.UUID]:
    """Of these messages, those whose subject the actor may still open; what was taken back is out of reach."""
    found, reached = list(messages), set[uuid.UUID]()
    for subject, (action, model) in _BEHIND.items():
        ids = {one.subject_id for one in found if one.subject == subject}
        if ids:
            query = select(model.id).where(model.id.in_(ids), policy.scope(actor, action, model))
            reached.update(session.scalars(query))
    return frozenset(one.id for one in found if one.subject not in _BEHIND or one.subject_id in reached)


def mark_all_read(act: Act) -> None:
    """This person has seen them all."""
    act.session.execute(
        update(Message).where(_mine(act.actor), Message.read_at.is_(None)).values(read_at=act.clock.now())
    )


def mark_subject_read(act: Act, subject_id: uuid.UUID) -> None:
    """The actor has looked at what the messages are about: they need no second look. A system that looks is nobody."""
    if act.actor.only is not None:
        return
    for message in act.session.scalars(
        select(Message).where(_mine(act.actor), Message.subject_id == subject_id, Message.read_at.is_(None))
    ):
        message.read_at = act.clock.now()


def _mine(actor: Actor) -> ColumnElement[bool]:
    to_me = or_(Message.account_id.is_(None), Message.account_id == actor.account_id)
    return Message.organisation_id.in_(actor.addressed_as) & to_me
