"""The main line, from the first question to the letter: a man who slept in his car (the first of the worked cases)."""

import io

import pytest
from pypdf import PdfReader

from tests.browser.serving import WIDTHS, Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEXT = "Opslaan en verder"
REVIEW = "Controleren en indienen"
WAYS = [("desk", True), ("phone", True), ("desk", False)]
CHOICES = (
    "acuut_gevaar-nee",
    "slaapplek_vannacht-geen",
    "nationaliteit-nederlands",
    "onttrekkingsrisico-nee",
    "woonsituatie-5_niet_conventioneel",
    "verslaving-ja",
    "psychisch_psychosociaal-vermoeden",
    "handhaaft_zich-nee",
)
TEXTS = {
    "geboortedatum": "15 juni 1981",
    "kinderen_mee": "0",
    "maanden_in_regio_36": "36",
    "roepnaam": "Jan",
    "achternaam": "Kanariepiet",
    "verhaal": "Ik slaap drie nachten in mijn auto.\nEr is niemand meer die mij helpt.",
}


def fill_in(worker: Visitor) -> None:
    """Answer what the case tells, page by page, until everything can be checked."""
    for _ in range(20):
        if worker.title == REVIEW:
            return
        for field in CHOICES:
            if worker.page.locator(f"#{field}").is_visible():
                worker.choose(field)
        for field, text in TEXTS.items():
            if worker.page.locator(f"#{field}").is_visible():
                worker.fill(field, text)
        if worker.page.locator("#woongemeente").is_visible():
            worker.page.locator("#woongemeente").select_option("geen")
        worker.press("Opslaan en")
    raise AssertionError(f"the form does not end; it is at {worker.title}")


def letter_of(worker: Visitor) -> str:
    """The text of the referral letter, downloaded from the page of the case."""
    link = worker.page.get_by_role("link", name="Verwijsbrief (pdf)")
    for _ in range(40):
        if link.count():
            break
        worker.page.wait_for_timeout(500)
        worker.page.reload()
    with worker.page.expect_download() as download:
        link.first.click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_a_man_who_slept_in_his_car_has_a_referral_and_a_letter(chromium, served, width, script):
    worker = visitor(chromium, served, width=WIDTHS[width], script=script)
    worker.log_in("worker")
    worker.press("Nieuwe intake")
    fill_in(worker)
    worker.press("Intake indienen")
    assert "Er komt vandaag nog een plek in de tijdelijke opvang." in worker.text
    case = worker.page.url
    if worker.page.get_by_role("button", name="Vraag intrekken").count():
        worker.press("Vraag intrekken")
    worker.press("Volg het advies")
    assert "Volgt het advies" in worker.text
    assert "Verwezen naar" in worker.text
    assert "Wacht op antwoord" in worker.text

    receiver = visitor(chromium, served, width=WIDTHS[width], script=script)
    receiver.log_in("desk")
    receiver.go("/verwijzingen")
    receiver.page.locator("tbody th a").first.click()
    receiver.look()
    assert "Ik slaap drie nachten in mijn auto." in receiver.text or "Kanariepiet" in receiver.text
    receiver.fill("start", "24-11-2026")
    receiver.press("Accepteren")
    assert "Geaccepteerd" in receiver.text

    worker.page.goto(case)
    worker.look()
    assert "Geaccepteerd" in worker.text
    letter = letter_of(worker)
    assert "Kanariepiet" in letter
    assert "college" in letter
