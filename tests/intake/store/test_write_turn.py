"""Writers of one program wait in line."""

import threading
import time

import pytest

from intake.store import write_turn
from intake.store.database import open_database
from intake.store.write_turn import Turns, turns_of
from tests.conftest import MASTER_KEY


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(write_turn, "WAIT_SECONDS", 0.05)


def test_who_waits_longest_is_next():
    turns, order = Turns(), []
    turns.take()

    def work(number):
        turns.take()
        order.append(number)
        turns.give()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    turns.give()
    for thread in threads:
        thread.join()
    assert order == list(range(6))


def test_who_waits_in_vain_goes_on_and_leaves_the_line(impatient):
    turns = Turns()
    assert turns.take()
    assert not turns.take()
    turns.give()
    assert turns.take()


def test_the_turn_goes_on_after_a_commit_a_roll_back_and_a_failure(sqlite_url, impatient):
    database = open_database(sqlite_url, MASTER_KEY)
    turns = turns_of(database.engine.url.database)
    with database.unit_of_work() as session:
        session.connection()
        assert not turns.take()
    with database.session() as session:
        session.connection()
        session.rollback()
        assert turns.take()
        turns.give()
        session.connection()
        assert not turns.take()
    with pytest.raises(ZeroDivisionError), database.unit_of_work() as session:  # noqa: PT012 - it fails halfway
        session.connection()
        raise ZeroDivisionError
    assert turns.take()
    turns.give()
    database.dispose()


def test_who_only_reads_waits_for_nobody(sqlite_url, impatient):
    database = open_database(sqlite_url, MASTER_KEY)
    with database.unit_of_work() as session:
        session.connection()
        with database.reading() as other:
            other.connection()
    database.dispose()
