import pytest
from sqlalchemy.orm import Session

from tests.intake.access.world import World, a_world


@pytest.fixture
def world(session: Session) -> World:
    return a_world(session)
