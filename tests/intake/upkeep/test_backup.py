"""A backup comes back as it was, or is refused; the log is checked on the way."""

import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select, text

from intake.dossier import dossier
from intake.store.database import Database
from intake.tables.intake import Intake
from tests.conftest import MASTER_KEY
from tests.intake.region import Region

NAME = "Zonderlingsma"
BSN = "999990019"


@pytest.fixture
def filled(database: Database, people: Region) -> Database:
    """A case with a name that is nowhere else."""
    with database.unit_of_work() as session:
        people.an_intake(session, achternaam=NAME, bsn=BSN, bsn_status="geverifieerd")
    return database


@pytest.fixture
def made(filled: Database, toegang, tmp_path: Path) -> Path:
    path = tmp_path / "een.backup"
    code, out, err = toegang("backup", str(path))
    assert (code, err) == (0, "")
    assert "is heel" in out
    return path


def empty(database: Database) -> None:
    """Throw everything away, as a fresh machine has it."""
    if database.engine.dialect.name == "postgresql":
        with database.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        return
    database.dispose()
    path = Path(str(database.engine.url.database))
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def test_what_is_put_back_is_what_there_was_and_opens(made: Path, toegang, database: Database, people: Region):
    empty(database)
    code, out, err = toegang("herstel", str(made))
    assert (code, err) == (0, "")
    assert "Alle tabellen kloppen" in out
    with database.unit_of_work() as session:
        case = session.scalars(select(Intake)).one()
        assert dossier.show_bsn(session, people.actor(session), case.id) == BSN
    assert toegang("controleer-logboek")[0] == 0


def test_a_database_that_is_not_empty_is_left_alone(made: Path, toegang, database: Database, people: Region):
    with database.unit_of_work() as session:
        people.an_intake(session)
    code, _, err = toegang("herstel", str(made))
    assert code == 2
    assert "niet leeg" in err
    with database.session() as session:
        assert len(session.scalars(select(Intake.id)).all()) == 2


def test_it_is_overwritten_only_when_told_and_the_old_file_is_kept(made, toegang, database, people):
    with database.unit_of_work() as session:
        people.an_intake(session)
    assert toegang("herstel", str(made), "--overschrijf")[0] == 0
    with database.session() as session:
        assert len(session.scalars(select(Intake.id)).all()) == 1
    if database.engine.dialect.name == "sqlite":
        (kept,) = Path(database.engine.url.database).parent.glob("*.voor-herstel-*")
        assert sqlite3.connect(kept).execute("SELECT count(*) FROM intake").fetchone() == (2,)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_a_backup_that_was_cut_off_is_refused(made: Path, toegang, part: float):
    whole = made.read_bytes()
    made.write_bytes(whole[: int(len(whole) * part)])
    code, _, err = toegang("backup", str(made), "--controleer")
    assert code == 2
    assert "afgebroken of veranderd" in err


def test_a_byte_changed_anywhere_is_found(made: Path, toegang, database: Database):
    whole = made.read_bytes()
    for place in range(30, len(whole), max(1, len(whole) // 15)):
        changed = bytearray(whole)
        changed[place] ^= 0x01
        made.write_bytes(changed)
        code, out, _ = toegang("backup", str(made), "--controleer")
        # what nobody reads (a time in the archive's own list) may change; what is read may not
        assert code == 2 or "is heel" in out


def test_a_manifest_made_to_fit_is_found_without_the_key(made: Path, toegang, tmp_path: Path):
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["manifest.json"] = parts["manifest.json"].replace(b'"rows": 1', b'"rows": 2', 1)
    forged = tmp_path / "vals.backup"
    with zipfile.ZipFile(forged, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    code, _, err = toegang("backup", str(forged), "--controleer")
    assert code == 2
    assert "zegel" in err


def test_another_master_key_is_named(made: Path, toegang, monkeypatch):
    monkeypatch.setenv("TOEGANG_MASTER_KEY", "A" * 43)
    code, _, err = toegang("backup", str(made), "--controleer")
    assert code == 2
    assert "andere hoofdsleutel" in err


def test_no_name_bsn_or_master_key_lies_in_it_in_clear(made: Path, tmp_path: Path):
    with zipfile.ZipFile(made) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            for canary in (NAME.encode(), BSN.encode(), MASTER_KEY):
                assert canary not in content
    assert made.stat().st_mode & 0o077 == 0


def test_a_backup_is_never_overwritten(made: Path, toegang):
    code, _, err = toegang("backup", str(made))
    assert code == 2
    assert "bestaat al" in err


def test_a_file_that_is_no_database_any_more_is_put_aside(made, toegang, database):
    if database.engine.dialect.name == "postgresql":
        pytest.skip("a server mends its own files")
    database.dispose()
    path = Path(str(database.engine.url.database))
    path.write_bytes(b"geen database" * 1000)
    assert toegang("herstel", str(made))[0] == 2
    assert toegang("herstel", str(made), "--overschrijf")[0] == 0
    with database.session() as session:
        assert len(session.scalars(select(Intake.id)).all()) == 1


def test_a_missing_program_is_named_with_what_installs_it(filled, toegang, monkeypatch, tmp_path):
    if filled.engine.dialect.name == "sqlite":
        pytest.skip("SQLite needs no other program")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    code, _, err = toegang("backup", str(tmp_path / "x.backup"))
    assert code == 2
    assert "apt-get install postgresql-client" in err


def test_the_backup_holds_one_moment_while_others_write(filled: Database, people: Region, toegang, tmp_path: Path):
    with filled.session() as other:
        people.an_intake(other)
        if filled.engine.dialect.name == "sqlite":
            other.commit()
        assert toegang("backup", str(tmp_path / "x.backup"))[0] == 0
