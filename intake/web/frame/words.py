"""The closed lists of the advice and the states of a case, in words; and in which tone a page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask

from intake.dossier import Uitstroom
from intake.referrals.sending import Sent
from intake.tables.deadline import DeadlineKind, DeadlineState
from intake.tables.expertise import ExpertiseState
from intake.tables.intake import IntakeState
from intake.tables.letter import LetterKind, LetterState
from intake.tables.place import PlacementPurpose, PlacementState, PlaceState
from intake.tables.referral import ReferralState, RefusalReason
from rules.values import Urgentie


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge: its words, and the tone that the stylesheet knows."""

    text: str
    tone: str = "quiet"


VOORZIENING: Mapping[str, str] = {
    "preventie": "Hulp om de woning te houden",
    "begeleiding_thuis": "Begeleiding thuis",
    "beschermd_thuis": "Beschermd thuis",
    "beschermd_wonen": "Beschermd wonen",
    "nachtopvang": "Nachtopvang",
    "opvang_24uurs": "24-uursopvang",
    "jongerenopvang": "Jongerenopvang",
    "gezinsopvang": "Gezinsopvang",
    "vrouwenopvang": "Veilige opvang na geweld (vrouwenopvang)",
    "verpleegkundige_opvang": "Opvang met verpleging",
    "housing_first": "Housing First (eigen woning met begeleiding)",
    "hulp_bij_huisvesting": "Hulp bij het vinden van woonruimte",
    "eu_terugkeer": "Kort verblijf en hulp bij terugkeer",
    "geen_maatwerk": "Geen maatwerkvoorziening",
}
OVERBRUGGING: Mapping[str, str] = {
    "geen": "Er is geen tijdelijke plek bij nodig.",
    "tijdelijke_opvang_vandaag": "Er komt vandaag nog een plek in de tijdelijke opvang.",
    "overbruggingszorg": "Er komt zorg tot de vaste plek er is.",
    "blijft_waar_veilig": "De cliënt blijft op de plek die nu veilig is.",
}
VEILIGHEID: Mapping[str, str] = {
    "crisisdienst": "Bel 112 of de crisisdienst",
    "geweldspoor": "Geweld: veilige opvang en Veilig Thuis",
    "meldcode": "Volg de meldcode: een kind is niet veilig",
    "medische_controle": "Eerst langs een arts",
    "afgeschermd_adres": "Houd het adres geheim",
    "vermijd_gemeenten": "Niet plaatsen in een gemeente die onveilig is",
}
KRING: Mapping[str, str] = {
    "binnen": "De Wmo geldt voor deze persoon",
    "jeugd": "Jonger dan 18: de Jeugdwet geldt",
    "jeugd_naar_volwassen": "Bijna 18: jeugdhulp en Wmo samen",
    "opvang_uitgesloten": "EU-burger zonder recht op opvang",
    "coa": "Opvang door het COA",
    "oekraine": "Opvang voor mensen uit Oekraïne",
    "buiten": "Geen rechtmatig verblijf",
    "onduidelijk": "Nog niet duidelijk welke wet geldt",
}
VOORLIGGEND: Mapping[str, str] = {
    "wlz": "Wet langdurige zorg (Wlz)",
    "wlz_aanvragen": "Wlz aanvragen bij het CIZ",
    "zvw_opname": "Opname via de zorgverzekering",
    "wfz": "Forensische zorg",
    "jeugdwet": "Jeugdhulp",
    "crisis_jeugd": "Crisisdienst jeugd",
    "reintegratie_detentie": "Hulp bij terugkeer na detentie",
    "eerstelijnsverblijf": "Eerstelijnsverblijf",
}
NIVEAU: Mapping[str, str] = {"lokaal": "Lokaal", "regionaal": "Regionaal", "landelijk": "Landelijk"}
REGIOKEUZE: Mapping[str, str] = {
    "eigen": "De eigen regio helpt",
    "overdracht": "Warme overdracht naar een andere regio",
    "andere_regio_veilig": "Een andere regio, omdat het hier niet veilig is",
    "afweging": "Het expertiseteam weegt welke regio past",
    "geschil": "De regio’s zijn het niet eens; de eigen regio blijft helpen",
    "overname": "Overname uit een andere regio",
    "niet_van_toepassing": "De regiokeuze speelt hier niet",
}
URGENTIE: Mapping[str, Mark] = {
    Urgentie.NU: Mark("Nu bellen", "danger"),
    Urgentie.VANDAAG: Mark("Vandaag", "danger"),
    Urgentie.HOOG: Mark("Hoog", "urgent"),
    Urgentie.VERHOOGD: Mark("Verhoogd", "warning"),
    Urgentie.REGULIER: Mark("Regulier", "quiet"),
}
HOE_SNEL: Mapping[str, str] = {
    Urgentie.NU: "Nu, per telefoon",
    Urgentie.VANDAAG: "Vandaag",
    Urgentie.HOOG: "Contact binnen 2 werkdagen",
    Urgentie.VERHOOGD: "Contact binnen 5 werkdagen",
    Urgentie.REGULIER: "Binnen de gewone termijn",
}
BESTEMMING: Mapping[str, str] = {
    "wijkteam": "Wijkteam",
    "gemeente": "Gemeente",
    "regionale_toegang": "Regionale toegang",
    "jongerenloket": "Jongerenloket",
    "vrouwenopvang": "Veilige opvang",
    "aanbieder": "Aanbieder",
    "crisisdienst": "Crisisdienst",
    "zorgkantoor": "Zorgkantoor",
    "coa": "COA",
    "andere_regio": "Andere regio",
}
INTAKE_STATE: Mapping[str, Mark] = {
    IntakeState.INGEDIEND: Mark("Wacht op besluit", "warning"),
    IntakeState.IN_EXPERTISE: Mark("Bij het expertiseteam", "info"),
    IntakeState.BESLOTEN: Mark("Besloten", "info"),
    IntakeState.VERWEZEN: Mark("Verwezen", "info"),
    IntakeState.GEEN_PLEK: Mark("Nog geen plek", "urgent"),
    IntakeState.GEPLAATST: Mark("Geplaatst", "success"),
    IntakeState.AFGESLOTEN: Mark("Afgesloten"),
    IntakeState.INGETROKKEN: Mark("Ingetrokken"),
}
REFERRAL_STATE: Mapping[str, Mark] = {
    ReferralState.VOORSTEL: Mark("Voorstel"),
    ReferralState.BESPROKEN: Mark("Besproken met de cliënt"),
    ReferralState.VERZONDEN: Mark("Wacht op antwoord", "warning"),
    ReferralState.TERUGGEVRAAGD: Mark("Vraag gesteld", "warning"),
    ReferralState.GEACCEPTEERD: Mark("Geaccepteerd", "success"),
    ReferralState.GEWEIGERD: Mark("Geweigerd", "urgent"),
    ReferralState.VERLOPEN: Mark("Geen antwoord gekregen", "urgent"),
    ReferralState.INGETROKKEN: Mark("Ingetrokken"),
    ReferralState.ESCALATIE: Mark("Bij de regio-adviseur", "info"),
    ReferralState.GESCHIL: Mark("Geschil tussen regio’s", "urgent"),
    ReferralState.OVERGEDRAGEN: Mark("Overgedragen", "success"),
    ReferralState.AANGEKOMEN: Mark("Aangekomen", "success"),
}
STAGES: tuple[tuple[str, frozenset[ReferralState]], ...] = (
    ("Voorstel gemaakt", frozenset({ReferralState.VOORSTEL})),
    ("Besproken met de cliënt", frozenset({ReferralState.BESPROKEN})),
    ("Andere regio gevraagd", frozenset({ReferralState.VERZONDEN})),
    ("Antwoord gekregen", frozenset({
        ReferralState.GEACCEPTEERD, ReferralState.GEWEIGERD, ReferralState.VERLOPEN,
        ReferralState.ESCALATIE, ReferralState.GESCHIL,
    })),
    ("Cliënt op weg", frozenset({ReferralState.OVERGEDRAGEN})),
    ("Aankomst bevestigd", frozenset({ReferralState.AANGEKOMEN})),
)  # fmt: skip
"""The stages of a hand-over, and the states in which each is the present one."""
REFUSAL_REASON: Mapping[str, str] = {
    RefusalReason.GEEN_PLEK: "Er is geen plek vrij",
    RefusalReason.VEILIGHEID_GROEP: "Niet veilig voor deze persoon of voor de groep",
    RefusalReason.ZORGVRAAG_TE_ZWAAR: "De zorgvraag is te zwaar voor deze plek",
    RefusalReason.ZORGVRAAG_TE_LICHT: "De zorgvraag is te licht voor deze plek",
    RefusalReason.EISEN_PASSEN_NIET: "De plek past niet bij wat nodig is (zoals rolstoel of huisdier)",
    RefusalReason.CLIENT_WIL_NIET: "De cliënt wil hier niet wonen",
    RefusalReason.ANDERS: "Een andere reden",
}
UITSTROOM: Mapping[str, str] = {
    Uitstroom.ZELFSTANDIG: "Woont zelfstandig, zonder begeleiding",
    Uitstroom.ZELFSTANDIG_MET_BEGELEIDING: "Woont zelfstandig, met begeleiding",
    Uitstroom.EIGEN_TEAM: "Het eigen team helpt verder",
    Uitstroom.ANDERE_REGIO: "Hulp in een andere regio",
    Uitstroom.WLZ: "Wet langdurige zorg (Wlz)",
    Uitstroom.WFZ: "Forensische zorg",
    Uitstroom.DETENTIE: "In detentie",
    Uitstroom.BESCHIKKING_BEEINDIGD: "De hulp volgens het besluit is klaar",
    Uitstroom.ONBEKEND_VERTROKKEN: "Vertrokken, niet bekend waarheen",
    Uitstroom.OVERLEDEN: "Overleden",
}
DEADLINE: Mapping[str, str] = {
    DeadlineKind.EERSTE_CONTACT: "Eerste contact",
    DeadlineKind.PERSOONLIJK_PLAN: "Persoonlijk plan van de cliënt",
    DeadlineKind.ONDERZOEK: "Onderzoek klaar",
    DeadlineKind.BESLUIT: "Besluit op de aanvraag",
    DeadlineKind.BEZWAAR: "Bezwaar maken kan tot en met",
}
DEADLINE_STATE: Mapping[str, Mark] = {
    DeadlineState.LOOPT: Mark("Loopt", "info"),
    DeadlineState.OPGESCHORT: Mark("Staat stil", "warning"),
    DeadlineState.GEHAALD: Mark("Gehaald", "success"),
    DeadlineState.VERVALLEN: Mark("Vervallen"),
}
LETTER_KIND: Mapping[str, str] = {
    LetterKind.ONTVANGSTBEVESTIGING: "Ontvangstbevestiging",
    LetterKind.VERWIJSBRIEF: "Verwijsbrief",
}
LETTER_STATE: Mapping[str, Mark] = {
    LetterState.WORDT_GEMAAKT: Mark("Wordt gemaakt", "info"),
    LetterState.KLAAR: Mark("Klaar", "success"),
    LetterState.MISLUKT: Mark("Niet gelukt", "urgent"),
}
EXPERTISE_STATE: Mapping[str, Mark] = {
    ExpertiseState.GEVRAAGD: Mark("Wacht op beoordeling", "warning"),
    ExpertiseState.BEOORDEELD: Mark("Beoordeeld", "success"),
    ExpertiseState.INGETROKKEN: Mark("Ingetrokken"),
}
STAY_STATE: Mapping[str, Mark] = {
    PlacementState.GERESERVEERD: Mark("Gereserveerd", "warning"),
    PlacementState.BEZET: Mark("Bezet", "info"),
    PlacementState.VRIJGEGEVEN: Mark("Vertrokken"),
}
PLACE_STATE: Mapping[str, Mark] = {
    PlaceState.OPEN: Mark("Open", "success"),
    PlaceState.DICHT: Mark("Neemt niemand op", "warning"),
}
KENMERK: Mapping[str, str] = {
    "rolstoel": "Geschikt voor een rolstoel",
    "begane_grond": "Begane grond",
    "eenpersoons": "Eenpersoonskamer",
    "vrouwen": "Alleen vrouwen",
    "mannen": "Alleen mannen",
    "lhbti_veilig": "Veilig voor lhbti+",
    "paar": "Samen met partner",
    "huisdier": "Huisdier mag mee",
    "gebruik_toegestaan": "Gebruik van alcohol of drugs toegestaan",
    "nachtdienst": "Begeleiding in de nacht",
}
LISTS: Mapping[str, Mapping[str, str]] = {
    "voorziening": {**VOORZIENING, "geen": "Hulp uit een andere wet"},
    "overbrugging": OVERBRUGGING,
    "veiligheid": VEILIGHEID,
    "kring": KRING,
    "voorliggend": VOORLIGGEND,
    "niveau": NIVEAU,
    "regiokeuze": REGIOKEUZE,
    "hoe_snel": HOE_SNEL,
    "bestemming": BESTEMMING,
    "weigering": REFUSAL_REASON,
    "uitstroom": UITSTROOM,
    "termijn": DEADLINE,
    "brief": LETTER_KIND,
    "kenmerk": KENMERK,
}
MARKS: Mapping[str, Mapping[str, Mark]] = {
    "urgentie": URGENTIE,
    "intake": INTAKE_STATE,
    "verwijzing": REFERRAL_STATE,
    "termijn": DEADLINE_STATE,
    "brief": LETTER_STATE,
    "expertise": EXPERTISE_STATE,
    "plek": PLACE_STATE,
    "verblijf": STAY_STATE,
}


def word(code: str, kind: str) -> str:
    """The words for a code of a closed list; for a code without words, the code made readable."""
    return LISTS[kind].get(code) or code.replace("_", " ").capitalize()


def mark(code: str, kind: str) -> Mark:
    """The badge for a state; a quiet one for a state without words."""
    return MARKS[kind].get(code) or Mark(code.replace("_", " ").capitalize())


def sent(one: Sent) -> str:
    """What became of sending the case on, in a sentence."""
    tonight = one.purpose is PlacementPurpose.OVERBRUGGING
    if one.receiver is None:
        return "Er is nu nergens plek voor vannacht. Bel de regio." if tonight else "Er is nu nergens plek."
    return f"Een plek voor vannacht is gevraagd bij {one.receiver}." if tonight else f"Verwezen naar {one.receiver}."


def register(app: Flask) -> None:
    """Make `woord` and `merk` known to the templates."""
    app.add_template_filter(word, "woord")
    app.add_template_filter(mark, "merk")
