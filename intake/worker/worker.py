"""Which verb does which job, and the worker that knows them all."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import Clock
from config.post import NO_POST, Post
from intake import access, dossier, letters, melding
from intake.post import post_work
from intake.referrals import answering
from intake.rulesets import inspection
from intake.store import Database
from intake.store.outbox import Handler, Handlers, JobPostponed, JobWorker, SlowWork
from intake.tables.job import JobKind
from intake.tables.letter import Letter
from intake.tables.referral import Referral
from intake.worker import daily

LATER = timedelta(hours=6)


class Verb(Protocol):
    """What the clock does to one row: a draft, a case or a referral."""

    def __call__(self, session: Session, row_id: uuid.UUID, /, *, clock: Clock) -> None:
        """Do it, unless the row has moved on meanwhile."""


def _with_id(name: str, verb: Verb) -> Callable[[Session, Mapping[str, Any], Clock], None]:
    """A handler that hands the id in the payload to the verb."""

    def handle(session: Session, payload: Mapping[str, Any], clock: Clock) -> None:
        verb(session, uuid.UUID(payload[name]), clock=clock)

    return handle


def _wait_while_restricted(
    name: str, model: type[Referral | Letter], do: Callable[[Session, Mapping[str, Any], Clock], Any]
) -> Callable[[Session, Mapping[str, Any], Clock], Any]:
    """As `do`, later, while the processing of the case is restricted (AVG art. 18)."""

    def handle(session: Session, payload: Mapping[str, Any], clock: Clock) -> Any:
        case = session.scalar(select(model.intake_id).where(model.id == uuid.UUID(payload[name])))
        if case is not None and access.is_restricted(session, case):
            raise JobPostponed(LATER)
        return do(session, payload, clock)

    return handle


HANDLERS: Handlers = {
    JobKind.BRIEF_MAKEN: replace(
        letters.LETTER_WORK,
        gather=_wait_while_restricted("letter_id", Letter, letters.LETTER_WORK.gather),
    ),
    JobKind.VERWIJZING_VERLOOPT: _wait_while_restricted(
        "referral_id", Referral, _with_id("referral_id", answering.expire)
    ),
    JobKind.URGENTIE_HERZIEN: _with_id("intake_id", dossier.look_again),
    JobKind.CONCEPT_VERLOOPT: _with_id("draft_id", melding.expire),
    JobKind.REGELS_NAGAAN: inspection.INSPECTION_WORK,
}


@dataclass(frozen=True, slots=True)
class Installation:
    """What the worker knows of where it runs.

    Attributes:
        folder: of the installation, for what is done daily; without one nothing daily is done.
        post: how post leaves; without it, what is asked for comes back as not set up.
        address: that of the installation, for in a text.
    """

    folder: Path | None = None
    post: Post = NO_POST
    address: str = ""


NOWHERE = Installation()


def job_worker(database: Database, clock: Clock, *, installation: Installation = NOWHERE, name: str = "") -> JobWorker:
    """The worker for this database: a thread with `start`, or a process of its own with `run`.

    Args:
        database: the database.
        clock: the time.
        installation: where it runs.
        name: that of the worker whose place it takes; without one it is new.
    """
    handlers: dict[JobKind, Handler | SlowWork] = dict(HANDLERS)
    handlers[JobKind.BERICHT] = post_work(installation.post, address=installation.address)
    if installation.folder is not None:
        handlers[JobKind.LOGBOEK_ANKER] = daily.handler(installation.folder)
        with database.unit_of_work() as session:
            daily.ask(session, clock=clock)
    return JobWorker(database, handlers, clock, *((name,) if name else ()))
