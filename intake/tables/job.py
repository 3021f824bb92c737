"""Work for after the commit: the outbox."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.schema import Base, Identified, closed_list


class JobKind(StrEnum):
    """What is to be done."""

    BRIEF_MAKEN = "brief_maken"
    VERWIJZING_VERLOOPT = "verwijzing_verloopt"
    URGENTIE_HERZIEN = "urgentie_herzien"
    BERICHT = "bericht"
    CONCEPT_VERLOOPT = "concept_verloopt"
    LOGBOEK_ANKER = "logboek_anker"
    REGELS_NAGAAN = "regels_nagaan"


class JobState(StrEnum):
    """Where a job is. `opgegeven`: failed too often, a person must look."""

    WACHT = "wacht"
    BEZIG = "bezig"
    KLAAR = "klaar"
    OPGEGEVEN = "opgegeven"


class Job(Identified, Base):
    """One piece of work, done at least once. `payload` holds ids only, never a person's data."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index(None, "state", "run_at"),
        Index("uq_job_once", "once", unique=True),
    )

    kind: Mapped[JobKind] = mapped_column(closed_list(JobKind, "kind"))
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(closed_list(JobState, "state"), default=JobState.WACHT)
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None] = mapped_column(String(80))
    once: Mapped[str | None] = mapped_column(String(120))
    """A name under which this work is asked for only once."""
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    """The class of the last error; never its text, which may hold personal data."""
