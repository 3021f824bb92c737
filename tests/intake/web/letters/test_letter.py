"""A letter as it is fetched: the document itself, or a page that says that it is still being made."""

import io

from pypdf import PdfReader
from sqlalchemy import select

from intake.letters import press
from intake.tables.letter import Letter
from tests.intake.region import CLOCK


def asked(log_in, database, case):
    """The letter that a besluit asked for, and the client on whose page it stands."""
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press(client.page.button_like("Volg het advies"))
    with database.session() as session:
        return client, session.scalars(select(Letter).where(Letter.intake_id == case.id)).first()


def test_a_letter_that_is_being_made_says_so(log_in, database, case):
    client, made = asked(log_in, database, case)
    assert made is not None
    assert client.get(f"/brieven/{made.id}").title == "De brief is er nog niet"


def test_a_letter_that_is_made_comes_as_a_document_with_its_own_name(log_in, database, case):
    client, made = asked(log_in, database, case)
    with database.unit_of_work() as session:
        press.make(session, made.id, clock=CLOCK)
    answer = client.browser.get(f"/brieven/{made.id}")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "Kanariepiet" in " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)


def test_the_letter_of_another_gemeente_is_not_there(log_in, database, case):
    _, made = asked(log_in, database, case)
    log_in("stranger").get(f"/brieven/{made.id}", status=404)
