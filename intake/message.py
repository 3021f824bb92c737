"""Messages within the house: something is ready or has changed. They hold no personal data of clients."""

import uuid
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.actor import Actor
from intake.tables.message import Message

SHOWN = 50


class Subject(StrEnum):
    """What a message is about; the page that it leads to."""

    INTAKE = "intake"
    VERWIJZING = "verwijzing"
    EXPERTISE = "expertise"
    CONCEPT = "concept"
    SPOEDTOEGANG = "spoedtoegang"
    LOGBOEK = "logboek"


def send(
    session: Session,
    *,
    to: uuid.UUID,
    account_id: uuid.UUID | None = None,
    subject: Subject,
    subject_id: uuid.UUID,
    text: str,
    clock: Clock,
) -> Message:
    """A message to everybody of organisation `to`, or to one person of it."""
    message = Message(
        id=uuid.uuid4(),
        organisation_id=to,
        account_id=account_id,
        subject=subject.value,
        subject_id=subject_id,
        text=text,
        created_at=clock.now(),
    )
    session.add(message)
    return message


def unread(session: Session, actor: Actor) -> tuple[Message, ...]:
    """What this person has not read yet, newest first; not more than fit a page."""
    query = select(Message).where(_mine(actor), Message.read_at.is_(None))
    return tuple(session.scalars(query.order_by(Message.created_at.desc()).limit(SHOWN)))


def mark_read(session: Session, actor: Actor, message_id: uuid.UUID, *, clock: Clock) -> None:
    """This message was read; nothing happens when it is not the actor's, or gone."""
    message = session.scalars(select(Message).where(_mine(actor), Message.id == message_id)).first()
    if message is not None and message.read_at is None:
        message.read_at = clock.now()


def mark_subject_read(session: Session, actor: Actor, subject_id: uuid.UUID, *, clock: Clock) -> None:
    """The actor has looked at what the messages are about: they need no second look."""
    for message in session.scalars(
        select(Message).where(_mine(actor), Message.subject_id == subject_id, Message.read_at.is_(None))
    ):
        message.read_at = clock.now()


def _mine(actor: Actor) -> ColumnElement[bool]:
    to_me = or_(Message.account_id.is_(None), Message.account_id == actor.account_id)
    return Message.organisation_id.in_(actor.addressed_as) & to_me
