"""The start page of policy staff: drafts, what their check found, rules to come."""

from datetime import date

from intake.store.outbox.job import run_all
from intake.worker.worker import HANDLERS
from tests.intake.advice.test_rules_and_cases import published
from tests.intake.region import CLOCK
from tests.intake.web.rulesets.test_rules import anna, database, draft, policy_staff  # noqa: F401 - fixtures


def test_the_start_page_of_policy_staff_tells_what_waits(anna, draft, database):  # noqa: F811
    assert "Nog niet gecontroleerd" in anna.get("/").text
    anna.get(f"{draft}/controle")
    anna.press("Alles controleren")
    assert "Wij zijn bezig" in anna.get("/").text
    run_all(database, HANDLERS, CLOCK)
    assert "aandachtspunten" in anna.get("/").text


def test_the_start_page_tells_policy_staff_alone_of_rules_to_come(anna, policy_staff, database, log_in):  # noqa: F811
    with database.unit_of_work() as session:
        published(session, policy_staff, date(2027, 1, 1))
    assert "Vanaf 1 januari 2027 gelden nieuwe regels" in anna.get("/").text
    assert "gelden nieuwe regels" not in log_in("worker").get("/").text
