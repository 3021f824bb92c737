"""Who hears of emergency access: the privacy officer of the gemeente, else who leads there, else the region's officer.

Never nobody: production does not start while a gemeente would tell nobody (`untold`).
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from config.calendar import add_working_days
from config.clock import AMSTERDAM, Clock
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.people.organisations.organisation import organisations
from intake.post.notice import Notice
from intake.post.outgoing import News, ask_mail
from intake.tables.account import Account, Membership, Role
from intake.tables.break_glass import BreakGlass
from intake.tables.intake import Intake
from intake.tables.message import Message
from intake.tables.organisation import OrganisationKind

A_WORKING_DAY = 1
LONG_AGO = timedelta(days=60)
"""What is older is no news any more; it stays in the list."""


class NobodyHears(RuntimeError):
    """Of these gemeenten nobody would hear of emergency access; the message is Dutch and says what to do."""

    def __init__(self, gemeenten: tuple[str, ...]) -> None:
        super().__init__(
            f"Niemand hoort van spoedtoegang bij: {', '.join(gemeenten)}. Geef daar iemand de rol “fg” of "
            "“teamleider”, of geef iemand van de regio de rol “fg”: toegang gebruiker nieuw."
        )


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person, and for which organisation she is told."""

    account_id: uuid.UUID
    organisation_id: uuid.UUID


def ladder(session: Session, gemeente_id: uuid.UUID, today: date) -> tuple[tuple[Recipient, ...], ...]:
    """The rungs that have somebody today, the nearest first."""
    region = [one.id for one in organisations(session, (OrganisationKind.REGIO,))]
    rungs = (
        _held(session, [gemeente_id], Role.FG, today),
        _held(session, [gemeente_id], Role.TEAMLEIDER, today),
        _held(session, region, Role.FG, today),
    )
    return tuple(rung for rung in rungs if rung)


def untold(session: Session, today: date) -> tuple[str, ...]:
    """The gemeenten of which nobody would hear of it, by name."""
    found = organisations(session, (OrganisationKind.GEMEENTE,))
    return tuple(one.naam for one in found if not ladder(session, one.id, today))


def require_recipients(session: Session, today: date) -> None:
    """Somebody hears of emergency access in every gemeente.

    Raises:
        NobodyHears: in some nobody does.
    """
    found = untold(session, today)
    if found:
        raise NobodyHears(found)


def tell(session: Session, row: BreakGlass, *, clock: Clock) -> None:
    """Tell the nearest rung, and the worker of the case, at once: here and by mail."""
    case = session.get_one(Intake, row.intake_id)
    told = Told(MessageKind.SPOEDTOEGANG, words={"door": f"{row.naam} ({row.organisatie})"})
    for one in next(iter(ladder(session, row.gemeente_id, clock.today())), ()):
        _tell(session, one, _about(session, row, told), clock)
    if case.worker_id != row.account_id:
        message.tell_worker(session, case, told, clock=clock)


def escalate(session: Session, *, clock: Clock) -> int:
    """Tell the next rung of what nobody has seen after a working day, or the first once more; how many acts."""
    since = clock.now() - LONG_AGO
    unseen = (BreakGlass.seen_at.is_(None), BreakGlass.escalated_at.is_(None), BreakGlass.at > since)
    late = [
        row for row in session.scalars(select(BreakGlass).where(*unseen).order_by(BreakGlass.at)) if _late(row, clock)
    ]
    for row in late:
        rungs = ladder(session, row.gemeente_id, clock.today())
        told = Told(MessageKind.SPOEDTOEGANG_NIET_GEZIEN, words={"door": f"{row.naam} ({row.organisatie})"})
        for one in rungs[min(1, len(rungs) - 1)] if rungs else ():
            _tell(session, one, _about(session, row, told), clock)
        row.escalated_at = clock.now()
    return len(late)


def was_told(session: Session, account_id: uuid.UUID | None, row_id: uuid.UUID) -> bool:
    """Whether this person was told of it, by name."""
    query = select(Message.id).where(Message.subject == Subject.SPOEDTOEGANG.value, Message.subject_id == row_id)
    return session.scalars(query.where(Message.account_id == account_id).limit(1)).first() is not None


def told_of(session: Session, account_id: uuid.UUID) -> list[uuid.UUID]:
    """The acts of which this person was told, by name."""
    query = select(Message.subject_id).where(Message.subject == Subject.SPOEDTOEGANG.value)
    return list(session.scalars(query.where(Message.account_id == account_id)))


def _late(row: BreakGlass, clock: Clock) -> bool:
    return clock.today() > add_working_days(row.at.astimezone(AMSTERDAM).date(), A_WORKING_DAY)


@dataclass(frozen=True, slots=True)
class _About:
    """What is told of one act, and where it leads."""

    told: Told
    behind: Behind


def _about(session: Session, row: BreakGlass, told: Told) -> _About:
    return _About(told, Behind(Subject.SPOEDTOEGANG, row.id, session.get_one(Intake, row.intake_id).reference))


def _tell(session: Session, one: Recipient, about: _About, clock: Clock) -> None:
    to = To(one.organisation_id, one.account_id)
    message.send(session, about.told, to=to, behind=about.behind, clock=clock)
    ask_mail(session, session.get_one(Account, one.account_id), News(Notice.SPOEDTOEGANG, {}), clock=clock)


def _held(session: Session, employers: list[uuid.UUID], role: Role, today: date) -> tuple[Recipient, ...]:
    held = (
        select(Membership.account_id, Membership.organisation_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.organisation_id.in_(employers),
            Membership.role == role,
            Membership.van <= today,
            or_(Membership.tot.is_(None), Membership.tot >= today),
            Account.blocked_at.is_(None),
        )
        .distinct()
    )
    return tuple(sorted((Recipient(row[0], row[1]) for row in session.execute(held)), key=lambda one: one.account_id))
