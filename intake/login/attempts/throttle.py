"""Counting attempts before anything expensive is done for them: atomically, in the database, per sliding window.

An attempt that is refused is not counted, so nobody is kept out longer by knocking.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from intake.keys.crypto import keyed_hash
from intake.tables.login_session import Attempt

FIVE_MINUTES, HOUR, DAY = 300, 3_600, 86_400
KNOWN = "bekend:"
KNOWN_DAYS = 90


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` attempts in any `seconds`, under one key."""

    key: str
    count: int
    seconds: int


class TooManyAttempts(RuntimeError):
    """The attempt is not even looked at. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        minutes = max(1, -(-retry_after // 60))
        unit = "minuut" if minutes == 1 else "minuten"
        super().__init__(f"Er is te vaak geprobeerd in te loggen. Probeer het over {minutes} {unit} opnieuw.")
        self.retry_after = retry_after


def password_limits(session: Session, *, name: str, address: str, now: datetime) -> tuple[Limit, ...]:
    """The limits on one password attempt for login name `name` from network address `address`.

    Where this person logged in before has a count of its own, so that a stranger who tries passwords from elsewhere
    keeps no colleague out. Names and addresses are stored as keyed hashes only.
    """
    place = keyed_hash(session, f"{name}|{address}")
    known = session.scalar(
        select(exists().where(Attempt.key == _known(place), Attempt.window > _day(now) - KNOWN_DAYS))
    )
    return (
        Limit(f"plaats:{place}" if known else f"naam:{keyed_hash(session, name)}", 5, FIVE_MINUTES),
        Limit(f"adres:{keyed_hash(session, address)}", 20, FIVE_MINUTES),
        Limit("iedereen", 500, FIVE_MINUTES),
    )


def remember_address(session: Session, *, name: str, address: str, now: datetime) -> None:
    """This person has logged in from here."""
    key = _known(keyed_hash(session, f"{name}|{address}"))
    session.execute(delete(Attempt).where(Attempt.key == key))
    session.add(Attempt(key=key, window=_day(now), count=1))
    session.flush()


def code_limits(account_id: uuid.UUID) -> tuple[Limit, ...]:
    """The limits on attempts with a code or a recovery code."""
    return tuple(
        Limit(f"code-{seconds}:{account_id}", count, seconds)
        for count, seconds in ((5, FIVE_MINUTES), (20, HOUR), (50, DAY))
    )


def admit(session: Session, limits: tuple[Limit, ...], *, now: datetime) -> None:
    """Count one attempt under every limit. Commit before doing what it is for, so that the count stands.

    Raises:
        TooManyAttempts: one of them is full; roll back, nothing is to be counted.
    """
    for limit in sorted(limits, key=lambda limit: limit.key):
        if not _count(session, limit, now):
            raise TooManyAttempts(_retry_after(session, limit, now))


def give_back(session: Session, limits: tuple[Limit, ...], *, now: datetime) -> None:
    """The attempt was good: it does not count."""
    for limit in limits:
        session.execute(
            update(Attempt)
            .where(Attempt.key == limit.key, Attempt.window == _window(limit, now), Attempt.count > 0)
            .values(count=Attempt.count - 1)
        )


def forget_old(session: Session, *, now: datetime) -> None:
    """Remove counts of more than two days ago and addresses from which nobody logged in for long."""
    moment = int(now.timestamp())
    windows_of_hours = moment // HOUR + 1
    old = Attempt.window.between(windows_of_hours, (moment - 2 * DAY) // FIVE_MINUTES)
    unused = Attempt.key.startswith(KNOWN, autoescape=True) & (Attempt.window <= _day(now) - KNOWN_DAYS)
    session.execute(delete(Attempt).where(old | unused).execution_options(synchronize_session=False))


def _known(place: str) -> str:
    return f"{KNOWN}{place}"


def _day(now: datetime) -> int:
    return int(now.timestamp()) // DAY


def _count(session: Session, limit: Limit, now: datetime) -> bool:
    """Add one, in one statement, if there is room; whether there was."""
    room = limit.count - _carried(session, limit, now)
    if room <= 0:
        return False
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    counted = session.execute(
        insert(Attempt)
        .values(key=limit.key, window=_window(limit, now), count=1)
        .on_conflict_do_update(
            index_elements=[Attempt.key, Attempt.window],
            set_={"count": Attempt.count + 1},
            where=Attempt.count < literal(room),
        )
        .returning(Attempt.count)
    ).all()
    return bool(counted)


def _carried(session: Session, limit: Limit, now: datetime) -> int:
    """What the window before this one still weighs: less and less as this one passes."""
    return _weight(_held(session, limit, _window(limit, now) - 1), limit, _passed(limit, now))


def _held(session: Session, limit: Limit, window: int) -> int:
    return session.scalar(select(Attempt.count).where(Attempt.key == limit.key, Attempt.window == window)) or 0


def _retry_after(session: Session, limit: Limit, now: datetime) -> int:
    """Seconds until one more fits, if nobody else tries."""
    here, before = (_held(session, limit, _window(limit, now) - ago) for ago in (0, 1))
    passed = _passed(limit, now)
    for wait in range(1, 2 * limit.seconds):
        total = passed + wait
        if total < limit.seconds and here + _weight(before, limit, total) < limit.count:
            return wait
        if total >= limit.seconds and _weight(here, limit, total - limit.seconds) < limit.count:
            return wait
    return 2 * limit.seconds


def _weight(before: int, limit: Limit, passed: int) -> int:
    return -(-before * (limit.seconds - passed) // limit.seconds)


def _passed(limit: Limit, now: datetime) -> int:
    return int(now.timestamp()) % limit.seconds


def _window(limit: Limit, now: datetime) -> int:
    return int(now.timestamp()) // limit.seconds
