"""No tenant hangs a row on a row of another: the keys of the database itself refuse it."""

import uuid

import pytest
from sqlalchemy import ForeignKeyConstraint, Table, delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.access.row_security import bind_system
from intake.tables import Base
from intake.tables.deadline import Deadline, DeadlineKind
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from tests.intake.region import Region, a_region
from tests.intake.sharing import a_grant, a_referral

WITHOUT_KEY = {
    "audit_event.subject_id": "the log outlives the case",
    "case_key.zaak_id": "of a case or of a draft",
    "destruction.intake_id": "the certificate outlives the case",
}
"""Columns that name a case and are no foreign key, and why."""
TRIED = {
    ("advice", "intake_id"),
    ("besluit", "advice_id"),
    ("besluit", "intake_id"),
    ("deadline", "intake_id"),
    ("event", "intake_id"),
    ("event", "referral_id"),
    ("grant_", "zaak_id"),
    ("letter", "besluit_id"),
    ("letter", "intake_id"),
    ("letter", "referral_id"),
    ("referral", "besluit_id"),
    ("referral", "intake_id"),
    ("referral", "previous_id"),
    ("task", "intake_id"),
}
"""The keys for which the region has rows of both tenants, so that the database itself is asked."""

FREE: dict[str, dict[str, object]] = {
    "deadline": {"kind": DeadlineKind.PERSOONLIJK_PLAN},
    "task": {"kind": "nog_niet"},
}
"""What no case of Rotterdam has, so that it is the key that refuses and not that there is one of each."""


def of_tenants() -> dict[str, Table]:
    """The tables whose rows belong to the controller of a case."""
    return {name: table for name, table in Base.metadata.tables.items() if "gemeente_id" in table.c}


def pairs() -> list[tuple[str, str, str]]:
    """Table, column and table pointed at, of every key between two tables of tenants."""
    tenants = of_tenants()
    return sorted(
        (table.name, element.parent.name, element.column.table.name)
        for table in tenants.values()
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint)
        for element in constraint.elements
        if element.column.table.name in tenants and element.parent.name != "gemeente_id"
    )


@pytest.fixture
def region(session: Session) -> Region:
    """The region; in both gemeenten a case was decided and sent."""
    made = a_region(session)
    for worker, to in (("worker", "haven"), ("stranger", "anker")):
        case = made.an_intake(session, by=worker)
        a_referral(session, made, case, to)
        a_grant(session, made, case, to, GrantKind.VERWIJZING)
    gone = (Deadline.gemeente_id == made.organisations["rotterdam"], Deadline.kind == FREE["deadline"]["kind"])
    session.execute(delete(Deadline).where(*gone))
    session.commit()
    bind_system(session)
    return made


def test_every_key_between_tables_of_tenants_holds_the_tenant_in_the_database(session: Session):
    found = inspect(session.connection())
    for name in of_tenants():
        for key in found.get_foreign_keys(name):
            if key["referred_table"] in of_tenants():
                assert key["constrained_columns"][0] == "gemeente_id", (name, key["constrained_columns"])
                assert key["referred_columns"] == ["gemeente_id", "id"], (name, key["referred_columns"])


def test_every_column_that_names_a_case_has_such_a_key():
    keyed = {(table, column) for table, column, _ in pairs()}
    named = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.c
        if column.name in {"intake_id", "zaak_id", "subject_id"} and table.name != "message"
    }
    assert {f"{table}.{column}" for table, column in named - keyed} == set(WITHOUT_KEY)


def test_a_row_of_one_tenant_is_hung_on_no_row_of_another(session: Session, region: Region):
    ours, theirs = region.organisations["capelle"], region.organisations["rotterdam"]
    tried = set()
    for table, column, parent in pairs():
        row = _row_of(session, table, ours)
        target = _row_of(session, parent, theirs)
        if row is None or target is None:
            continue
        made = Base.metadata.tables[table]
        hung = {column: target, **({"number": 99} if "number" in made.c else {}), **FREE.get(table, {})}
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), session.begin_nested():
            session.execute(update(made).where(made.c.id == row).values(hung))
        tried.add((table, column))
    assert tried == TRIED


def test_a_grant_is_given_for_a_case_of_the_giver_only(session: Session, region: Region):
    theirs = session.scalars(select(Intake).where(Intake.gemeente_id == region.organisations["rotterdam"])).one()
    values = {
        "id": uuid.uuid4(),
        "gemeente_id": region.organisations["capelle"],
        "zaak_id": theirs.id,
        "organisation_id": region.organisations["haven"],
        "kind": GrantKind.ROUTERING,
        "ontvanger": "gemeente",
        "grondslag": "Wmo 2015 art. 5.1.1",
        "reason": "",
        "valid_from": theirs.submitted_at,
    }
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        session.execute(insert(Grant).values(values))


def _row_of(session: Session, table: str, tenant: uuid.UUID) -> uuid.UUID | None:
    named = Base.metadata.tables[table]
    if "id" not in named.c:
        return None
    found: uuid.UUID | None = session.scalar(select(named.c.id).where(named.c.gemeente_id == tenant).limit(1))
    return found
