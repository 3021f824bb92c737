"""What post says: complete, plain, and nothing to click but the address of the installation."""

import pytest

from intake.post import notice
from intake.post.notice import Notice

KEPT = {"wanneer": "2026-07-01T22:30:00+00:00"}


def test_every_notice_has_its_words_and_every_gap_can_be_filled():
    assert set(notice.TEXTS) == set(Notice)
    assert set().union(*(notice.gaps(one) for one in Notice)) <= set(notice.SAID)


@pytest.mark.parametrize("one", Notice)
def test_a_notice_greets_the_person_and_leaves_no_gap(one):
    words = {name: KEPT[name] for name in notice.gaps(one) - {"adres"}}
    said = notice.worded(one, words, naam="Samira", adres="https://toegang.test")
    assert said.text.startswith("Beste Samira,\n")
    assert "{" not in said.text + said.subject
    assert "\n" not in said.subject


def test_the_hour_is_that_of_the_netherlands():
    said = notice.worded(Notice.NIEUW_APPARAAT, KEPT, naam="Samira", adres="https://toegang.test")
    assert "Op 2 juli 2026, 0.30 uur is met uw naam en wachtwoord ingelogd" in said.text.replace("\xa0", " ")
