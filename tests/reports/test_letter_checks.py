"""A letter refuses to print a hole, an endless text, an impossible day or a hiding place."""

from dataclasses import replace
from datetime import date

import pytest

from reports.letters import (
    Bestemming,
    Bevinding,
    ContradictoryLetterData,
    Geadresseerde,
    LetterError,
    LetterTextTooLong,
    MissingLetterData,
    Oordeel,
    ProtectedDataInLetter,
    Taak,
    UnknownLanguage,
    render_letter,
)
from reports.letters.checks import check
from tests.reports.builders import AFZENDER, a_decided_letter, a_decision, a_letter, a_receipt, a_shielded_letter


def test_all_holes_are_named_at_once():
    letter = a_letter(
        vraag=" \n ", vannacht="", producten=(), gedeeld_met=None, afzender=replace(AFZENDER, telefoon="\u200b")
    )
    with pytest.raises(MissingLetterData) as refused:
        render_letter(letter)
    assert refused.value.fields == ("afzender.telefoon", "vraag", "vannacht", "producten", "gedeeld_met")
    assert "vannacht" in str(refused.value)


def test_a_letter_says_where_it_goes_or_where_it_waits():
    with pytest.raises(MissingLetterData, match=r"geadresseerde\.adres of geadresseerde\.afhalen_bij"):
        check(a_letter(geadresseerde=Geadresseerde(naam="Johan Bakker")))


def test_a_shielded_letter_is_never_posted():
    posted = Geadresseerde(naam="Mila Jansen", adres=("Straat 1", "1000 AA Stad"))
    with pytest.raises(MissingLetterData, match=r"geadresseerde\.afhalen_bij"):
        check(a_shielded_letter(geadresseerde=posted))


def test_a_place_has_an_address_or_a_telephone():
    with pytest.raises(MissingLetterData, match=r"bestemming\.adres of bestemming\.telefoon"):
        check(a_letter(bestemming=Bestemming(naam="Centraal Onthaal")))


def test_a_hole_deep_inside_a_row_is_found():
    with pytest.raises(MissingLetterData, match=r"taken\.1\.wat"):
        check(a_letter(taken=(Taak("U", ""),)))


def test_what_it_costs_is_always_told_outside_a_shielded_letter():
    with pytest.raises(MissingLetterData, match="eigen_bijdrage"):
        check(a_letter(eigen_bijdrage=""))
    check(a_shielded_letter(eigen_bijdrage=""))


@pytest.mark.parametrize("vraag", ["x" * 4001, "x\n" * 200])
def test_a_text_without_end_is_refused(vraag):
    with pytest.raises(LetterTextTooLong, match="vraag"):
        check(a_letter(vraag=vraag))


def test_the_longest_text_allowed_is_printed():
    assert render_letter(a_letter(vraag="woord " * 666)).pages <= 4
    assert render_letter(a_letter(vraag="r\n" * 199 + "r")).pages <= 8


def test_a_list_without_end_is_refused():
    with pytest.raises(LetterTextTooLong, match="bevindingen"):
        check(a_letter(bevindingen=tuple(Bevinding(f"Zin {n}.") for n in range(51))))


def test_the_client_has_six_whole_weeks():
    with pytest.raises(ContradictoryLetterData, match="zes weken"):
        check(a_decided_letter(rechtspositie=a_decision(laatste_dag_bezwaar=date(2027, 1, 3))))
    check(a_decided_letter(rechtspositie=a_decision(laatste_dag_bezwaar=date(2027, 1, 4))))


@pytest.mark.parametrize("oordeel", [Oordeel.JA, Oordeel.NEE, Oordeel.TIJDELIJK])
def test_a_yes_or_no_is_never_called_a_referral(oordeel):
    product = replace(a_letter().producten[0], oordeel=oordeel)
    with pytest.raises(ContradictoryLetterData, match="Een ja of nee is een besluit"):
        check(a_letter(producten=(product,)))


def test_a_decision_decides_something():
    with pytest.raises(ContradictoryLetterData, match="alleen advies"):
        check(a_letter(rechtspositie=a_decision()))


def test_a_term_does_not_end_before_it_begins():
    with pytest.raises(ContradictoryLetterData):
        check(a_receipt(plan_uiterlijk=date(2026, 3, 1)))


@pytest.mark.parametrize(
    "told",
    [
        "U gaat naar Opvanghuis De Beuk.",
        "U gaat naar OPVANGHUIS DE-BEUK",
        "Het is op Geheimlaan 7.",
        "Bel 078-5550909.",
        "Postcode 3311ZZ, Dordrecht: 3311 ZZ Dordrecht.",
    ],
)
def test_a_slip_of_the_pen_does_not_give_the_hiding_place_away(told):
    with pytest.raises(ProtectedDataInLetter) as refused:
        check(a_shielded_letter(vannacht=told))
    assert refused.value.fields == ("vannacht",)


def test_a_public_desk_may_be_named_in_a_shielded_letter():
    desk = Bestemming(naam="Centraal Onthaal", adres=("Plein 1",), telefoon="010 555 03 00", openbaar=True)
    check(a_shielded_letter(bestemming=desk, vannacht="Ga naar Centraal Onthaal."))


def test_a_shielded_letter_may_leave_the_place_unknown():
    check(a_shielded_letter(bestemming=Bestemming(naam="")))


def test_the_senders_own_number_is_no_secret():
    check(a_shielded_letter(bestemming=Bestemming(naam="", telefoon=AFZENDER.telefoon)))


def test_a_language_without_letters_is_refused():
    with pytest.raises(UnknownLanguage, match="Kies uit: nl"):
        render_letter(a_letter(), taal="../nl")


@pytest.mark.parametrize("error", [MissingLetterData(["vraag"]), LetterTextTooLong("vraag", "200 regels")])
def test_every_refusal_is_a_letter_error(error):
    assert isinstance(error, LetterError)
