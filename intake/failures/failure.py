"""How one failure is told: by which status and title, and what else a person and a system read of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToPerson:
    """What stands on the page: what happened, and what to do next. When empty, the failure says both itself."""

    what: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class ToSystem:
    """What stands in the problem (RFC 9457): its kind, and what to do. Without `detail` the failure says it itself.

    A title stands here only where a system reads another one than a person.
    """

    kind: str
    detail: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """The HTTP status, the title, and what is read below it.

    `person` or `system` is None where that door never meets the failure, or answers it where it happens.
    """

    status: int
    title: str
    person: ToPerson | None = None
    system: ToSystem | None = None


OWN_WORDS = ToPerson()
"""The page says what the failure says itself."""
