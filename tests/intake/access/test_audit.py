"""Every act leaves its row, in the transaction of the act; and no row can be changed unnoticed."""

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from intake.access.action import Action
from intake.access.actor import Actor, system_actor
from intake.access.audit import audit
from intake.access.audit.chain import Anchor, BreakKind, anchors_now, verify_log
from intake.keys.keys import NO_TENANT
from intake.store.database import Database
from intake.tables.audit import AuditCode, AuditEvent, AuditHead, Outcome
from tests.intake.region import NOW, Region

CHAIN = uuid.uuid4()


def an_actor() -> Actor:
    return replace(system_actor(NOW, trace_id="proef"), tenant_id=CHAIN)


def rows_of(session: Session) -> list[AuditEvent]:
    return list(session.scalars(select(AuditEvent).order_by(AuditEvent.chain_id, AuditEvent.seq)))


@pytest.fixture
def logged(database: Database) -> Database:
    """A log of ten rows."""
    for _ in range(5):
        with database.unit_of_work() as session:
            audit.record(session, an_actor(), Action.READ_INTAKE)
            audit.record(session, an_actor(), Action.EDIT_INTAKE, detail="regels=1")
    return database


def test_a_row_tells_who_did_what_when_of_whom_and_by_which_rule(session: Session, region: Region):
    intake = region.an_intake(session, achternaam="Kanarie")
    session.commit()
    before = len(rows_of(session))
    actor = replace(region.actor(session), trace_id="abc")
    audit.record(session, actor, Action.READ_INTAKE, about=intake, rule="regel", detail="x")
    session.commit()
    (row,) = rows_of(session)[before:]
    assert (row.chain_id, row.seq, row.at, row.action) == (intake.gemeente_id, before + 1, NOW, "intake:lezen")
    assert (row.code, row.outcome) == (AuditCode.READ, Outcome.DONE)
    assert (row.account_id, row.user_name, row.roles) == (actor.account_id, "Worker", "wijkteammedewerker")
    assert (row.organisation_id, row.functie, row.rule) == (actor.organisation_id, "wijkteammedewerker", "regel")
    assert (row.subject_kind, row.object_id, row.subject_id) == ("intake", intake.id, intake.id)
    assert (row.trace_id, row.detail, row.emergency) == ("abc", "x", False)


def test_what_was_rolled_back_was_not_logged(session: Session):
    audit.record(session, an_actor(), Action.READ_INTAKE)
    session.rollback()
    audit.record(session, an_actor(), Action.EDIT_INTAKE)
    session.commit()
    assert [row.action for row in rows_of(session)] == ["intake:wijzigen"]


def test_what_a_savepoint_undid_was_not_logged_and_what_stood_before_it_was(session: Session):
    audit.record(session, an_actor(), Action.READ_INTAKE)
    savepoint = session.begin_nested()
    audit.record(session, an_actor(), Action.EDIT_INTAKE)
    savepoint.rollback()
    with session.begin_nested():
        audit.record(session, an_actor(), Action.TAKE_BESLUIT)
    session.commit()
    assert [row.action for row in rows_of(session)] == ["intake:lezen", "besluit:nemen"]


def test_when_the_log_cannot_be_written_the_act_does_not_happen(database: Database):
    with database.session() as session:
        world_before = session.scalar(select(func.count()).select_from(AuditHead))
        audit.record(session, replace(an_actor(), functie=None), Action.READ_INTAKE)  # type: ignore[arg-type]
        session.add(AuditHead(chain_id=uuid.uuid4(), seq=0, hash=bytes(32)))
        with pytest.raises(DBAPIError):
            session.commit()
        session.rollback()
        assert session.scalar(select(func.count()).select_from(AuditHead)) == world_before


def test_the_act_of_nobody_in_particular_has_a_chain_too(session: Session):
    audit.record(session, system_actor(NOW), Action.RUN_JOB)
    session.commit()
    assert [row.chain_id for row in rows_of(session)] == [NO_TENANT]


def test_log_injection_stays_one_line(session: Session):
    audit.record(session, an_actor(), Action.READ_INTAKE, detail="a\nb\x1b[31m\u2028c\u202e" + "d" * 500)
    session.commit()
    (row,) = rows_of(session)
    assert row.detail.isprintable()
    assert len(row.detail) == 200


def test_a_log_as_it_was_written_holds(logged: Database):
    with logged.session() as session:
        assert verify_log(session) == []
        assert [(anchor.chain_id, anchor.seq) for anchor in anchors_now(session)] == [(CHAIN, 10)]
        assert verify_log(session, anchors_now(session)) == []


def test_the_application_cannot_change_or_remove_a_row(logged: Database):
    for statement in (update(AuditEvent).values(action="x"), delete(AuditEvent)):
        with logged.session() as session, pytest.raises(DBAPIError, match="append-only"):
            session.execute(statement)


def _change(column: str, value: str) -> Callable[[Connection], None]:
    def change(connection: Connection) -> None:
        connection.execute(text(f"UPDATE audit_event SET {column} = '{value}' WHERE seq = 4"))

    return change


def _delete(condition: str) -> Callable[[Connection], None]:
    def remove(connection: Connection) -> None:
        connection.execute(text(f"DELETE FROM audit_event WHERE {condition}"))

    return remove


def _swap(connection: Connection) -> None:
    for old, new in ((4, 99), (5, 4), (99, 5)):
        connection.execute(text(f"UPDATE audit_event SET seq = {new} WHERE seq = {old}"))


@pytest.mark.parametrize(
    ("attack", "seq", "kind"),
    [
        (_change("user_name", "iemand anders"), 4, BreakKind.CHANGED),
        (_change("outcome", "geweigerd"), 4, BreakKind.CHANGED),
        (_change("detail", "regels=2"), 4, BreakKind.CHANGED),
        (_delete("seq = 4"), 4, BreakKind.GAP),
        (_delete("seq = 1"), 1, BreakKind.GAP),
        (_delete("seq >= 8"), 7, BreakKind.CUT),
        (_delete("seq > 0"), 0, BreakKind.CUT),
        (_swap, 4, BreakKind.GAP),
    ],
    ids=["name", "outcome", "detail", "middle", "first", "tail", "all", "swapped"],
)
def test_each_way_to_falsify_the_log_is_found_with_its_place(
    logged: Database, attack: Callable[[Connection], None], seq: int, kind: BreakKind
):
    _without_triggers(logged, attack)
    with logged.session() as session:
        (found,) = verify_log(session)
    assert (found.chain_id, found.seq, found.kind) == (CHAIN, seq, kind)
    assert str(seq) in str(found)


def test_a_tail_cut_together_with_its_head_is_found_by_the_anchor_kept_elsewhere(logged: Database):
    with logged.session() as session:
        anchors = anchors_now(session)
        seventh = session.get_one(AuditEvent, (CHAIN, 7)).hash

    def cut(connection: Connection) -> None:
        _delete("seq >= 8")(connection)
        connection.execute(update(AuditHead).values(seq=7, hash=seventh))

    _without_triggers(logged, cut)
    with logged.session() as session:
        assert verify_log(session) == []
        assert [found.kind for found in verify_log(session, anchors)] == [BreakKind.CUT]
        assert verify_log(session, (Anchor(CHAIN, 7, "00"),))[0].kind is BreakKind.ANCHOR


def test_two_tenants_have_two_chains_that_both_hold(session: Session):
    for tenant in (uuid.uuid4(), uuid.uuid4()):
        for _ in range(3):
            audit.record(session, replace(an_actor(), tenant_id=tenant), Action.READ_INTAKE)
    session.commit()
    assert [row.seq for row in rows_of(session)] == [1, 2, 3, 1, 2, 3]
    assert verify_log(session) == []


def _without_triggers(database: Database, attack: Callable[[Connection], None]) -> None:
    """What somebody with the file, or the owner of the tables, can do."""
    with database.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_no_update"))
            connection.execute(text("DROP TRIGGER audit_no_delete"))
        else:
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        attack(connection)
