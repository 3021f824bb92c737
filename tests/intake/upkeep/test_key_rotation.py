"""Every key can be renewed while people work: nobody notices, nothing is lost, and what is old is gone."""

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from intake.access.act import Act
from intake.access.audit import log_key
from intake.access.audit.audit import Entry
from intake.access.audit.chain import BreakKind, chained, verify_log
from intake.case import lookup
from intake.dossier import dossier
from intake.keys.cipher import CannotOpen, key_id
from intake.keys.crypto import unwrap_secret, wrap_secret
from intake.keys.keys import tenant_key
from intake.store.database import Database
from intake.tables.account import Account
from intake.tables.audit import AuditEvent, AuditHead
from intake.tables.intake import Intake
from intake.tables.key import KeyPurpose, TenantKey
from intake.upkeep.rotation import index, master
from intake.web.app import build
from tests.conftest import MASTER_KEY
from tests.intake.region import CLOCK, Region
from tests.intake.web.strict_client import StrictClient

NEW_KEY = b"nieuw-" + bytes(26)
SECRET = b"JBSWY3DP"
BSN = "999990019"


@pytest.fixture
def cases(database: Database, people: Region) -> list:
    with database.unit_of_work() as session:
        account = session.get_one(Account, people.accounts["worker"])
        account.totp_secret = wrap_secret(session, SECRET, account.id)
        account.woonadres = wrap_secret(session, b"2901AB|12", account.id, "woonadres")
        return [people.an_intake(session, bsn_status="bekend", bsn=BSN).id for _ in range(3)]


def tenant_of(database: Database, case) -> object:
    with database.reading() as session:
        return session.get_one(Intake, case).gemeente_id


def with_masters(database: Database, *masters: bytes) -> Database:
    return Database(database.engine, masters)


@contextmanager
def meanwhile(*acts: Callable[[], None]) -> Iterator[list[Exception]]:
    """The acts, over and over, each in a thread of its own, while the block runs."""
    failed: list[Exception] = []
    stop = threading.Event()

    def work(act: Callable[[], None]) -> None:
        while not stop.is_set():
            try:
                act()
            except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
                failed.append(error)
                return

    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    try:
        yield failed
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_the_master_key_is_replaced_while_people_read_and_write(database, people, cases):
    before = with_masters(database, MASTER_KEY, NEW_KEY)
    after = with_masters(database, NEW_KEY, MASTER_KEY)

    def work(served: Database) -> Callable[[], None]:
        def act() -> None:
            with served.unit_of_work() as session:
                people.an_intake(session)
                dossier.open_dossier(Act(session, people.actor(session), CLOCK), cases[0])
                account = session.get_one(Account, people.accounts["worker"])
                assert unwrap_secret(session, account.totp_secret, account.id) == SECRET

        return act

    with meanwhile(work(before), work(after)) as failed:
        assert master.rotate_master(after)
    assert not failed
    master.rotate_master(after)
    with after.reading() as session:
        assert set(master.master_uses(session)) == {key_id(NEW_KEY)}
    with with_masters(database, NEW_KEY).unit_of_work() as session:
        dossier.open_dossier(Act(session, people.actor(session), CLOCK), cases[0])
        account = session.get_one(Account, people.accounts["worker"])
        assert unwrap_secret(session, account.totp_secret, account.id) == SECRET
        assert unwrap_secret(session, account.woonadres, account.id, "woonadres") == b"2901AB|12"
        assert verify_log(session) == []
    with with_masters(database, MASTER_KEY).reading() as session, pytest.raises(CannotOpen):
        tenant_key(session, tenant_of(database, cases[0]), KeyPurpose.ZAKEN)


def test_a_secret_moved_to_another_column_does_not_open(database, people, cases):
    with database.reading() as session:
        account = session.get_one(Account, people.accounts["worker"])
        with pytest.raises(CannotOpen):
            unwrap_secret(session, account.totp_secret, account.id, "woonadres")


def test_with_a_lost_master_key_people_get_a_page_that_says_so_and_nothing_is_overwritten(
    app: Flask, database, people, cases, password_hash
):
    with database.unit_of_work() as session:
        session.get_one(Account, people.accounts["leader"]).password_hash = password_hash
    settings = app.extensions["toegang.settings"]
    lost = build(settings=settings, clock=CLOCK, database=with_masters(database, NEW_KEY))

    def keys() -> list:
        with database.reading() as session:
            return session.execute(select(TenantKey.id, TenantKey.wrapped).order_by(TenantKey.id)).all()

    kept = keys()
    client = StrictClient(lost)
    client.get("/inloggen")
    client.press("Inloggen", {"naam": "leader@voorbeeld.test", "wachtwoord": "rustig lopende beek"}, status=503)
    assert "niet te lezen" in client.page.text
    with with_masters(database, NEW_KEY).session() as session, pytest.raises(CannotOpen):
        tenant_key(session, people.organisations["rotterdam"], KeyPurpose.LOGBOEK)
    assert keys() == kept


def test_a_bsn_is_found_at_every_moment_while_its_key_is_renewed(database, people, cases, monkeypatch):
    monkeypatch.setattr(index, "BATCH", 1)
    tenant = tenant_of(database, cases[0])

    def search() -> None:
        with database.unit_of_work() as session:
            found = lookup.cases_with_bsn(session, people.actor(session), BSN)
            assert {one.id for one in found} >= set(cases)

    with meanwhile(search) as failed:
        for _ in range(3):
            assert index.rotate_index(database, tenant).done >= len(cases)
    assert not failed
    with database.unit_of_work() as session:
        assert index.behind(session, tenant) == 0
        assert index.retire_index(session) == 3
        versions = select(TenantKey.version).where(
            TenantKey.purpose == KeyPurpose.INDEX, TenantKey.gemeente_id == tenant
        )
        assert session.scalars(versions).all() == [4]
    search()


def test_an_old_key_for_finding_stays_as_long_as_a_case_needs_it(database, people, cases):
    tenant = tenant_of(database, cases[0])
    index.rotate_index(database, tenant)
    with database.unit_of_work() as session:
        session.execute(update(Intake).where(Intake.id == cases[0]).values(index_version=1))
    with database.unit_of_work() as session:
        assert index.retire_index(session) == 0
    assert index.catch_up(database, tenant).done == 1


def test_a_case_that_cannot_be_opened_keeps_its_hashes_and_stops_nobody(database, cases):
    with database.unit_of_work() as session:
        session.execute(text("DELETE FROM case_key WHERE zaak_id = :case").bindparams(case=_raw(database, cases[0])))
        kept = session.get_one(Intake, cases[0]).bsn_index
    progress = index.rotate_index(database, tenant_of(database, cases[0]))
    assert (progress.done, progress.left) == (2, 1)
    with database.reading() as session:
        assert session.get_one(Intake, cases[0]).bsn_index == kept


def _raw(database: Database, case) -> object:
    return case.hex if database.engine.dialect.name == "sqlite" else case


def test_a_bsn_is_found_within_the_gemeente_and_not_across(database, people, cases):
    with database.unit_of_work() as session:
        here, there = tenant_of(database, cases[0]), people.organisations["rotterdam"]
        assert not lookup.digests(session, here, BSN) & lookup.digests(session, there, BSN)
        assert lookup.cases_with_bsn(session, people.actor(session, "stranger"), BSN) == []


def test_the_log_gets_a_new_key_from_a_row_on_while_people_write(database, people, cases):
    tenant = tenant_of(database, cases[0])

    def write() -> None:
        with database.unit_of_work() as session:
            people.an_intake(session)

    with meanwhile(write, write) as failed:
        for _ in range(3):
            with database.unit_of_work() as session:
                log_key.renew_log_keys(session, tenant)
            write()
    assert not failed
    with database.reading() as session:
        assert verify_log(session) == []
        assert len(log_key.spans(session, tenant)) == 4
        assert session.get_one(AuditHead, tenant).key_version == 4


def test_an_old_key_of_the_log_makes_no_row_that_holds_after_its_time(database, people, cases):
    tenant = tenant_of(database, cases[0])
    with database.unit_of_work() as session:
        _, old = tenant_key(session, tenant, KeyPurpose.LOGBOEK)
        since = log_key.renew_log_keys(session, tenant)
    with database.unit_of_work() as session:
        people.an_intake(session)
    with database.unit_of_work() as session:
        _without_triggers(session, database)
        first = session.scalars(select(AuditEvent).where(AuditEvent.chain_id == tenant, AuditEvent.seq == since)).one()
        session.execute(update(AuditEvent).where(AuditEvent.seq == since).values(hash=_hashed(old, first)))
    with database.reading() as session:
        (found,) = verify_log(session)
    assert (found.seq, found.kind) == (since, BreakKind.CHANGED)


def test_the_border_between_two_keys_of_the_log_cannot_be_moved(database, cases):
    tenant = tenant_of(database, cases[0])
    with database.unit_of_work() as session:
        log_key.renew_log_keys(session, tenant)
    with database.unit_of_work() as session:
        later = (TenantKey.purpose == KeyPurpose.LOGBOEK) & (TenantKey.version == 2)
        session.execute(update(TenantKey).where(later).values(from_seq=10_000))
    with database.reading() as session, pytest.raises(CannotOpen):
        verify_log(session)


def test_the_command_renews_all_three_kinds_and_the_log_still_holds(cases, toegang):
    code, out, err = toegang("sleutels", "draai", "--gemeente", "GM0502")
    assert (code, err) == (0, "")
    for told in ("3 dossiers opnieuw afgesloten", "3 dossiers opnieuw vindbaar", "nieuwe sleutel voor het logboek"):
        assert told in out
    assert toegang("controleer-logboek")[0] == 0
    assert "hoofdsleutel" in toegang("sleutels", "toon")[1].lower()


def test_the_master_key_is_replaced_with_the_commands(database, cases, toegang, monkeypatch):
    assert toegang("sleutels", "nieuwe-hoofdsleutel")[0] == 2, "this one is not in a file of ours"
    monkeypatch.setenv("TOEGANG_MASTER_KEY_OOK", _written(MASTER_KEY))
    monkeypatch.setenv("TOEGANG_MASTER_KEY", _written(NEW_KEY))
    assert "een oude" in toegang("sleutels", "toon")[1]
    code, out, _ = toegang("sleutels", "hoofdsleutel")
    assert code == 0
    assert "oude hoofdsleutel: 0." in out
    monkeypatch.delenv("TOEGANG_MASTER_KEY_OOK")
    assert toegang("controleer-logboek")[0] == 0


def _written(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


def _hashed(key: bytes, row: AuditEvent) -> bytes:
    entry = Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})
    return chained(key, row.seq, row.prev_hash, entry)["hash"]


def _without_triggers(session, database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER audit_no_update"))
    else:
        session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
