"""Which problem a system gets for which failure (RFC 9457): what it is, what to do, and a reference."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response

from forms import InvalidAnswers
from intake.failures import BROKEN, FAILURES, Failure, of_status
from intake.letters import LetterNotReady
from intake.referrals.sending import StateConflict

MEDIA_TYPE = "application/problem+json"
KIND = "urn:toegang:probleem:"
REFERENCE = "urn:toegang:kenmerk:"
AGAIN_SECONDS = 10
UNAVAILABLE = 503
MOST_FAULTS = 50
WHOLE = "bestand"
"""What the form calls the answers as a whole."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one part of the call. `where` is `body`, `query` or `header`; `name` a key or a pointer."""

    where: str
    name: str
    detail: str

    def to_dict(self) -> dict[str, str]:
        """As it stands in `errors`."""
        named = {"pointer": self.name} if self.where == "body" else {"name": self.name}
        return {"in": self.where, **named, "detail": self.detail}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One answer to a call that failed."""

    status: int
    kind: str
    title: str
    detail: str
    errors: Sequence[Fault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """Raised with the problem that is the answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


def problem_of(error: Exception) -> Problem:
    """The problem for this failure; the one of `BROKEN` for what nobody foresaw."""
    if isinstance(error, Refusal):
        return error.problem
    if isinstance(error, InvalidAnswers):
        return invalid([Fault("body", _pointer(key), text) for key, text in error.errors.items()])
    found = next((one for kind in type(error).__mro__ if (one := _told(kind))), None)
    if found is None:
        return problem(BROKEN)
    waits = found.status == UNAVAILABLE or isinstance(error, LetterNotReady)
    return replace(
        problem(found, str(error)),
        headers={"Retry-After": str(AGAIN_SECONDS)} if waits else {},
        more={"status_verwijzing": error.state.value} if isinstance(error, StateConflict) else {},
    )


def problem(told: Failure, own_words: str = "") -> Problem:
    """How a failure is told to a system; in its own words where no others are given."""
    assert told.system is not None, told
    system = told.system
    return Problem(
        status=told.status, kind=system.kind, title=system.title or told.title, detail=system.detail or own_words
    )


def _told(kind: type) -> Failure | None:
    """How this class is told to a system, if it is."""
    found = FAILURES.get(kind)
    return found if found and found.system else None


def invalid(faults: Sequence[Fault]) -> Problem:
    """The problem of a call with parts that are wrong."""
    return replace(problem(FAILURES[InvalidAnswers]), errors=faults[:MOST_FAULTS])


def http_problem(status: int, headers: Mapping[str, str]) -> Problem:
    """The problem for a refusal by the web server's own rules."""
    return replace(problem(of_status(status)), status=status, headers=headers)


def respond(problem: Problem, *, trace_id: str) -> Response:
    """The problem on the wire."""
    content: dict[str, Any] = {
        "type": KIND + problem.kind,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": REFERENCE + trace_id,
        **problem.more,
    }
    if problem.errors:
        content["errors"] = [one.to_dict() for one in problem.errors]
    answer = Response(as_json(content), problem.status, mimetype=MEDIA_TYPE)
    answer.headers.update(problem.headers)
    return answer


def as_json(content: object) -> str:
    """The content on the wire."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _pointer(key: str) -> str:
    """A key of the form (`woongeschiedenis.0.van`) as JSON pointer (RFC 6901)."""
    if key == WHOLE:
        return ""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in key.split("."))
