"""The form with its script: it saves by itself, shows what still matters, and never loses what was typed."""

import json

import pytest

from tests.browser.serving import Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADVICE = "#advies-tot-nu-toe"


@pytest.fixture
def worker(chromium, served) -> Visitor:
    """A worker with a new intake before them."""
    made = visitor(chromium, served)
    made.log_in("worker")
    made.press("Nieuwe intake")
    return made


def saved(worker: Visitor):
    """Wait until the page has saved itself."""
    return worker.page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 200)


def test_the_advice_follows_each_answer(worker):
    assert "Beantwoord de eerste vragen" in worker.page.locator(ADVICE).inner_text()
    with saved(worker):
        worker.choose("slaapplek_vannacht-geen")
    worker.page.get_by_text("Er komt vandaag nog een plek in de tijdelijke opvang.").wait_for()
    with saved(worker):
        worker.choose("acuut_gevaar-ja")
    worker.page.get_by_text("Bel nu bij direct gevaar").wait_for()
    worker.look()


def test_a_question_that_no_longer_matters_goes_and_comes_back(worker):
    worker.page.goto(worker.page.url.replace("spoed", "persoon"))
    bsn = worker.page.locator("#vraag-bsn")
    with saved(worker):
        worker.choose("bsn_status-geen")
    bsn.wait_for(state="hidden")
    with saved(worker):
        worker.choose("bsn_status-bekend")
    bsn.wait_for(state="visible")
    worker.look()


def test_what_was_typed_is_there_after_the_browser_was_closed(chromium, served, worker):
    with saved(worker):
        worker.choose("slaapplek_vannacht-geen")
    path = worker.page.url.removeprefix(served.url)
    worker.page.context.close()
    again = visitor(chromium, served)
    again.log_in("worker")
    again.go(path)
    assert again.page.locator("#slaapplek_vannacht-geen").is_checked()


def test_the_back_button_works_and_is_no_conflict(worker):
    worker.choose("slaapplek_vannacht-geen")
    worker.press("Opslaan en verder")
    worker.page.go_back()
    worker.page.wait_for_load_state()
    assert worker.page.locator("#slaapplek_vannacht-geen").is_checked()
    worker.choose("slaapplek_vannacht-kan_blijven")
    worker.press("Opslaan en verder")
    assert worker.title == "De melding"


def test_an_error_goes_when_it_is_mended(worker):
    worker.fill("geboortedatum", "31-02-1981")
    worker.press("Opslaan en verder")
    assert worker.page.locator("#fouten").is_visible()
    assert worker.page.evaluate("document.activeElement.id") == "fouten"
    with saved(worker):
        worker.fill("geboortedatum", "28-02-1981")
        worker.page.locator("#geboortedatum").blur()
    worker.page.locator("#fouten").wait_for(state="detached")


def test_ticking_unknown_empties_the_field_beside_it(worker):
    worker.fill("geboortedatum", "28-02-1981")
    worker.choose("geboortedatum-onbekend")
    assert worker.page.locator("#geboortedatum").input_value() == ""
    worker.fill("geboortedatum", "1-1-1990")
    assert not worker.page.locator("#geboortedatum-onbekend").is_checked()


def test_two_presses_at_once_make_one_intake(worker, served):
    worker.page.goto(worker.page.url.replace("spoed", "controle"))
    worker.page.get_by_role("button", name="Intake indienen").dblclick()
    worker.page.wait_for_url("**/intakes/*")
    worker.go("/intakes")
    assert "1 intake" in worker.text


def test_the_form_can_be_filled_in_with_the_keyboard_alone(worker):
    page = worker.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "slaapplek_vannacht":
            break
    page.keyboard.press("ArrowDown")
    assert page.locator("[name=slaapplek_vannacht]:checked").count() == 1


def test_a_warning_comes_before_the_session_ends_and_one_press_goes_on(worker):
    asked = []

    def nearly_over(route):
        asked.append(route.request.method)
        left = 90 if route.request.method == "GET" and "POST" not in asked else 1800
        route.fulfill(status=200, content_type="application/json",
                      body=json.dumps({"seconden_over": left, "waarschuwen_bij": 120}))  # fmt: skip

    worker.page.route("**/sessie", nearly_over)
    worker.page.reload()
    worker.page.get_by_role("dialog").wait_for()
    worker.look()
    worker.page.get_by_role("button", name="Ingelogd blijven").click()
    worker.page.get_by_role("dialog").wait_for(state="hidden")
    assert "POST" in asked


def test_axe_is_awake(worker):
    worker.page.evaluate("document.querySelector('#verder, button[value=verder]').textContent = ''")
    with pytest.raises(AssertionError, match="button-name"):
        worker.look()
