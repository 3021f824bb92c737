"""Nobody learns from a case in which shelter its client is: no page, export or letter tells it, and no dump.

What may know: the worker of the case, the shelter itself, and the expertise function while it is asked.
"""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from intake.api import app as api
from intake.letters import letter
from intake.letters.data import letter_data
from intake.web.frame.request import SETTINGS
from reports.letters.walk import texts
from tests.intake.api.conftest import Caller
from tests.intake.region import CLOCK
from tests.intake.systems import a_key
from tests.journeys.hiding import DAYS, FIRST_DAY, SECRETS, a_shelter, as_text, fled, rows, sent

OTHERS = ("mia", "leader", "desk", "expert", "haven", "anker", "stranger", "fg", "logbeheerder", "beheerder", "beleid")
MOST_PAGES = 150
LEAVES = ("/uitloggen", "/account", "/regels", "/plekken")
"""Also left out is the register of places: it says what there is, and nothing of anybody."""


@pytest.fixture
def case(database, people):
    with database.unit_of_work() as session:
        people.bring(session, *(name for name in OTHERS if name not in people.accounts))
    return fled(database, people)


@pytest.fixture
def calls(app, database, people):
    """Gives a system of an organisation, at the interface as `wsgi` puts it beside the pages."""
    api.mount(app, settings=app.extensions[SETTINGS], clock=CLOCK, database=database)

    def of(organisation):
        with database.unit_of_work() as session:
            return Caller(app, a_key(session, people, organisation).secret)

    return of


def pages(client, *starts):
    """Every page that a person can reach by links from these."""
    waiting, seen = deque(starts), set(starts)
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft()
        answer = client.browser.get(path, follow_redirects=True)
        yield path, answer
        if answer.mimetype != "text/html":
            continue
        for link in html.document_fromstring(answer.data).iter("a"):
            to = urlsplit(urljoin(path, link.get("href") or ""))
            if not to.netloc and not to.path.startswith(LEAVES) and to.path not in seen:
                seen.add(to.path)
                waiting.append(to.path)


def told(answer) -> list[str]:
    """What a page tells; what one can choose from tells of nobody."""
    if answer.mimetype == "application/pdf":
        return []
    text = answer.get_data(as_text=True)
    if answer.mimetype == "text/html":
        root = html.document_fromstring(text)
        for choice in [*root.iter("select"), *root.iter("fieldset")]:
            choice.drop_tree()
        text = html.tostring(root, encoding="unicode")
    text = re.sub(r"\s+", " ", text)
    return [one for one in (*SECRETS, *DAYS) if one in text]


@pytest.mark.parametrize("person", OTHERS)
def test_no_page_tells_anybody_else_where_the_client_is(case, log_in, person):
    client = log_in(person)
    direct = (f"/intakes/{case.case_id}", f"/verwijzingen/{case.referral_id}")
    found = {path: told(answer) for path, answer in pages(client, "/", *direct)}
    assert {path: what for path, what in found.items() if what} == {}
    assert len(found) > len(direct)


def test_the_worker_of_the_case_and_the_shelter_do_know(case, log_in):
    worker = log_in("worker")
    worker.get(f"/intakes/{case.case_id}")
    assert "De Veste" in worker.page.text
    worker.get(f"/verwijzingen/{case.referral_id}")
    assert "De Veste" in worker.page.text
    assert "010 777 66 55" in worker.page.text
    vera = log_in("vera")
    vera.get(f"/verwijzingen/{case.referral_id}")
    assert "Torenkamer" in vera.page.text


def test_the_file_names_to_a_colleague_whom_to_ask(case, log_in):
    mia = log_in("mia")
    mia.get(f"/intakes/{case.case_id}")
    assert "Veilige plek (vraag Wijkteam Capelle, 010 555 01 00)" in mia.page.text


def test_no_letter_tells_it_or_goes_to_the_house_of_the_client(case, database):
    with database.unit_of_work() as session:
        made = letter.letters_of(session, case.case_id)
        assert made
        for one in made:
            data = letter_data(session, one)
            said = " ".join(text for _, text in texts(data))
            assert [secret for secret in (*SECRETS, *DAYS) if secret in said] == []
            if one.referral_id is not None:
                assert data.afgeschermd
                assert data.geadresseerde.adres == ()


def test_no_row_of_a_dump_tells_who_is_where(case, database):
    ours = [case.case_id.hex, case.referral_id.hex, case.reference.replace("-", "")]
    with database.session() as session:
        found = list(rows(session))
    known = {as_text(row) for _, row in found}
    linked = set(ours)
    for name, row in found:
        if name not in ("organisation", "account") and any(one in as_text(row) for one in ours):
            linked |= {value for key, value in ids(row) if key in ("id", "receiver_id", "place_id")}
    telling = [
        (name, as_text(row))
        for name, row in found
        if any(one in as_text(row) for one in linked) and any(one in as_text(row) for one in (*case.where, *SECRETS))
    ]
    assert len(known) > 20
    assert telling == []


def ids(row):
    for key, value in row.items():
        if value is not None and (key == "id" or key.endswith("_id")):
            yield key, str(value).replace("-", "")


def test_before_a_letter_is_given_the_page_asks_how_it_reaches_her_when_nobody_did(database, people, log_in):
    with database.unit_of_work() as session:
        a_shelter(session, people)
        made = sent(session, people, veilig_bereikbaar=None)
        (asked, *_) = (one for one in letter.letters_of(session, made.intake_id) if one.referral_id == made.id)
    worker = log_in("worker")
    worker.get(f"/brieven/{asked.id}")
    assert worker.page.title == "Hoe krijgt de cliënt deze brief?"
    assert "Stuur de brief niet naar huis" in worker.page.text
    worker.follow("Ik geef de brief zelf")
    assert worker.page.title == "De brief is er nog niet"
    vera = log_in("vera")
    vera.get(f"/brieven/{asked.id}")
    assert vera.page.title == "De brief is er nog niet"


def test_who_said_how_she_is_reached_is_not_asked_again(database, people, log_in):
    with database.unit_of_work() as session:
        a_shelter(session, people)
        made = sent(session, people)
        (asked, *_) = (one for one in letter.letters_of(session, made.intake_id) if one.referral_id == made.id)
    worker = log_in("worker")
    worker.get(f"/brieven/{asked.id}")
    assert worker.page.title == "De brief is er nog niet"


@pytest.mark.parametrize("organisation", ["wijkteam", "capelle", "haven", "anker", "onthaal"])
def test_no_system_with_a_key_is_told_where_the_client_is(case, calls, organisation):
    system = calls(organisation)
    for path in (f"/intakes/{case.case_id}", "/intakes", "/verwijzingen", f"/verwijzingen/{case.referral_id}"):
        text = system.get(path).get_data(as_text=True)
        assert [one for one in (*SECRETS, *DAYS) if one in text] == []


def test_the_system_of_the_shelter_finds_its_client(case, calls):
    found = calls("veste").get("/verwijzingen").get_json()["resultaten"]
    assert [one["id"] for one in found] == [str(case.referral_id)]
    opened = calls("veste").get(f"/verwijzingen/{case.referral_id}").get_json()
    assert (opened["plek"], opened["start_op"]) == (str(case.place), FIRST_DAY.isoformat())
