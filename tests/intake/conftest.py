"""What the tests of a case share."""

import pytest
from sqlalchemy.orm import Session

from tests.intake.region import Region, a_region


@pytest.fixture
def region(session: Session) -> Region:
    """The small region, in the session of the test."""
    return a_region(session)
