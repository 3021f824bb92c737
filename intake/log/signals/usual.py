"""How many files somebody opens, on a usual day and in an hour, by the audit log."""

import statistics
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from intake.tables.audit import AuditCode, AuditEvent

MANY = 100
"""More files a day than this stands out, whoever reads them."""
USUAL_TIMES, AT_LEAST = 3, 30
"""So many times the person's own usual day stands out, from so many files a day."""
MANY_AN_HOUR = 40
"""More files within one hour than this stands out; a page of a list shows twenty-five."""
USUAL_DAYS = timedelta(days=90)

When = TypeVar("When", date, datetime)
Files = Mapping[tuple[When, uuid.UUID], set[uuid.UUID]]


def unusual_days(
    session: Session, gemeente_id: uuid.UUID, events: Iterable[AuditEvent]
) -> Iterator[tuple[tuple[date, uuid.UUID], set[uuid.UUID]]]:
    """Day, person and files of the days on which somebody opened many more files than on a usual day."""
    for (day, account_id), cases in _files(events, _day).items():
        if len(cases) < AT_LEAST:
            continue
        usual = _usual(session, gemeente_id, account_id, day)
        if len(cases) > MANY or (usual and len(cases) > USUAL_TIMES * usual):
            yield (day, account_id), cases


def busy_hours(events: Iterable[AuditEvent]) -> Iterator[tuple[tuple[datetime, uuid.UUID], set[uuid.UUID]]]:
    """Hour, person and files of the busiest hour of each day on which somebody opened too many files in one."""
    busiest: dict[tuple[date, uuid.UUID], tuple[datetime, set[uuid.UUID]]] = {}
    for (hour, account_id), cases in _files(events, _hour).items():
        key = hour.astimezone(AMSTERDAM).date(), account_id
        if len(cases) > MANY_AN_HOUR and len(cases) > len(busiest.get(key, (hour, set()))[1]):
            busiest[key] = hour, cases
    for (_, account_id), (hour, cases) in busiest.items():
        yield (hour, account_id), cases


def _usual(session: Session, gemeente_id: uuid.UUID, account_id: uuid.UUID, day: date) -> float:
    """How many files this person opens on a usual working day before `day`; 0 when there are none yet."""
    query = select(AuditEvent).where(AuditEvent.chain_id == gemeente_id, AuditEvent.account_id == account_id)
    before = [one for one in session.scalars(query) if day - USUAL_DAYS <= _day(one) < day]
    counts = [len(cases) for cases in _files(before, _day).values()]
    return statistics.median(counts) if counts else 0


def _files(events: Iterable[AuditEvent], when: Callable[[AuditEvent], When]) -> Files[When]:
    found: dict[tuple[When, uuid.UUID], set[uuid.UUID]] = defaultdict(set)
    for one in events:
        if one.code is AuditCode.READ and one.account_id and one.subject_id:
            found[when(one), one.account_id].add(one.subject_id)
    return found


def _day(event: AuditEvent) -> date:
    return event.at.astimezone(AMSTERDAM).date()


def _hour(event: AuditEvent) -> datetime:
    return event.at.replace(minute=0, second=0, microsecond=0)
