"""A program that knows no covers would show where somebody is hidden: there is no way back to it then."""

import pytest
from alembic import command
from sqlalchemy import text

from intake.store.database import alembic_config
from tests.intake.region import a_region
from tests.journeys.hiding import fled

BEFORE = "0014"


def test_there_is_a_way_back_while_nobody_is_hidden(database):
    with database.unit_of_work() as session:
        a_region(session)
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), BEFORE)
    database.upgrade()
    with database.engine.connect() as connection:
        assert not any(connection.scalars(text("SELECT afgeschermd FROM organisation")))


def test_there_is_no_way_back_while_somebody_is(database):
    with database.unit_of_work() as session:
        people = a_region(session)
    fled(database, people)
    with pytest.raises(Exception, match="schuilnaam"), database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), BEFORE)
    database.assert_current()
