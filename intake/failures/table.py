"""Every failure that is told by its class."""

from collections.abc import Mapping

from intake.failures.broken import FIXED
from intake.failures.failure import Failure
from intake.failures.refused import REFUSED

FAILURES: Mapping[type[Exception], Failure] = {**REFUSED, **FIXED}
