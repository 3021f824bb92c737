"""Keys are changed while people work, and nothing is lost or readable that should not be."""

import threading

import pytest
from sqlalchemy import func, select

from intake.access.act import Act
from intake.dossier import dossier
from intake.keys import keys, sealing
from intake.tables.intake import Intake
from intake.tables.key import CaseKey, KeyPurpose, TenantKey
from intake.upkeep.rotation import tenant_keys
from tests.intake.region import CLOCK


@pytest.fixture
def cases(database, people):
    with database.unit_of_work() as session:
        return [people.an_intake(session, achternaam="Zonderlingsma").id for _ in range(5)]


def versions(database) -> dict[int, int]:
    with database.reading() as session:
        rows = session.execute(select(CaseKey.tenant_version, func.count()).group_by(CaseKey.tenant_version))
        return {row[0]: row[1] for row in rows}


def test_every_case_is_wrapped_anew_and_opens_as_before(database, people, cases, toegang, monkeypatch):
    monkeypatch.setattr(tenant_keys, "BATCH", 2)
    with database.reading() as session:
        before = {case: session.get_one(Intake, case).answers for case in cases}
    code, out, err = toegang("sleutels", "draai", "--gemeente", "GM0502")
    assert (code, err) == (0, "")
    assert "5 dossiers opnieuw afgesloten" in out
    assert versions(database) == {2: 5}
    with database.unit_of_work() as session:
        for case in cases:
            found = dossier.open_dossier(Act(session, people.actor(session), CLOCK), case)
            assert "Zonderlingsma" in found.name
            assert found.case.answers == before[case], "what is sealed is not touched"


def test_old_keys_go_only_when_they_wrap_nothing(database, cases, toegang):
    assert "0 oude sleutels" in toegang("sleutels", "opruimen")[1]
    with database.unit_of_work() as session:
        tenant = session.get_one(Intake, cases[0]).gemeente_id
        keys.renew_tenant_key(session, tenant)
    assert "0 oude sleutels" in toegang("sleutels", "opruimen")[1], "the cases still need it"
    tenant_keys.rotate_tenant_keys(database, tenant)
    assert "2 oude sleutels" in toegang("sleutels", "opruimen")[1]
    with database.reading() as session:
        query = select(TenantKey.version).where(TenantKey.purpose == KeyPurpose.ZAKEN)
        assert session.scalars(query).all() == [3]
        assert sealing.get(session, session.get_one(Intake, cases[0]), "answers")["achternaam"] == "Zonderlingsma"


def test_nobody_who_reads_or_writes_meanwhile_notices(database, people, cases):
    with database.reading() as session:
        tenant = session.get_one(Intake, cases[0]).gemeente_id
    failed: list[Exception] = []
    stop = threading.Event()

    def work():
        while not stop.is_set():
            try:
                with database.unit_of_work() as session:
                    people.an_intake(session)
                    dossier.open_dossier(Act(session, people.actor(session), CLOCK), cases[0])
            except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
                failed.append(error)
                return

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for _ in range(3):
            tenant_keys.rotate_tenant_keys(database, tenant)
    finally:
        stop.set()
        worker.join()
    assert not failed
    tenant_keys.rotate_tenant_keys(database, tenant)
    assert set(versions(database)) == {5}


def test_the_command_shows_which_key_wraps_how_many(cases, toegang):
    assert "Gemeente Capelle aan den IJssel: sleutel 1, 5 dossiers" in toegang("sleutels", "toon")[1]
    assert toegang("sleutels", "draai", "--gemeente", "GM9999")[0] == 2
