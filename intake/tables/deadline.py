"""Terms that run on a case, the days they stood still, and tasks with a last day."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.intake import OfCase, of_case, of_tenant
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class DeadlineKind(StrEnum):
    """Which term."""

    EERSTE_CONTACT = "eerste_contact"
    PERSOONLIJK_PLAN = "persoonlijk_plan"
    ONDERZOEK = "onderzoek"
    BESLUIT = "besluit"
    BEZWAAR = "bezwaar"


class DeadlineState(StrEnum):
    """Where a term is. Whether it is late follows from its last day and today."""

    LOOPT = "loopt"
    OPGESCHORT = "opgeschort"
    GEHAALD = "gehaald"
    VERVALLEN = "vervallen"


class Deadline(OfCase, Identified, Base):
    """One term: the day before it begins to run, and its last day."""

    __tablename__ = "deadline"
    __table_args__ = (
        of_case(),
        UniqueConstraint("gemeente_id", "id"),
        UniqueConstraint("intake_id", "kind"),
        Index(None, "gemeente_id", "state", "due_on"),
    )

    kind: Mapped[DeadlineKind] = mapped_column(closed_list(DeadlineKind, "kind"))
    starts_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[DeadlineState] = mapped_column(closed_list(DeadlineState, "state"), default=DeadlineState.LOOPT)
    met_on: Mapped[date | None]


class Suspension(OfCase, Identified, Base):
    """Days on which a term stood still (Awb 4:15). `until` is the day of the answer; none while it lasts."""

    __tablename__ = "suspension"
    __table_args__ = (
        of_case(),
        of_tenant("deadline_id", "deadline"),
        CheckConstraint("until IS NULL OR until >= since", name="period"),
    )

    deadline_id: Mapped[uuid.UUID]
    since: Mapped[date]
    until: Mapped[date | None]
    reden: Mapped[bytes] = mapped_column(EncryptedBlob())


class TaskState(StrEnum):
    """Whether a task is done."""

    OPEN = "open"
    GEDAAN = "gedaan"
    VERVALLEN = "vervallen"


class Task(OfCase, Identified, Base):
    """Something that the advies says must be done beside the route."""

    __tablename__ = "task"
    __table_args__ = (of_case(), UniqueConstraint("intake_id", "kind"), Index(None, "gemeente_id", "state", "due_on"))

    kind: Mapped[str] = mapped_column(String(60))
    """A value of `taken` of the advies."""
    state: Mapped[TaskState] = mapped_column(closed_list(TaskState, "state"), default=TaskState.OPEN)
    due_on: Mapped[date | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
