"""Everything that the database holds about one case, found from the tables themselves: no table can be forgotten."""

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Delete, Table, delete, or_, select
from sqlalchemy.orm import Session

from intake.tables import Base
from intake.tables.access_path import path_of
from intake.tables.destruction import Destruction
from intake.tables.draft import Draft
from intake.tables.expertise import ExpertiseRequest
from intake.tables.grant import Grant
from intake.tables.idempotency import IdempotencyKey
from intake.tables.intake import Intake
from intake.tables.job import Job
from intake.tables.letter import Letter
from intake.tables.message import Message
from intake.tables.referral import Referral


def models_of_case() -> tuple[type[Base], ...]:
    """The tables with rows about a case, parents before children; the certificate of destruction is not among them."""
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    named = [models[table.name] for table in Base.metadata.sorted_tables if table.name in models]
    return tuple(model for model in named if _belongs(model))


def rows_of(session: Session, case: Intake) -> Iterator[tuple[type[Base], list[Any]]]:
    """The rows of the case by table; the caller has fetched the case."""
    for model in models_of_case():
        yield model, list(session.scalars(select(model).where(_of(model, _ids(session, case)))))


def delete_rows(session: Session, case: Intake) -> int:
    """Delete every row of the case and the work that waits for it; how many rows went."""
    session.flush()
    ids = _ids(session, case)
    drafts = list(session.scalars(select(Draft.id).where(Draft.intake_id == case.id)))
    gone = _run(session, delete(Job).where(_job_about({*ids, *drafts})))
    _run(session, delete(IdempotencyKey).where(IdempotencyKey.answer["intake_id"].as_string() == str(case.id)))
    for model in reversed(models_of_case()):
        gone += _run(session, delete(model).where(_of(model, ids)))
    session.expunge_all()
    return gone


def drafts_of(session: Session, case: Intake) -> list[uuid.UUID]:
    """The drafts from which the case came; each has a key of its own."""
    return list(session.scalars(select(Draft.id).where(Draft.intake_id == case.id)))


def _belongs(model: type[Base]) -> bool:
    if model is Destruction:
        return False
    return model in {Draft, Grant, Message} or bool(path_of(model).zaak)


def _of(model: type[Base], ids: set[uuid.UUID]) -> ColumnElement[bool]:
    table: Table = model.__table__  # type: ignore[assignment]
    column = {Draft: "intake_id", Grant: "zaak_id", Message: "subject_id"}.get(model) or path_of(model).zaak
    return table.c[column].in_(ids)


def _ids(session: Session, case: Intake) -> set[uuid.UUID]:
    """The case and what messages and jobs can be about."""
    found = {case.id}
    for model in (Referral, ExpertiseRequest, Letter):
        found |= set(session.scalars(select(model.id).where(model.intake_id == case.id)))
    return found


def _job_about(ids: set[uuid.UUID]) -> ColumnElement[bool]:
    names = ("intake_id", "referral_id", "letter_id", "draft_id")
    texts = [str(one) for one in ids]
    return or_(*(Job.payload[name].as_string().in_(texts) for name in names))


def _run(session: Session, statement: Delete) -> int:
    done = session.execute(statement.execution_options(synchronize_session=False))
    return int(getattr(done, "rowcount", 0))
