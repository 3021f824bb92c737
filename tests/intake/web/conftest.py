"""What the tests of the pages share."""

import pytest

from intake.tables.intake import Intake


@pytest.fixture
def case(database, people) -> Intake:
    """A man without a bed for tonight, filed by the worker."""
    with database.unit_of_work() as session:
        return people.an_intake(session, slaapplek_vannacht="geen")
