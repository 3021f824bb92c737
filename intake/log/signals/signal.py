"""What stands out in an audit log: unusual numbers, one's own name or address, a client whom many know, emergencies.

A signal is a reason to ask, not an accusation. It names the person and the cases by id; never a client. No file is
opened for it: names and addresses are compared as keyed hashes (`intake.case.lookup`).
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from intake.access.rules import Relation
from intake.case.lookup import home_digests, surname_digests
from intake.keys.cipher import CannotOpen
from intake.log.signals import home_address, usual
from intake.people.organisations.organisation import tenant_of
from intake.tables.account import Account
from intake.tables.audit import AuditEvent, Outcome
from intake.tables.intake import Intake
from intake.tables.mark import CaseMark, MarkKind
from intake.tables.organisation import Organisation

REFUSALS = 5
BATCH = 500
NOBODY = uuid.UUID(int=0)
"""In a signal about attempts to log in with names that we do not know."""
SHARED = frozenset({Relation.ADDRESSED, Relation.REFERRAL, Relation.ROUTED, Relation.REGION, Relation.EMERGENCY})


class SignalKind(StrEnum):
    """Why something stands out."""

    SPOED = "spoedtoegang"
    BEKEND = "bekend_persoon"
    ACHTERNAAM = "zelfde_achternaam"
    ADRES = "zelfde_adres"
    BUITEN_GEMEENTE = "buiten_eigen_gemeente"
    VEEL_DOSSIERS = "veel_dossiers"
    VEEL_PER_UUR = "veel_dossiers_per_uur"
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


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known of a case without opening it: two hashes, and since when until when many know the client."""

    surname: bytes | None
    home: bytes | None
    known: tuple[tuple[datetime, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class _Person:
    """The hashes of an employee's own surname and address, by every key of the tenant."""

    surnames: frozenset[bytes]
    homes: frozenset[bytes]


def signals_in(session: Session, gemeente_id: uuid.UUID, *, from_seq: int) -> tuple[Signal, ...]:
    """What stands out in the log of this gemeente from row `from_seq` on; newest first."""
    everything = _events(session, gemeente_id, from_seq)
    events = [one for one in everything if one.account_id is not None]
    cases, people = _cases(session, events), _people(session, gemeente_id, events)
    found = [
        *_grouped(SignalKind.SPOED, (one for one in events if one.emergency)),
        *_grouped(SignalKind.BEKEND, (one for one in events if _is_known(one, cases))),
        *_grouped(SignalKind.ACHTERNAAM, (one for one in events if _is_namesake(one, cases, people))),
        *_grouped(SignalKind.ADRES, (one for one in events if _is_housemate(one, cases, people))),
        *_grouped(SignalKind.BUITEN_GEMEENTE, _outside(session, gemeente_id, events)),
        *_many(session, gemeente_id, events),
        *_refused(everything),
    ]
    order = list(SignalKind)
    return tuple(sorted(found, key=lambda one: (-one.day.toordinal(), order.index(one.kind), one.name)))


def _events(session: Session, gemeente_id: uuid.UUID, from_seq: int) -> list[AuditEvent]:
    query = select(AuditEvent).where(AuditEvent.chain_id == gemeente_id, AuditEvent.seq >= from_seq)
    return list(session.scalars(query.order_by(AuditEvent.seq)))


def _grouped(kind: SignalKind, events: Iterable[AuditEvent]) -> Iterator[Signal]:
    groups: dict[tuple[date, uuid.UUID], list[AuditEvent]] = defaultdict(list)
    for event in events:
        groups[event.at.astimezone(AMSTERDAM).date(), event.account_id or NOBODY].append(event)
    for (day, account_id), rows in groups.items():
        cases = tuple(dict.fromkeys(row.subject_id for row in rows if row.subject_id))
        yield Signal(kind, day, account_id, rows[0].user_name, len(cases) or len(rows), cases[:10])


def _cases(session: Session, events: list[AuditEvent]) -> Mapping[uuid.UUID, _Case]:
    known: dict[uuid.UUID, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for mark in session.scalars(select(CaseMark).where(CaseMark.kind == MarkKind.BEKEND)):
        known[mark.intake_id].append((mark.since, mark.ended_at))
    wanted = sorted({one.subject_id for one in events if one.subject_id})
    found: dict[uuid.UUID, _Case] = {}
    for start in range(0, len(wanted), BATCH):
        query = select(Intake.id, Intake.achternaam_index, Intake.adres_index)
        for row in session.execute(query.where(Intake.id.in_(wanted[start : start + BATCH]))):
            found[row.id] = _Case(row.achternaam_index, row.adres_index, tuple(known.get(row.id, ())))
    return found


def _people(session: Session, gemeente_id: uuid.UUID, events: list[AuditEvent]) -> Mapping[uuid.UUID, _Person]:
    names: dict[uuid.UUID, set[str]] = defaultdict(set)
    for event in events:
        if event.account_id and event.subject_id:
            names[event.account_id].add(event.user_name)
    found: dict[uuid.UUID, _Person] = {}
    for account in session.scalars(select(Account).where(Account.id.in_(names))):
        spelled = {account.naam, *names[account.id]}
        surnames = frozenset(one for name in spelled for one in surname_digests(session, gemeente_id, name))
        found[account.id] = _Person(surnames, home_digests(session, gemeente_id, _home(session, account)))
    return found


def _home(session: Session, account: Account) -> str:
    try:
        return home_address.spelled(session, account)
    except CannotOpen:
        return ""


def _is_known(event: AuditEvent, cases: Mapping[uuid.UUID, _Case]) -> bool:
    case = cases.get(event.subject_id) if event.subject_id else None
    return case is not None and any(
        since <= event.at and (until is None or event.at < until) for since, until in case.known
    )


def _is_namesake(event: AuditEvent, cases: Mapping[uuid.UUID, _Case], people: Mapping[uuid.UUID, _Person]) -> bool:
    case, person = cases.get(event.subject_id or NOBODY), people.get(event.account_id or NOBODY)
    return case is not None and person is not None and case.surname in person.surnames


def _is_housemate(event: AuditEvent, cases: Mapping[uuid.UUID, _Case], people: Mapping[uuid.UUID, _Person]) -> bool:
    case, person = cases.get(event.subject_id or NOBODY), people.get(event.account_id or NOBODY)
    return case is not None and person is not None and case.home in person.homes


def _outside(session: Session, gemeente_id: uuid.UUID, events: list[AuditEvent]) -> Iterator[AuditEvent]:
    """Events by people of another gemeente to whom the case was not sent or shared."""
    tenants: dict[uuid.UUID, uuid.UUID | None] = {}
    for event in events:
        if event.organisation_id is None or not event.subject_id or event.rule.rpartition("/")[2] in SHARED:
            continue
        if event.organisation_id not in tenants:
            works_for = session.get(Organisation, event.organisation_id)
            tenant = tenant_of(session, works_for) if works_for else None
            tenants[event.organisation_id] = tenant.id if tenant else None
        if event.rule and tenants[event.organisation_id] != gemeente_id:
            yield event


def _many(session: Session, gemeente_id: uuid.UUID, events: list[AuditEvent]) -> Iterator[Signal]:
    """Many more files on a day than this person usually opens, and many within one hour."""
    names = {one.account_id: one.user_name for one in events}
    for (day, account_id), cases in usual.unusual_days(session, gemeente_id, events):
        yield Signal(SignalKind.VEEL_DOSSIERS, day, account_id, names[account_id], *_some_of(cases))
    for (moment, account_id), cases in usual.busy_hours(events):
        day = moment.astimezone(AMSTERDAM).date()
        yield Signal(SignalKind.VEEL_PER_UUR, day, account_id, names[account_id], *_some_of(cases))


def _some_of(cases: set[uuid.UUID]) -> tuple[int, tuple[uuid.UUID, ...]]:
    """How many files these are, and the first of them."""
    return len(cases), tuple(sorted(cases))[:10]


def _refused(events: list[AuditEvent]) -> Iterator[Signal]:
    for one in _grouped(SignalKind.VEEL_GEWEIGERD, (e for e in events if e.outcome is Outcome.REFUSED)):
        if one.number >= REFUSALS:
            yield one
