"""One operation of the interface: what it is for, who may call it, what goes in and what comes out.

The routes, the checks on a call and the description of the interface are all made from these values.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import Act, Action, Actor

JSON, PDF = "application/json", "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call that was let in: who calls, on which session, with what.

    Attributes:
        row_id: the id in the address, for an operation on one row.
        query: the query parameters, read by the schema of the operation.
        body: the body, read by the schema of the operation.
        idempotency_key: empty when none was sent.
        version: the version in `If-Match`; none when it was not sent.
        regio: the region of this installation, for a caller of whom no gemeente is known.
    """

    session: Session
    actor: Actor
    clock: Clock
    row_id: uuid.UUID
    query: Mapping[str, Any]
    body: Any
    idempotency_key: str
    version: int | None
    regio: str

    @property
    def act(self) -> Act:
        """Who calls, in the transaction of this call, at its moment."""
        return Act(self.session, self.actor, self.clock)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: content for the schema of this status, or a document."""

    content: Mapping[str, Any] | bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class FormAnswers:
    """A body that is the flat object of answers of the form; the verbs check it with the form itself."""

    @staticmethod
    def load(data: object) -> object:
        """The answers as they came."""
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path.

    Attributes:
        path: below `/api/v1`, with `{id}` for the id of a row.
        action: what the policy is asked.
        answers: the schema of each status that succeeds; none for a PDF.
        refuses: further statuses of problems, besides those that any call can get.
    """

    name: str
    method: str
    path: str
    action: Action
    summary: str
    run: Callable[[Call], Answer]
    answers: Mapping[int, Schema | None]
    description: str = ""
    body: Schema | FormAnswers | None = None
    query: Schema | None = None
    refuses: tuple[int, ...] = ()
    needs_key: bool = False
    takes_version: bool = False

    @property
    def produces(self) -> str:
        """The media type of the answer when it succeeds."""
        return PDF if None in self.answers.values() else JSON
