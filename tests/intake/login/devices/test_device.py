"""A browser that is new for somebody is told: in the log, to the person here, and by mail."""

import pytest
from sqlalchemy import select

from intake.login import devices
from intake.login.devices.device import LONGEST_TOKEN
from intake.tables.audit import AuditEvent
from intake.tables.outgoing import Outgoing
from tests.intake.region import CLOCK, later


def test_the_first_browser_is_not_new_and_the_second_is(session, region):
    who = region.accounts["worker"]
    first = devices.recognise(session, who, "", clock=CLOCK)
    assert not first.is_new
    assert not devices.recognise(session, who, first.token, clock=later(days=1)).is_new
    assert devices.recognise(session, who, "", clock=later(days=2)).is_new


def test_one_browser_of_two_people_is_known_for_each(session, region):
    worker, haven = region.accounts["worker"], region.accounts["haven"]
    shared = devices.recognise(session, worker, "", clock=CLOCK)
    assert devices.recognise(session, haven, shared.token, clock=CLOCK).token == shared.token
    assert not devices.recognise(session, haven, shared.token, clock=CLOCK).is_new


def test_a_browser_that_was_not_used_for_half_a_year_is_new_again(session, region):
    who = region.accounts["worker"]
    old = devices.recognise(session, who, "", clock=CLOCK)
    devices.recognise(session, who, "", clock=later(days=170))
    assert devices.recognise(session, who, old.token, clock=later(days=181)).is_new


@pytest.mark.parametrize("token", ["x" * 65, "x" * 100_000, "\x00\ud800"])
def test_what_somebody_puts_in_the_browser_breaks_nothing(session, region, token):
    assert len(devices.recognise(session, region.accounts["worker"], token, clock=CLOCK).token) <= LONGEST_TOKEN


def test_a_login_elsewhere_is_told_to_the_log_the_person_and_the_post(log_in, database):
    log_in("worker")
    again = log_in("worker")
    assert "ingelogd op een nieuw apparaat" in again.page.text
    with database.session() as session:
        details = session.scalars(select(AuditEvent.detail)).all()
        assert details.count("nieuw_apparaat") == 1
        (mail,) = session.scalars(select(Outgoing)).all()
        assert mail.notice == "nieuw_apparaat"


def test_after_logging_out_the_same_browser_is_still_known(log_in, database):
    first = log_in("worker")
    first.press("Uitloggen")
    first.get("/inloggen")
    first.press("Inloggen", {"naam": "worker@voorbeeld.test", "wachtwoord": "rustig lopende beek"})
    with database.session() as session:
        assert session.scalars(select(Outgoing)).all() == []
