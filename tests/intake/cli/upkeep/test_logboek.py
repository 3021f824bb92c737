"""`toegang controleer-logboek`: what was written stands, and what was changed is named."""

import pytest
from sqlalchemy import delete, select, text, update

from intake.store.database import Database
from intake.tables.audit import AuditEvent, AuditHead
from intake.upkeep.chain import anchor
from tests.intake.region import Region


@pytest.fixture
def logged(database: Database, people: Region) -> Database:
    with database.unit_of_work() as session:
        for _ in range(3):
            people.an_intake(session)
    return database


def tamper(database: Database, *statements) -> None:
    """As somebody with the keys to the database, but not to the log."""
    with database.engine.begin() as connection:
        if database.engine.dialect.name == "sqlite":
            for name in ("audit_no_update", "audit_no_delete"):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("DROP TRIGGER audit_append_only ON audit_event"))
        for statement in statements:
            connection.execute(statement)


def test_a_log_as_it_was_written_is_right(logged, toegang):
    code, out, _ = toegang("controleer-logboek", "--anker")
    assert code == 0
    assert "Het logboek klopt" in out
    assert "1 ankers" in toegang("controleer-logboek")[1]


def test_the_first_changed_row_is_named(logged, toegang):
    for_row = update(AuditEvent).where(AuditEvent.seq == 2)
    tamper(logged, for_row.values(user_name="Iemand anders"))
    code, out, _ = toegang("controleer-logboek")
    assert code == 1
    assert "Gemeente Capelle" in out
    assert "regel 2: deze regel is na het schrijven veranderd" in out


def test_a_row_gone_from_the_middle_is_named(logged, toegang):
    tamper(logged, delete(AuditEvent).where(AuditEvent.seq == 2))
    code, out, _ = toegang("controleer-logboek")
    assert code == 1
    assert "regel 2: hier ontbreekt" in out


def test_a_tail_cut_with_its_head_put_back_is_found_by_the_anchor(logged, toegang):
    toegang("controleer-logboek", "--anker")
    with logged.session() as session:
        row = session.scalars(select(AuditEvent).where(AuditEvent.seq == 2)).one()
    tamper(
        logged,
        delete(AuditEvent).where(AuditEvent.seq > 2),
        update(AuditHead).values(seq=2, hash=row.hash),
    )
    code, out, _ = toegang("controleer-logboek")
    assert code == 1
    assert "regel 2: de regels hierna zijn weg" in out


def test_a_damaged_anchor_file_is_told_and_not_passed_over(logged, toegang, instance):
    (instance / anchor.FILE).write_text("onzin\n")
    code, _, err = toegang("controleer-logboek")
    assert code == 2
    assert "regel 1" in err
