"""The outcomes of the rules, as a worker reads them."""

from collections.abc import Mapping

from intake.tables.organisation import OrganisationKind
from intake.web.frame.words.mark import Mark
from rules.explain import Heading
from rules.values import Overbrugging, Urgentie, Voorziening

VOORZIENING: Mapping[str, str] = {
    Voorziening.PREVENTIE: "Hulp om de woning te houden",
    Voorziening.BEGELEIDING_THUIS: "Begeleiding thuis",
    Voorziening.BESCHERMD_THUIS: "Beschermd thuis",
    Voorziening.BESCHERMD_WONEN: "Beschermd wonen",
    Voorziening.NACHTOPVANG: "Nachtopvang",
    Voorziening.OPVANG_24UURS: "24-uursopvang",
    Voorziening.JONGERENOPVANG: "Jongerenopvang",
    Voorziening.GEZINSOPVANG: "Gezinsopvang",
    Voorziening.VROUWENOPVANG: "Veilige opvang na geweld (vrouwenopvang)",
    Voorziening.VERPLEEGKUNDIGE_OPVANG: "Opvang met verpleging",
    Voorziening.HOUSING_FIRST: "Housing First (eigen woning met begeleiding)",
    Voorziening.HULP_BIJ_HUISVESTING: "Hulp bij het vinden van woonruimte",
    Voorziening.EU_TERUGKEER: "Kort verblijf en hulp bij terugkeer",
    Voorziening.GEEN_MAATWERK: "Geen maatwerkvoorziening",
}
OVERBRUGGING: Mapping[str, str] = {
    Overbrugging.GEEN: "Er is geen tijdelijke plek bij nodig.",
    Overbrugging.OPVANG_VANDAAG: "Er komt vandaag nog een plek in de tijdelijke opvang.",
    Overbrugging.OVERBRUGGINGSZORG: "Er komt zorg tot de vaste plek er is.",
    Overbrugging.BLIJFT_WAAR_VEILIG: "De cliënt blijft op de plek die nu veilig is.",
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
    OrganisationKind.WIJKTEAM: "Wijkteam",
    OrganisationKind.GEMEENTE: "Gemeente",
    OrganisationKind.REGIONALE_TOEGANG: "Regionale toegang",
    OrganisationKind.JONGERENLOKET: "Jongerenloket",
    OrganisationKind.VROUWENOPVANG: "Veilige opvang",
    OrganisationKind.AANBIEDER: "Aanbieder",
    OrganisationKind.CRISISDIENST: "Crisisdienst",
    OrganisationKind.ZORGKANTOOR: "Zorgkantoor",
    OrganisationKind.COA: "COA",
    OrganisationKind.ANDERE_REGIO: "Andere regio",
    OrganisationKind.EXPERTISE: "Expertiseteam",
    OrganisationKind.REGIO: "Regio",
}
"""What an organisation is; the kinds of destination are among them."""
CAN_CHANGE: Mapping[str, str] = {
    "veiligheid": "wat eerst moet voor de veiligheid",
    "overbrugging": "wat er vannacht gebeurt",
    "urgentie": "hoe snel het moet",
    "voorzieningen": "welke hulp past",
    "voorliggend": "of een andere wet eerst geldt",
    "kring": "welke wet geldt",
    "regiokeuze": "welke regio helpt",
    "verantwoordelijke_gemeente": "welke gemeente verantwoordelijk is",
    "bestemming": "waar de verwijzing heen gaat",
    "expertise": "of het expertiseteam meekijkt",
    "niveau": "wie het regelt",
    "taken": "wat er nog geregeld moet worden",
}
"""What an open answer can change, the weightiest first."""
HEADING: Mapping[Heading, str] = {
    Heading.EERST: "Wat eerst moet",
    Heading.VANNACHT: "Wat er vannacht gebeurt",
    Heading.HULP: "Welke hulp past",
    Heading.HOE_SNEL: "Hoe snel",
    Heading.WAAR: "Waar, en wie het regelt",
    Heading.WET: "Welke wet geldt",
    Heading.EXPERTISE: "Waarom het expertiseteam meekijkt",
    Heading.TAKEN: "Wat er te regelen is",
}
"""What a reason decides, in the order in which a page tells it."""
