"""One call from beginning to end: may you call, what do you say, do it, commit, answer.

There is one session and one commit for each call, as there is for each page. What the policy refuses is written to the
log after the rest was rolled back.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, request
from sqlalchemy.orm import Session

from config.clock import Clock
from intake import access
from intake.access import Actor, Forbidden, NotFound, audit
from intake.api.frame import admission, reading
from intake.api.frame.operation import JSON, PDF, Answer, Call, Operation
from intake.api.frame.problems import as_json
from intake.api.frame.trace import trace_id
from intake.people import systems
from intake.store import Database
from intake.tables.api_token import ApiToken

NO_ROW = uuid.UUID(int=0)
SURROUNDINGS = "toegang.api"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every call needs, besides itself."""

    database: Database
    clock: Clock
    regio: str


def view_of(operation: Operation) -> Callable[..., Response]:
    """The view of this operation, for Flask."""

    def view(row_id: uuid.UUID = NO_ROW) -> Response:
        reading.check_accept(request, operation)
        around = _surroundings()
        token_id = admission.admit(request, around.database, around.clock, trace_id=trace_id())
        with around.database.session(keeps=True) as session:
            actor = _caller(session, token_id, around.clock)
            try:
                access.require(actor, operation.action)
                answer = _respond(operation, operation.run(_call(session, actor, operation, row_id)))
            except (NotFound, Forbidden) as error:
                session.rollback()
                audit.note(session, error.refusal)
                session.commit()
                raise
            session.commit()
        return answer

    return view


def _caller(session: Session, token_id: uuid.UUID, clock: Clock) -> Actor:
    token = session.get_one(ApiToken, token_id)
    actor = systems.system_behind(session, token, moment=clock.now(), trace_id=trace_id())
    access.bind(session, actor)
    return actor


def _call(session: Session, actor: Actor, operation: Operation, row_id: uuid.UUID) -> Call:
    around = _surroundings()
    return Call(
        session=session,
        actor=actor,
        clock=around.clock,
        row_id=row_id,
        query=reading.read_query(request, operation),
        idempotency_key=reading.read_key(request, operation),
        version=reading.read_version(request, operation),
        body=reading.read_body(request, operation),
        regio=around.regio,
    )


def _respond(operation: Operation, answer: Answer) -> Response:
    if isinstance(answer.content, bytes):
        made = Response(answer.content, answer.status, mimetype=PDF)
    else:
        schema = operation.answers[answer.status]
        content: Any = schema.dump(answer.content) if schema is not None else answer.content
        made = Response(as_json(content), answer.status, mimetype=JSON)
    made.headers.update(answer.headers)
    return made


def _surroundings() -> Surroundings:
    found: Surroundings = current_app.extensions[SURROUNDINGS]
    return found
