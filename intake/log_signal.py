"""What stands out in an audit log: unusual numbers, the own surname, outside the own gemeente, emergency access.

A signal is a reason to ask, not an accusation. It names the person and the cases by id; never a client.
"""

import statistics
import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from intake import sealing
from intake.crypto import CannotOpen, preload_case_keys
from intake.organisation import tenant_of
from intake.policy_rules import Relation
from intake.tables.audit import AuditCode, AuditEvent, Outcome
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation

MANY = 100
"""More files a day than this stands out, whoever reads them."""
USUAL_TIMES, AT_LEAST = 3, 30
"""So many times the person's own usual day stands out, from so many files a day."""
REFUSALS = 5
USUAL_DAYS = timedelta(days=90)
BATCH = 500
SHARED = frozenset({Relation.ADDRESSED, Relation.REFERRAL, Relation.ROUTED, Relation.REGION, Relation.EMERGENCY})


class SignalKind(StrEnum):
    """Why something stands out."""

    SPOED = "spoedtoegang"
    ACHTERNAAM = "zelfde_achternaam"
    BUITEN_GEMEENTE = "buiten_eigen_gemeente"
    VEEL_DOSSIERS = "veel_dossiers"
    VEEL_GEWEIGERD = "veel_geweigerd"


@dataclass(frozen=True, slots=True)
class Signal:
    """One person, one day, one reason; `number` of files (or refusals), some of the cases by id."""

    kind: SignalKind
    day: date
    account_id: uuid.UUID
    name: str
    number: int
    cases: tuple[uuid.UUID, ...]


def signals_in(session: Session, gemeente_id: uuid.UUID, *, from_seq: int) -> tuple[Signal, ...]:
    """What stands out in the log of this gemeente from row `from_seq` on; newest first."""
    events = _events(session, gemeente_id, from_seq)
    found = [
        *_grouped(SignalKind.SPOED, (one for one in events if one.emergency)),
        *_grouped(SignalKind.ACHTERNAAM, _namesakes(session, events)),
        *_grouped(SignalKind.BUITEN_GEMEENTE, _outside(session, gemeente_id, events)),
        *_unusual(session, gemeente_id, events),
        *_refused(events),
    ]
    order = list(SignalKind)
    return tuple(sorted(found, key=lambda one: (-one.day.toordinal(), order.index(one.kind), one.name)))


def _events(session: Session, gemeente_id: uuid.UUID, from_seq: int) -> list[AuditEvent]:
    query = select(AuditEvent).where(AuditEvent.chain_id == gemeente_id, AuditEvent.seq >= from_seq)
    return [one for one in session.scalars(query.order_by(AuditEvent.seq)) if one.account_id is not None]


def _day(event: AuditEvent) -> date:
    return event.at.astimezone(AMSTERDAM).date()


def _grouped(kind: SignalKind, events: Iterable[AuditEvent]) -> Iterator[Signal]:
    groups: dict[tuple[date, uuid.UUID], list[AuditEvent]] = defaultdict(list)
    for event in events:
        if event.account_id is not None:
            groups[_day(event), event.account_id].append(event)
    for (day, account_id), rows in groups.items():
        cases = tuple(dict.fromkeys(row.subject_id for row in rows if row.subject_id))
        yield Signal(kind, day, account_id, rows[0].user_name, len(cases) or len(rows), cases[:10])


def _namesakes(session: Session, events: list[AuditEvent]) -> Iterator[AuditEvent]:
    """Events on a case whose client has the surname of the person who acts."""
    surnames = _surnames(session, {one.subject_id for one in events if one.subject_id})
    for event in events:
        theirs = surnames.get(event.subject_id) if event.subject_id else None
        words = event.user_name.split()
        if theirs and words and _plain(words[-1]) == theirs:
            yield event


def _surnames(session: Session, subjects: set[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    found: dict[uuid.UUID, str] = {}
    wanted = sorted(subjects)
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        preload_case_keys(session, part)
        for case in session.scalars(select(Intake).where(Intake.id.in_(part))):
            try:
                name = str(sealing.get(session, case, "answers").get("achternaam", ""))
            except CannotOpen:
                continue
            found[case.id] = _plain(name)
    return found


def _plain(name: str) -> str:
    """A surname without accents, capitals and signs."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in letters if sign.isalpha())


def _outside(session: Session, gemeente_id: uuid.UUID, events: list[AuditEvent]) -> Iterator[AuditEvent]:
    """Events by people of another gemeente to whom the case was not sent or shared."""
    tenants: dict[uuid.UUID, uuid.UUID | None] = {}
    for event in events:
        if event.organisation_id is None or event.rule.rpartition("/")[2] in SHARED:
            continue
        if event.organisation_id not in tenants:
            works_for = session.get(Organisation, event.organisation_id)
            tenant = tenant_of(session, works_for) if works_for else None
            tenants[event.organisation_id] = tenant.id if tenant else None
        if event.rule and tenants[event.organisation_id] != gemeente_id:
            yield event


def _unusual(session: Session, gemeente_id: uuid.UUID, events: list[AuditEvent]) -> Iterator[Signal]:
    days = _files_a_day(events)
    for (day, account_id), cases in days.items():
        if len(cases) < AT_LEAST:
            continue
        usual = _usual(session, gemeente_id, account_id, day)
        if len(cases) > MANY or (usual and len(cases) > USUAL_TIMES * usual):
            name = next(one.user_name for one in events if one.account_id == account_id)
            yield Signal(SignalKind.VEEL_DOSSIERS, day, account_id, name, len(cases), tuple(sorted(cases))[:10])


def _usual(session: Session, gemeente_id: uuid.UUID, account_id: uuid.UUID, day: date) -> float:
    """How many files this person opens on a usual working day before `day`; 0 when there are none yet."""
    query = select(AuditEvent).where(AuditEvent.chain_id == gemeente_id, AuditEvent.account_id == account_id)
    before = [one for one in session.scalars(query) if day - USUAL_DAYS <= _day(one) < day]
    counts = [len(cases) for cases in _files_a_day(before).values()]
    return statistics.median(counts) if counts else 0


def _files_a_day(events: Iterable[AuditEvent]) -> Mapping[tuple[date, uuid.UUID], set[uuid.UUID]]:
    found: dict[tuple[date, uuid.UUID], set[uuid.UUID]] = defaultdict(set)
    for one in events:
        if one.code is AuditCode.READ and one.account_id and one.subject_id:
            found[_day(one), one.account_id].add(one.subject_id)
    return found


def _refused(events: list[AuditEvent]) -> Iterator[Signal]:
    for one in _grouped(SignalKind.VEEL_GEWEIGERD, (e for e in events if e.outcome is Outcome.REFUSED)):
        if one.number >= REFUSALS:
            yield one
