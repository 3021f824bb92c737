"""The words of the rules are the words of the contract with forms, letters and the JSON interface."""

from pathlib import Path

from rules.reading.vocabulary import Vocabulary, read_vocabulary
from rules.tables.tree import Reading
from rules.values.facts import FactType

FILE = Path(__file__).parents[3] / "rules" / "sets" / "feiten.yaml"

FACTS = {
    "lokale_oplossing": "nee binnen_week binnen_twee_weken later",
    "schulden": "geen ja_met_hulp ja_zonder_hulp",
    "melding_kanaal": "wijkteam loket telefoon online politie ziekenhuis ggz pi aanbieder andere_regio",
    "client_weet_van_melding": "ja nee onveilig",
    "clientondersteuning": "gewenst niet_gewenst heeft_al nog_niet_aangeboden",
    "persoonlijk_plan": "ontvangen komt_nog ziet_af nog_niet_besproken",
    "gevraagd": "opvang beschermd_wonen begeleiding",
    "geweld_afhankelijkheidsrelatie": "ja vermoeden nee",
    "mensenhandel": "ja vermoeden nee",
    "bsn_status": "geverifieerd bekend geen",
    "nationaliteit": "nederlands eu_eer_ch derdeland staatloos",
    "woongemeente": "geen",
    "brp_adres": "woonadres briefadres niet_ingezetene vertrokken_onbekend geen",
    "vertegenwoordiger": "geen curator mentor bewindvoerder gemachtigde ouder",
    "verblijfsgrond": "a b c d e f g h i j k l m geen",
    "eu_status": "werknemer behoud_werknemer werkzoekend korter_dan_3_maanden duurzaam familielid student niet_actief",
    "coa_status": "geen procedure statushouder_in_azc",
    "woonsituatie": "1_buiten 2_noodopvang 3_opvang 4_instelling 5_niet_conventioneel 6_bij_anderen 7_dreigend "
    "0_gehuisvest",
    "slaapplek_vannacht": "eigen_woning kan_blijven alleen_vannacht geen instelling",
    "oorzaak_dakloosheid": "huurschuld einde_relatie geweld uit_detentie uit_instelling einde_jeugdhulp "
    "einde_tijdelijke_huur terug_uit_buitenland werk_en_woning_verloren anders",
    "instemming_overdracht": "ja nee nog_niet_besproken",
    "andere_regio_reactie": "niet_gevraagd gevraagd geaccepteerd geweigerd",
    "psychisch_psychosociaal": "ja vermoeden nee",
    "diagnose": "vastgesteld werkdiagnose geen",
    "verslaving": "ja vermoeden nee",
    "lvb": "ja vermoeden nee",
    "lichamelijke_zorg": "geen rolstoel verpleging",
    "handhaaft_zich": "ja deels nee",
    "kan_hulp_vragen": "altijd soms nooit",
    "toezicht_nodig": "geen planbaar oproepbaar_24u nabij_24u voortdurend",
    "zorgduur": "tijdelijk herstel blijvend",
    "wlz_status": "geen vermoeden aangevraagd toegekend afgewezen ingetrokken",
    "jeugdhulp": "geen loopt verlengbaar beeindigd",
    "forensische_titel": "geen met_verblijf ambulant",
    "plaatsingseisen": "rolstoel begane_grond eenpersoons vrouwen mannen lhbti_veilig paar huisdier gebruik_toegestaan "
    "nachtdienst",
    **dict.fromkeys(
        ("toestemming_ggz", "toestemming_participatiewet", "toestemming_jeugd", "toestemming_aanbieder"),
        "ja nee ingetrokken niet_gevraagd",
    ),
}
YES_OR_NO = [
    "acuut_gevaar",
    "acute_psychose",
    "dreiging_buiten_relatie",
    "kind_onveilig",
    "onttrekkingsrisico",
    "gevaar_voor_anderen",
    "identiteit_vastgesteld",
    "geheim_adres",
    "oekraine_ontheemd",
    "kind_met_nl_nationaliteit",
    "wens_onderbouwd",
    "opname_nodig",
    "wlz_medewerking",
    "zwanger",
    "partner_mee",
    "huisdier_mee",
    "pgb_gewenst",
    "toegangsverbod",
    "tolk_nodig",
    "verwaarlozing_neemt_toe",
    "mijdt_zorg",
    "mantelzorger_overbelast",
]
DATES = [
    "melding_datum",
    "geboortedatum",
    "verlies_woonruimte_op",
    "dakloos_sinds",
    "forensische_titel_tot",
    "detentie_tot",
]
GEMEENTE = ["melding_gemeente", "coa_gemeente", "regio_meeste_maanden", "wens_gemeente", "overdracht_van"]
GEMEENTEN = [
    "onveilige_gemeenten",
    "eerdere_opvang",
    "opvang_geweigerd_door",
    "positief_netwerk",
    "negatief_netwerk",
    "lopende_hulp",
    "werk_of_school",
    "kinderen_in",
]
NUMBERS = ["maanden_in_regio_36", "aanbieder_weigeringen", "weken_wachten_op_plek", "kinderen_mee", "jongste_kind"]
OUTCOMES = {
    "veiligheid": "crisisdienst geweldspoor meldcode medische_controle afgeschermd_adres vermijd_gemeenten",
    "kring": "binnen jeugd jeugd_naar_volwassen opvang_uitgesloten coa oekraine buiten onduidelijk",
    "voorliggend": "wlz wlz_aanvragen zvw_opname wfz jeugdwet crisis_jeugd reintegratie_detentie eerstelijnsverblijf",
    "voorzieningen": "preventie begeleiding_thuis beschermd_thuis beschermd_wonen nachtopvang opvang_24uurs "
    "jongerenopvang gezinsopvang vrouwenopvang verpleegkundige_opvang housing_first hulp_bij_huisvesting "
    "eu_terugkeer geen_maatwerk",
    "overbrugging": "geen tijdelijke_opvang_vandaag overbruggingszorg blijft_waar_veilig",
    "niveau": "lokaal regionaal landelijk",
    "urgentie": "U0 U1 U2 U3 U4",
    "regiokeuze": "eigen overdracht andere_regio_veilig afweging geschil overname niet_van_toepassing",
}


def words() -> Vocabulary:
    reading = Reading("feiten.yaml")
    found = read_vocabulary(FILE, reading)
    assert reading.findings == []
    return found


def test_every_choice_has_exactly_the_values_of_the_contract() -> None:
    facts = words().facts
    assert {name: set(facts[name].values) for name in FACTS} == {
        name: set(text.split()) for name, text in FACTS.items()
    }


def test_every_other_fact_has_the_type_of_the_contract() -> None:
    types = {
        **dict.fromkeys(YES_OR_NO, FactType.JA_NEE),
        **dict.fromkeys(DATES, FactType.DATUM),
        **dict.fromkeys(GEMEENTE, FactType.GEMEENTE),
        **dict.fromkeys(GEMEENTEN, FactType.GEMEENTEN),
        **dict.fromkeys(NUMBERS, FactType.GETAL),
        "bsn": FactType.TEKST,
        "verhaal": FactType.TEKST,
        "zelfredzaamheid": FactType.ZRM,
    }
    facts = words().facts
    assert {name: facts[name].type for name in types} == types
    assert set(facts) == set(types) | set(FACTS)


def test_every_outcome_has_exactly_the_values_of_the_contract() -> None:
    outcomes = words().outcomes
    found = {name: set(outcomes[name].fact.values) for name in OUTCOMES}
    assert found == {name: set(text.split()) for name, text in OUTCOMES.items()}


def test_every_fact_and_outcome_has_a_plain_dutch_name() -> None:
    found = words()
    named = [*found.facts.values(), *(outcome.fact for outcome in found.outcomes.values())]
    assert [fact.name for fact in named if not fact.text or "_" in fact.text] == []
