"""A bsn and a surname that are nowhere else occur nowhere in clear: not on disk, not in the log, not in a backup."""

import json
import logging
import subprocess
import zipfile
from pathlib import Path

import pytest

from config.log import JsonFormatter
from forms import Reading
from intake.access.act import Act
from intake.besluit import expertise
from intake.log import reviewing
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.rights import correction
from intake.rights.destruction import destruction
from intake.rights.emergency import break_glass
from intake.rights.emergency.why import Why
from intake.store.outbox.job import run_all
from intake.tables.log_review import Finding
from intake.worker.worker import Installation, job_worker
from tests.intake.region import CLOCK, a_place
from tests.intake.serving import PASSWORD
from tests.postgres import PROGRAMS

NAME, BSN = "Zonderlingsma", "999990019"
CANARIES = tuple(
    text.encode(coding)
    for text in (NAME, BSN, NAME.upper(), "sliep in een schuur")
    for coding in ("utf-8", "utf-16-le")
)
TEXT = f"{NAME} ({BSN}) sliep in een schuur."


@pytest.fixture
def lived(database, people, log_in, instance, caplog):
    """A case that went through everything, with the canary wherever a person can type; what was logged meanwhile."""
    caplog.set_level(logging.DEBUG)
    with database.unit_of_work() as session:
        a_place(session, people)
        draft = people.a_draft(session, achternaam=NAME, bsn=BSN, verhaal=TEXT)
        case = people.an_intake(session, achternaam=NAME, bsn=BSN, verhaal=TEXT)
        worker, leader = people.actor(session), people.actor(session, "leader")
        expertise.ask_review(Act(session, worker, CLOCK), case.id, question=TEXT)
        asked = expertise.open_for(session, case.id)
        expertise.withdraw_request(Act(session, worker, CLOCK), asked.id)
        people.a_besluit(session, case)
        made = choice.refer(Act(session, worker, CLOCK), case.id)
        haven = people.actor(session, "haven")
        answer.ask_back(Act(session, haven, CLOCK), made.id, version=made.version, vraag=TEXT)
        _, answers = correction.to_correct(session, leader, case.id)
        reading = Reading(answers={**answers, "verhaal": TEXT + "!"}, errors={}, raw={})
        correction.correct(
            Act(session, leader, CLOCK),
            case.id,
            correction.Improvement(reading=reading, reason=TEXT),
            version=case.version,
        )
        destruction.hold(Act(session, leader, CLOCK), case.id, reason=TEXT)
        case_id, reference = case.id, case.reference
    with database.unit_of_work() as session:
        stranger = people.actor(session, "stranger")
        break_glass.break_open(Act(session, stranger, CLOCK), reference=reference, why=Why("geweld", TEXT))
    with database.unit_of_work() as session:
        keeper = people.actor(session, "logbeheerder")
        until = reviewing.state(Act(session, keeper, CLOCK)).until_seq
        reviewing.review(
            Act(session, keeper, CLOCK),
            reviewing.Reviewed(until_seq=until, finding=Finding.NAVRAAG, note=TEXT, signals_shown=0),
        )
    worker_process = job_worker(database, CLOCK, installation=Installation(instance))
    run_all(database, worker_process.handlers, CLOCK, limit=50)
    browse(log_in, case_id, draft.id)
    formatter = JsonFormatter()
    return "\n".join(formatter.format(record) for record in caplog.records)


def browse(log_in, case_id, draft_id) -> None:
    """Pages that show the canary, a page that fails, and text posted after the session ended."""
    client = log_in("worker")
    for path in (f"/intakes/{case_id}", f"/intakes/{case_id}/bsn", "/intakes", f"/concepten/{draft_id}/persoon", "/"):
        client.get(path)
    client.get(f"/concepten/{draft_id}/persoon")
    form = client.page.form_with("Opslaan en later verder")
    client.browser.post("/uitloggen", data={"csrf_token": form.values["csrf_token"]})
    data = {**form.values, "achternaam": NAME, "bsn": BSN}
    client.browser.post(form.action, data=data, headers={"Origin": "http://localhost"})
    client.browser.get("/inloggen")
    client.browser.post("/inloggen", data={"naam": f"{NAME}@voorbeeld.test", "wachtwoord": PASSWORD + BSN})
    client.browser.get(f"/intakes?zoek={NAME}&bsn={BSN}")


def found_in(content: bytes) -> list[bytes]:
    return [canary for canary in CANARIES if canary in content]


def test_nothing_on_disk_says_who_it_is_about(lived, database, instance, tmp_path):
    del instance
    if database.engine.dialect.name == "postgresql":
        address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        dump = subprocess.run([PROGRAMS / "pg_dump", "--inserts", address], check=True, capture_output=True).stdout
        assert b"Wijkteam Capelle" in dump
        assert found_in(dump) == []
        hexed = [canary.hex().encode() for canary in CANARIES if canary.hex().encode() in dump]
        assert hexed == []
        return
    folders = (tmp_path, Path(database.engine.url.database).parent)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".db", ".db-wal"}
    assert any(b"Wijkteam Capelle" in path.read_bytes() for path in files)
    assert {path.name: found_in(path.read_bytes()) for path in files if found_in(path.read_bytes())} == {}


def test_nothing_in_the_log_of_the_program_says_who_it_is_about(lived):
    for line in lived.splitlines():
        assert found_in(json.dumps(json.loads(line), ensure_ascii=False).encode()) == []


def test_nothing_in_a_backup_says_who_it_is_about(lived, toegang, tmp_path: Path):
    path = tmp_path / "canary.backup"
    assert toegang("backup", str(path))[0] == 0
    assert found_in(path.read_bytes()) == []
    with zipfile.ZipFile(path) as archive:
        assert {name: found_in(archive.read(name)) for name in archive.namelist() if found_in(archive.read(name))} == {}
