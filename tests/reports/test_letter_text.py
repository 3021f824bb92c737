"""What the letter says (domain: Letter B1 minimum), read back from the paper."""

from datetime import date

import pytest

from reports.letters import (
    Afzender,
    Bevinding,
    Briefsoort,
    Geadresseerde,
    Oordeel,
    Pgb,
    Product,
    Regiokeuze,
    Vervangen,
)
from reports.letters.words import grounds
from tests.reports.builders import (
    a_decided_letter,
    a_decision,
    a_letter,
    a_receipt,
    a_refusal,
    a_shielded_letter,
    a_transfer,
    a_youth_letter,
)
from tests.reports.reading import page_of, sentences_of, text_of

EVERY_LETTER = [
    a_letter(),
    a_decided_letter(),
    a_refusal(),
    a_transfer(),
    a_youth_letter(),
    a_shielded_letter(),
    a_receipt(),
]


def test_the_referral_says_all_that_a_client_must_know():
    text = text_of(a_letter())
    for told in (
        "23 november 2026",
        "2026-000123",
        "Beste Johan Bakker",
        "Ik slaap al drie nachten in mijn auto.",
        "Waar slaapt u vannacht?",
        "Kade 12 in Rotterdam",
        "Voorbeeldstraat 158, 3011 AA Rotterdam",
        "Telefoon: 010 555 03 00",
        "U heeft vannacht geen plek om te slapen.",
        "een plek in de opvang, dag en nacht",
        "Dan moeten wij meteen helpen.",
        "Wet maatschappelijke ondersteuning 2015, artikel 1.1.1, 1.2.1 c en 2.3.3",
        "Dat is gemeente Rotterdam.",
        "U zei hierover: “Ik wil graag in Rotterdam blijven.”",
        "Vraagt een briefadres aan.",
        "1 december 2026",
        "Stichting Naast U (fictief): 010 555 02 00",
        "Het kost u niets.",
        "een klein bedrag per dag",
        "persoonsgebonden budget",
        "Centraal Onthaal: uw naam, uw geboortedatum",
        "Een mens: Samira de Wit. Een computer hielp daarbij.",
        "namens het college van burgemeester en wethouders van Capelle aan den IJssel",
        "Samira de Wit, Wmo-adviseur",
        "Dan kunt u een klacht indienen.",
        "Bel 010 555 01 00",
    ):
        assert told in text, told


def test_a_referral_says_that_it_is_no_decision_and_how_to_get_one():
    text = text_of(a_letter())
    assert "Deze brief is een verwijzing en geen besluit." in text
    assert "Wilt u een besluit op papier? Dat mag u altijd vragen, bij Samira de Wit" in text
    assert "Is ons onderzoek op 4 januari 2027 nog niet klaar? Dan kunt u meteen een aanvraag doen." in text
    assert "tot en met maandag" not in text


def test_a_decision_tells_the_last_day_of_objection_and_the_road():
    text = text_of(a_decided_letter())
    assert "tot en met maandag 4 januari 2027" in text
    assert "Commissie Bezwaar, Postbus 1" in text
    assert "www.voorbeeldgemeente.example/bezwaar" in text
    assert "U krijgt nu alvast een plek in de opvang" in text
    assert "van 23 november 2026 tot en met 4 januari 2027" in text
    assert "verwijzing" not in text


def test_only_a_refusal_speaks_of_the_judge():
    refusal = text_of(a_refusal())
    assert "voorlopige voorziening" in refusal
    assert "U vraagt dit bij rechtbank Rotterdam" in refusal
    assert "voorlopige voorziening" not in text_of(a_decided_letter())


def test_the_title_of_a_refusal_does_not_hide_the_no():
    assert "U krijgt geen plek in de opvang, wel hulp bij het zoeken van een kamer Beste" in text_of(a_refusal())


def test_a_transfer_promises_nothing_for_the_other_gemeente():
    text = text_of(a_transfer())
    assert "Wij vragen gemeente Utrecht om u te helpen Beste" in text
    assert "U hoeft uw verhaal niet opnieuw te vertellen." in text
    assert "Zegt Utrecht nee, of duurt het lang? Dan blijven wij u helpen." in text


def test_a_shielded_letter_names_no_address_and_no_place():
    letter = a_shielded_letter(
        geadresseerde=Geadresseerde(
            naam="Mila Jansen", adres=("Geheime Kade 9", "2900 ZZ Capelle"), afhalen_bij="het wijkteam"
        )
    )
    text = text_of(letter)
    for hidden in ("Geheime Kade", "2900 ZZ", "De Beuk", "Geheimlaan", "Dordrecht", "078"):
        assert hidden not in text, hidden
    assert "Het adres van deze plek is geheim." in text
    assert "U haalt deze brief op bij het wijkteam." in text
    assert "Bent u in gevaar? Bel 112." in text


def test_a_shielded_letter_does_not_speak_of_a_contribution():
    text = text_of(a_shielded_letter(eigen_bijdrage="U krijgt een rekening van het CAK op uw adres."))
    assert "CAK" not in text
    assert "betalen" not in text


def test_a_shielded_letter_hides_in_which_gemeente_the_place_is():
    choice = Regiokeuze(gemeente="Groningen", waarom="Daar bent u veilig.", mening_client="Goed.", overdracht=True)
    text = text_of(a_shielded_letter(regiokeuze=choice))
    assert "Groningen" not in text
    assert "Daar bent u veilig." in text


def test_a_deviation_from_the_advice_is_told_with_its_reason():
    text = text_of(a_letter(afwijking="U heeft rust nodig na uw operatie."))
    assert "Samira de Wit koos iets anders dan de computer." in text
    assert "U heeft rust nodig na uw operatie." in text


def test_who_shared_nothing_says_so():
    assert "Wij hebben uw gegevens aan niemand gegeven." in text_of(a_letter(gedeeld_met=()))


def test_the_representative_is_told_to_the_client():
    text = text_of(a_letter(kopie_aan=("uw mentor, mevrouw De Boer",)))
    assert "Deze brief ging ook naar: uw mentor, mevrouw De Boer." in text


def test_a_budget_of_ones_own_is_explained_in_plain_words():
    assert "U regelt dan zelf de afspraken en de administratie." in text_of(a_letter(pgb=Pgb.MOGELIJK))


def test_the_receipt_tells_the_terms_of_annex_d():
    text = text_of(a_receipt())
    assert "Geef het ons uiterlijk op maandag 9 maart 2026." in text
    assert "uiterlijk klaar op maandag 13 april 2026" in text
    assert "Een cliëntondersteuner denkt met u mee" in text
    assert "U krijgt ook hulp als u geen papieren heeft." in text


@pytest.mark.parametrize("letter", EVERY_LETTER)
def test_no_code_and_no_abbreviation_reaches_the_client(letter):
    text = text_of(letter)
    for code in ("Awb", "Wmo 2015", " art.", "opvang_24uurs", "GM0", "U1", "pgb", "BRP", "None", "&", "_", "Undefined"):
        assert code not in text, code


@pytest.mark.parametrize("letter", EVERY_LETTER)
def test_the_sentences_are_short(letter):
    lengths = [len(sentence.split()) for sentence in sentences_of(letter)]
    assert max(lengths) <= 24
    assert sum(lengths) / len(lengths) <= 10


def test_every_question_of_the_letter_is_a_heading():
    headings = [heading.text_content().strip() for heading in page_of(a_letter()).iter("h2")]
    assert headings[:2] == ["Waar slaapt u vannacht?", "Waar gaat u naartoe?"]
    assert all(heading.endswith("?") for heading in headings)


def test_names_in_other_scripts_are_printed():
    name = "Nguyễn Çelik-Łukaszewicz Київ Ελένη ሰላም"
    assert name in text_of(a_letter(geadresseerde=Geadresseerde(naam=name, afhalen_bij="het wijkteam")))


def test_an_abbreviated_law_in_a_list_of_grounds_is_written_out():
    reasons = (Bevinding("Reden.", "Awb art. 3:46; Wlz art. 3.2.1"),)
    product = Product("hulp", Oordeel.JA, "Uitleg.", reasons, vanaf=date(2026, 11, 23))
    text = text_of(a_decided_letter(producten=(product,), rechtspositie=a_decision()))
    assert "Algemene wet bestuursrecht, artikel 3:46; Wet langdurige zorg, artikel 3.2.1" in text


def test_grounds_are_told_once_each_in_the_order_of_the_law():
    told = [
        "Wmo 2015 art. 2.3.3 en 5.2.6",
        "Wmo 2015 art. 1.2.1 c en 2.3.3",
        "Wmo 2015 art. 2.3.10",
        "IVRK art. 3 en 9",
    ]
    assert grounds(told) == [
        "Wet maatschappelijke ondersteuning 2015, artikel 1.2.1 c, 2.3.3, 2.3.10 en 5.2.6",
        "Internationaal Verdrag inzake de Rechten van het Kind, artikel 3 en 9",
    ]


def test_a_line_end_in_the_clients_words_stays_a_line_end():
    letter = a_letter(vraag="Eerste regel.\nTweede regel.")
    assert "Eerste regel. Tweede regel." in text_of(letter)


def test_the_sender_stands_in_head_and_foot():
    sender = Afzender(
        gemeente="Ridderkerk",
        team="Wijkteam West (fictief)",
        adres=("Plein 2",),
        telefoon="0180 55 50 00",
        bereikbaar="Elke werkdag",
        klacht="Bel ons.",
        email="wijkteam@ridderkerk.example",
    )
    text = text_of(a_letter(afzender=sender))
    assert text.startswith("Gemeente Ridderkerk Wijkteam West (fictief)")
    assert "Plein 2, wijkteam@ridderkerk.example" in text


@pytest.mark.parametrize(
    ("soort", "said"),
    [
        (Briefsoort.BESLUIT, "Deze brief komt in de plaats van het besluit van 2 november 2026."),
        (Briefsoort.VERWIJZING, "Deze brief komt in de plaats van de verwijzing van 2 november 2026."),
    ],
)
def test_a_later_letter_says_which_one_it_comes_instead_of(soort, said):
    later = a_letter(vervangt=Vervangen(soort, date(2026, 11, 2)))
    assert f"{said} Bewaar die oude brief ook." in text_of(later)
    assert "in de plaats van" not in text_of(a_letter())
