"""From asking to arriving: sent once it was true, tried again, and never lost without anybody knowing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from config.post import Post
from intake.post import outgoing
from intake.post.carrier import Problem
from intake.post.notice import Notice
from intake.post.outgoing import News, NoSuchWords
from intake.post.sending import LAST_ATTEMPT, post_work
from intake.store.outbox.job import run_all
from intake.tables.job import JobKind
from intake.tables.outgoing import Outgoing, OutgoingState
from tests.intake.post.servers import a_mail_server
from tests.intake.region import CLOCK, a_region, later

WORDS = {"wanneer": CLOCK.now().isoformat()}
NEWS = News(Notice.NIEUW_APPARAAT, WORDS)


@pytest.fixture
def asked(database):
    """A mail to the worker, committed."""
    with database.unit_of_work() as session:
        people = a_region(session)
        return outgoing.ask_mail(session, people.account(session), NEWS, clock=CLOCK).id


def work(database, post, clock=CLOCK) -> int:
    return run_all(database, {JobKind.BERICHT: post_work(post, address="https://toegang.test")}, clock)


def state(database, post_id):
    with database.session() as session:
        row = session.get_one(Outgoing, post_id)
        return row.state, row.attempts, row.problem


def test_it_arrives_once_at_the_person(database, asked):
    with a_mail_server() as box:
        work(database, Post(mail=box.server))
        work(database, Post(mail=box.server), later(hours=1))
    (mail,) = box.taken
    assert mail["To"] == "worker@voorbeeld.test"
    assert "https://toegang.test" in mail.get_content()
    assert state(database, asked) == (OutgoingState.VERSTUURD, 1, "")


def test_what_was_rolled_back_is_never_sent(database):
    with a_mail_server() as box, database.session() as session:
        people = a_region(session)
        outgoing.ask_mail(session, people.account(session), NEWS, clock=CLOCK)
        session.rollback()
        work(database, Post(mail=box.server))
    assert box.taken == []


def test_a_busy_server_is_asked_again_after_minutes_that_double(database, asked):
    with a_mail_server() as box:
        box.answers = ["450 even niet", "450 even niet"]
        post = Post(mail=box.server)
        work(database, post)
        assert state(database, asked) == (OutgoingState.WACHT, 1, "")
        work(database, post, later(minutes=1))
        assert state(database, asked)[1] == 1
        work(database, post, later(minutes=2))
        assert state(database, asked) == (OutgoingState.WACHT, 2, "")
        work(database, post, later(minutes=6))
    assert state(database, asked) == (OutgoingState.VERSTUURD, 3, "")
    assert len(box.taken) == 1


def test_a_server_that_stays_away_gives_it_back_to_a_person(database, asked):
    with a_mail_server() as box:
        gone = Post(mail=box.server)
    clock, tried = CLOCK, 0
    while state(database, asked)[0] is OutgoingState.WACHT and tried <= LAST_ATTEMPT:
        work(database, gone, clock)
        clock, tried = later(hours=2 * (tried + 1)), tried + 1
    assert state(database, asked) == (OutgoingState.TERUG, LAST_ATTEMPT, Problem.TE_VAAK_GEPROBEERD)


def test_without_a_mail_server_it_comes_back_as_not_set_up(database, asked):
    work(database, Post())
    assert state(database, asked) == (OutgoingState.TERUG, 1, Problem.NIET_INGESTELD)


def test_the_address_lies_closed_in_the_database(database, asked):
    with database.session() as session:
        row = session.scalars(select(Outgoing)).one()
        assert b"worker@" not in row.to
        assert row.asked_at + timedelta(0) == CLOCK.now()


@pytest.mark.parametrize("words", [{}, {**WORDS, "naam": "Jan"}])
def test_a_notice_with_other_words_is_no_news(words):
    with pytest.raises(NoSuchWords):
        News(Notice.NIEUW_APPARAAT, words)
