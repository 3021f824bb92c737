"""A message from before there were kinds keeps its text, up, down and up again; one with a kind is not lost."""

import uuid

import pytest
from alembic import command
from sqlalchemy import Connection, select, text

from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.store.database import Database, alembic_config
from intake.tables.message import Message
from tests.intake.region import CLOCK, Region, a_region
from tests.intake.told import heard_by

BEFORE = "0013"
WRITTEN = "2026-423500: De Haven heeft de verwijzing geaccepteerd."


@pytest.fixture
def region(database: Database) -> Region:
    with database.unit_of_work() as session:
        return a_region(session)


def down(connection: Connection) -> None:
    command.downgrade(alembic_config(connection), BEFORE)


def write(connection: Connection, region: Region) -> None:
    """As the program before wrote it."""
    row = {"id": uuid.uuid4(), "to": region.organisations["wijkteam"], "about": uuid.uuid4()}
    values = {name: one.hex if connection.dialect.name == "sqlite" else one for name, one in row.items()}
    connection.execute(
        text(
            "INSERT INTO message (id, organisation_id, subject, subject_id, text, created_at)"
            " VALUES (:id, :to, 'concept', :about, :said, :at)"
        ),
        {**values, "said": WRITTEN, "at": CLOCK.now()},
    )


def test_what_was_written_is_read_as_it_was_and_survives_the_way_back(database: Database, region: Region):
    with database.engine.begin() as connection:
        down(connection)
        write(connection, region)
    database.upgrade()
    with database.unit_of_work() as session:
        assert heard_by(session, region.actor(session)) == [WRITTEN]
        assert session.scalars(select(Message.kind)).all() == [MessageKind.OPGESCHREVEN.value]
    with database.engine.begin() as connection:
        down(connection)
        assert connection.scalars(text("SELECT text FROM message")).all() == [WRITTEN]


def test_one_with_a_kind_still_names_its_case_to_a_program_that_knows_no_kinds(database: Database, region: Region):
    with database.unit_of_work() as session:
        to = To(region.organisations["wijkteam"])
        for number in ("2026-423500", ""):
            behind = Behind(Subject.CONCEPT, uuid.uuid4(), number)
            message.send(session, Told(MessageKind.GEEN_PLEK), to=to, behind=behind, clock=CLOCK)
    with database.engine.begin() as connection:
        down(connection)
        assert sorted(connection.scalars(text("SELECT text FROM message"))) == [
            "2026-423500: er is iets gebeurd. Open de zaak.",
            "Er is iets gebeurd. Kijk op uw startpagina.",
        ]
