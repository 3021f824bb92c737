"""Who looked at a file, for the client to whom it belongs (NEN 7513 ch. 7): in order, in plain words, printable."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from intake.access import policy
from intake.access.action import Action
from intake.access.actor import Actor
from intake.log import words
from intake.rights.emergency import break_glass
from intake.rights.emergency.break_glass import Emergency
from intake.tables.audit import AuditEvent, Outcome
from intake.tables.draft import Draft
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Look:
    """One person who did one thing on one day; `times` how often, `first` and `last` when."""

    day: date
    first: datetime
    last: datetime
    times: int
    name: str
    function: str
    organisation: str
    roles: str
    act: str
    because: str
    refused: bool
    emergency: bool


@dataclass(frozen=True, slots=True)
class WhoLooked:
    """The list of one file; emergency access with the reason that was given."""

    case: Intake
    looks: tuple[Look, ...]
    emergencies: tuple[Emergency, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From one day up to and including another; without a border where none is given."""

    since: date | None = None
    until: date | None = None

    def hold(self, day: date) -> bool:
        """Whether this is one of the days."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


def who_looked_at(session: Session, actor: Actor, intake_id: uuid.UUID, days: Days) -> WhoLooked:
    """Everybody who did something with the file, newest day first; logged.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    case = policy.fetch(session, actor, Action.WHO_LOOKED, Intake, intake_id)
    looks = tuple(look for look in looks_at(session, case) if days.hold(look.day))
    return WhoLooked(case, looks, break_glass.of_case(session, case, actor))


def looks_at(session: Session, case: Intake) -> tuple[Look, ...]:
    """As `who_looked`, for who has fetched the case."""
    subjects = [case.id, *session.scalars(select(Draft.id).where(Draft.intake_id == case.id))]
    query = select(AuditEvent).where(AuditEvent.chain_id == case.gemeente_id, AuditEvent.subject_id.in_(subjects))
    rows = session.scalars(query.order_by(AuditEvent.at, AuditEvent.seq)).all()
    names = _organisations(session, rows)
    grouped: dict[tuple[object, ...], list[AuditEvent]] = {}
    for row in rows:
        day = row.at.astimezone(AMSTERDAM).date()
        key = (day, row.account_id, row.organisation_id, row.action, row.outcome, row.emergency, row.rule)
        grouped.setdefault(key, []).append(row)
    found = [_look(group, names) for group in grouped.values()]
    return tuple(sorted(found, key=lambda look: look.first, reverse=True))


def _look(group: Sequence[AuditEvent], names: Mapping[uuid.UUID, str]) -> Look:
    row = group[0]
    return Look(
        day=row.at.astimezone(AMSTERDAM).date(),
        first=row.at,
        last=group[-1].at,
        times=len(group),
        name=row.user_name,
        function=row.functie,
        organisation=names.get(row.organisation_id, "") if row.organisation_id else "",
        roles=words.roles(row.roles),
        act=words.act(row.action),
        because=words.because(row.rule),
        refused=row.outcome is not Outcome.DONE,
        emergency=row.emergency,
    )


def _organisations(session: Session, rows: Sequence[AuditEvent]) -> dict[uuid.UUID, str]:
    wanted = {row.organisation_id for row in rows if row.organisation_id}
    found = session.execute(select(Organisation.id, Organisation.naam).where(Organisation.id.in_(wanted)))
    return {row.id: row.naam for row in found}
