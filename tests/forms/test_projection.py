import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import INTAKE_FORM
from forms.definition.sections import RECEIVERS
from tests.forms.strategies import answers

ADDRESS = {"adres": "Kanaalweg 12", "postcode": "2901 AB", "woonplaats": "Capelle", "brp_adres": "woonadres"}


def shown(receiver, **given_answers):
    lines = [line for section in INTAKE_FORM.shown(given_answers, receiver) for line in section.lines]
    return dict(lines)


@given(answers(), st.sampled_from(RECEIVERS))
@settings(max_examples=60, deadline=None)
def test_a_receiver_reads_only_answers_meant_for_it(given_answers, receiver):
    meant = {one.label for one in INTAKE_FORM.questions if receiver in one.ontvangers}
    assert set(shown(receiver, **given_answers)) <= meant


def test_violence_is_shown_to_the_shelter_and_not_to_a_provider_or_on_paper():
    label = INTAKE_FORM.question("geweld_afhankelijkheidsrelatie").label
    assert shown("vrouwenopvang", geweld_afhankelijkheidsrelatie="ja")[label] == "Ja"
    assert label not in shown("aanbieder", geweld_afhankelijkheidsrelatie="ja")
    assert label not in shown("client", geweld_afhankelijkheidsrelatie="ja")


@pytest.mark.parametrize(
    "reason",
    [
        {"geheim_adres": "ja"},
        {"geweld_afhankelijkheidsrelatie": "vermoeden"},
        {"dreiging_buiten_relatie": "ja"},
        {"mensenhandel": "ja"},
    ],
)
@pytest.mark.parametrize("receiver", [one for one in RECEIVERS if one != "client"])
def test_a_shielded_address_is_shown_to_nobody(receiver, reason):
    lived = {"woongeschiedenis": [{"gemeente": "GM0344", "van": "2026-10"}], "verblijft_nu": "Groningen, bij haar zus"}
    text = str(shown(receiver, **ADDRESS, **reason, **lived, laatste_adres="Dorpsstraat 1, Zwolle"))
    assert not any(word in text for word in ("Kanaalweg", "2901", "Capelle", "Utrecht", "Groningen", "Zwolle"))


def test_an_ordinary_address_is_shown_to_who_needs_it():
    assert "Kanaalweg 12" in shown("wijkteam", **ADDRESS).values()
    assert "Kanaalweg 12" not in shown("aanbieder", **ADDRESS).values()


@pytest.mark.parametrize("said", ["nee", "ingetrokken"])
def test_a_provider_reads_nothing_about_health_without_consent_but_what_tonight_needs(said):
    health = {"verslaving": "ja", "lvb": "ja", "onttrekkingsrisico": "ja", "kinderen_mee": 1}
    refused = shown("aanbieder", toestemming_aanbieder=said, **health)
    assert INTAKE_FORM.question("verslaving").label not in refused
    assert INTAKE_FORM.question("lvb").label not in refused
    assert refused[INTAKE_FORM.question("onttrekkingsrisico").label] == "Ja"
    assert INTAKE_FORM.question("verslaving").label in shown("aanbieder", toestemming_aanbieder="ja", **health)
    assert INTAKE_FORM.question("verslaving").label in shown("regionale_toegang", toestemming_aanbieder=said, **health)


def test_what_is_not_asked_is_not_shown():
    assert "Ik studeer" not in shown("gemeente", nationaliteit="nederlands", eu_status="student").values()


def test_an_unknown_kind_of_receiver_is_refused():
    with pytest.raises(ValueError, match="geen soort ontvanger"):
        INTAKE_FORM.shown({}, "krant")


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("melding_datum", "2026-11-23", "23 november 2026"),
        ("in_nederland_sinds", "2026-10", "oktober 2026"),
        ("melding_gemeente", "GM0502", "Capelle aan den IJssel"),
        ("woongemeente", "geen", "Geen woonadres"),
        ("lopende_hulp", ["GM0599", "GM0344"], "Rotterdam, Utrecht"),
        ("lopende_hulp", [], "Geen"),
        ("lopende_hulp", "onbekend", "Weet ik niet"),
        ("gevraagd", ["opvang"], "Een plek om te slapen"),
        ("kinderen_mee", 2, "2"),
        ("geheim_adres", "ja", "Ja"),
        ("nationaliteit", "wil_niet_zeggen", "Wil dit niet zeggen"),
        ("zelfredzaamheid", {"financien": 2}, "Financiën: 2"),
        ("verhaal", "Ik slaap buiten.", "Ik slaap buiten."),
        ("kinderen", [{"naam": "Sam", "gaat_mee": "ja"}], "Roepnaam: Sam; Komt mee: Ja"),
        ("verhaal", None, "Niet ingevuld"),
    ],
)
def test_an_answer_reads_as_people_say_it(key, value, text):
    assert INTAKE_FORM.as_text(key, value) == text


def test_the_register_of_processing_names_purpose_ground_receivers_and_term():
    rows = INTAKE_FORM.processing_register()
    assert {label for row in rows for label in row.gegevens} == {one.label for one in INTAKE_FORM.questions}
    assert all(row.doel and row.grondslag and row.bewaren.startswith(("15 jaar", "Tot 6 weken")) for row in rows)
    assert "client" not in next(row for row in rows if row.doel.startswith("Veilige opvang")).ontvangers
