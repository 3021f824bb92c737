"""One step of logging in or out: what its verbs are handed first, since nobody may be known to act yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Step:
    """In which transaction, at which moment and in which request somebody comes in, or changes the own way in.

    Attributes:
        session: the transaction in which all of it happens, or nothing.
        now: the moment, aware.
        trace_id: the request, for the log.
    """

    session: Session
    now: datetime
    trace_id: str = ""
