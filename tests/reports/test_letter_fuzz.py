"""Whatever people type, the letter is printed or refused by name; never anything else."""

import pickle

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.letters import Geadresseerde, LetterError, Regiokeuze, render_letter
from tests.reports.builders import a_letter

ANY_TEXT = st.text(st.characters(), max_size=300)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(naam=ANY_TEXT, vraag=ANY_TEXT, vannacht=ANY_TEXT, mening=ANY_TEXT)
def test_any_text_is_printed_or_refused_by_name(naam, vraag, vannacht, mening):
    letter = a_letter(
        geadresseerde=Geadresseerde(naam=naam, afhalen_bij="het wijkteam"),
        vraag=vraag,
        vannacht=vannacht,
        regiokeuze=Regiokeuze(gemeente="Rotterdam", waarom="Uw broer woont hier.", mening_client=mening),
    )
    try:
        made = render_letter(letter)
    except LetterError:
        return
    assert made.pdf.startswith(b"%PDF-1.7")


def test_letter_and_print_travel_to_another_process_and_back():
    letter = pickle.loads(pickle.dumps(a_letter()))
    assert letter == a_letter()
    made = render_letter(letter)
    assert pickle.loads(pickle.dumps(made)) == made
