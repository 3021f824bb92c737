"""What a message can say: one kind for each thing that happens, with its Dutch sentence.

A message is kept as its kind, the number of the case, the organisation it names and a few words of data; the sentence
is made when somebody reads it (`intake.people.messages.wording`). A sentence without a case in it gets the number of
its case in front.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter


class MessageKind(StrEnum):
    """What happened, in one word."""

    OPGESCHREVEN = "opgeschreven"
    """Written before messages had a kind: the text is kept as it was."""
    VERWEZEN = "verwezen"
    BED_GEVRAAGD = "bed_gevraagd"
    MET_SPOED_VERWEZEN = "met_spoed_verwezen"
    NIEUWE_VERWIJZING = "nieuwe_verwijzing"
    NIEUWE_VERWIJZING_MET_SPOED = "nieuwe_verwijzing_met_spoed"
    GEACCEPTEERD = "geaccepteerd"
    GEWEIGERD = "geweigerd"
    VRAAG = "vraag"
    VRAAG_BEANTWOORD = "vraag_beantwoord"
    VERWIJZING_INGETROKKEN = "verwijzing_ingetrokken"
    NIET_OP_TIJD = "niet_op_tijd"
    GEEN_PLEK = "geen_plek"
    GEEN_BED = "geen_bed"
    GEEN_BED_ZONDER_NUMMER = "geen_bed_zonder_nummer"
    CLIENT_WEG = "client_weg"
    OVERDRACHT_VOORGESTELD = "overdracht_voorgesteld"
    OVERDRACHT_BESPROKEN = "overdracht_besproken"
    OVERDRACHT_GEVRAAGD = "overdracht_gevraagd"
    VERZOEK_TOT_OVERDRACHT = "verzoek_tot_overdracht"
    OVERDRACHT_GEACCEPTEERD = "overdracht_geaccepteerd"
    OVERDRACHT_GEWEIGERD = "overdracht_geweigerd"
    AAN_REGIOADVISEUR = "aan_regioadviseur"
    AAN_GESCHILLENCOMMISSIE = "aan_geschillencommissie"
    OP_WEG = "op_weg"
    BEVESTIG_AANKOMST = "bevestig_aankomst"
    AANGEKOMEN = "aangekomen"
    PLEK_VRIJ_NA_AANKOMST = "plek_vrij_na_aankomst"
    NIEUW_BESLUIT_PLEK = "nieuw_besluit_plek"
    GEEF_PLEK_VRIJ = "geef_plek_vrij"
    NIEUW_BESLUIT_VERWIJZING = "nieuw_besluit_verwijzing"
    NIEUW_BESLUIT_INGETROKKEN = "nieuw_besluit_ingetrokken"
    HULPVRAAG_GESTOPT = "hulpvraag_gestopt"
    ZAAK_AFGESLOTEN = "zaak_afgesloten"
    URGENTIE_GESTEGEN = "urgentie_gestegen"
    EXPERTISE_GEVRAAGD = "expertise_gevraagd"
    EXPERTISE_GEANTWOORD = "expertise_geantwoord"
    VASTE_MEDEWERKER = "vaste_medewerker"
    BRIEF_MISLUKT = "brief_mislukt"
    GEGEVENS_VERBETERD = "gegevens_verbeterd"
    BEPERKT = "beperkt"
    NIET_MEER_BEPERKT = "niet_meer_beperkt"
    SPOEDTOEGANG = "spoedtoegang"
    SPOEDTOEGANG_NIET_GEZIEN = "spoedtoegang_niet_gezien"
    BESLUIT_OP_UW_NAAM = "besluit_op_uw_naam"
    MELDING_VIA_SYSTEEM = "melding_via_systeem"
    CONCEPT_VERLOOPT = "concept_verloopt"
    CONCEPT_VERLOPEN = "concept_verlopen"
    LOGBOEK_WACHT = "logboek_wacht"
    NIEUW_APPARAAT = "nieuw_apparaat"
    ROL_GEVRAAGD = "rol_gevraagd"
    ROL_GEGEVEN = "rol_gegeven"
    TWEEDE_STAP_GEVRAAGD = "tweede_stap_gevraagd"
    TWEEDE_STAP_GEWIST = "tweede_stap_gewist"
    VOORSTEL_WACHT = "voorstel_wacht"
    SLEUTEL_EINDIGT = "sleutel_eindigt"
    REGELS_VASTGESTELD = "regels_vastgesteld"
    REGELS_INGETROKKEN = "regels_ingetrokken"
    REGELS_INGETROKKEN_GEEN_ANDERE = "regels_ingetrokken_geen_andere"


_K = MessageKind
SENTENCES: Mapping[MessageKind, str] = {
    _K.VERWEZEN: "Verwezen naar {organisatie}.",
    _K.BED_GEVRAAGD: "Een plek voor vannacht is gevraagd bij {organisatie}.{bel} Antwoord uiterlijk {uiterlijk}.",
    _K.MET_SPOED_VERWEZEN: "Met spoed verwezen naar {organisatie}.{bel} Antwoord uiterlijk {uiterlijk}.",
    _K.NIEUWE_VERWIJZING: "Nieuwe verwijzing {bij_zaak}: {hoe_snel}.",
    _K.NIEUWE_VERWIJZING_MET_SPOED: "Nieuwe verwijzing {bij_zaak} met spoed: antwoord vóór {uiterlijk}.",
    _K.GEACCEPTEERD: "{organisatie} heeft de verwijzing geaccepteerd.",
    _K.GEWEIGERD: "{organisatie} heeft de verwijzing geweigerd.",
    _K.VRAAG: "{organisatie} heeft een vraag.",
    _K.VRAAG_BEANTWOORD: "De vraag van de ontvanger is beantwoord.",
    _K.VERWIJZING_INGETROKKEN: "De verwijzing is ingetrokken.",
    _K.NIET_OP_TIJD: "{organisatie} heeft niet op tijd geantwoord.",
    _K.GEEN_PLEK: "er is nu nergens plek. Houd vast wat de cliënt nu heeft.",
    _K.GEEN_BED: "er is nu nergens plek. Bel nu {organisatie}: {nummer}.",
    _K.GEEN_BED_ZONDER_NUMMER: "er is nu nergens plek. Bel nu de regio.",
    _K.CLIENT_WEG: "De cliënt is weg bij {organisatie}: {reden}. Kijk wat nu nodig is.",
    _K.OVERDRACHT_VOORGESTELD: "Voorgesteld om over te dragen aan {organisatie}.",
    _K.OVERDRACHT_BESPROKEN: "De overdracht is met de cliënt besproken.",
    _K.OVERDRACHT_GEVRAAGD: "Gevraagd aan {organisatie} om de zorg over te nemen.",
    _K.VERZOEK_TOT_OVERDRACHT: "Verzoek tot overdracht {bij_zaak}.",
    _K.OVERDRACHT_GEACCEPTEERD: "{organisatie} heeft de overdracht geaccepteerd.",
    _K.OVERDRACHT_GEWEIGERD: "{organisatie} heeft de overdracht geweigerd.",
    _K.AAN_REGIOADVISEUR: "Voorgelegd aan de regioadviseur. De opvang blijft hier.",
    _K.AAN_GESCHILLENCOMMISSIE: "Voorgelegd aan de geschillencommissie. De opvang blijft hier.",
    _K.OP_WEG: "De cliënt is op weg. De plek hier blijft tot de aankomst is bevestigd.",
    _K.BEVESTIG_AANKOMST: "de cliënt is op weg. Bevestig de aankomst.",
    _K.AANGEKOMEN: "De cliënt is aangekomen bij de andere regio.",
    _K.PLEK_VRIJ_NA_AANKOMST: "de cliënt is aangekomen in een andere regio. De plek {plek} is weer vrij.",
    _K.NIEUW_BESLUIT_PLEK: "Er is een nieuw besluit. {organisatie} is gevraagd om de plek vrij te geven.",
    _K.GEEF_PLEK_VRIJ: "er is een nieuw besluit. Geef de plek {plek} vrij zodra de cliënt weg kan.",
    _K.NIEUW_BESLUIT_VERWIJZING: "Er is een nieuw besluit. De verwijzing naar {organisatie} is ingetrokken.",
    _K.NIEUW_BESLUIT_INGETROKKEN: "de verwijzing is ingetrokken, want er is een nieuw besluit.",
    _K.HULPVRAAG_GESTOPT: "de aanvraag voor hulp is gestopt.",
    _K.ZAAK_AFGESLOTEN: "de zaak is afgesloten.",
    _K.URGENTIE_GESTEGEN: "De urgentie is gestegen: {hoe_snel}.",
    _K.EXPERTISE_GEVRAAGD: "Nieuwe vraag bij {zaak}: {hoe_snel}.",
    _K.EXPERTISE_GEANTWOORD: "De expertisefunctie heeft geantwoord bij {zaak}.",
    _K.VASTE_MEDEWERKER: "u bent nu de vaste medewerker ({hoe_snel}).",
    _K.BRIEF_MISLUKT: "een brief kon niet worden gemaakt.",
    _K.GEGEVENS_VERBETERD: "gegevens van de cliënt zijn verbeterd.",
    _K.BEPERKT: (
        "De gemeente gebruikt een dossier dat u kent voorlopig niet, omdat de cliënt dat vroeg (AVG artikel 18). "
        "U kunt het nu niet openen. Gebruik wat u er al van hebt alleen als de cliënt dat goedvindt."
    ),
    _K.NIET_MEER_BEPERKT: "Een dossier dat voorlopig niet gebruikt werd, is weer open.",
    _K.SPOEDTOEGANG: "{door} opende deze intake met spoed.",
    _K.SPOEDTOEGANG_NIET_GEZIEN: (
        "{door} opende deze intake met spoed, en niemand heeft daar nog naar gekeken. Doet u dat nu."
    ),
    _K.BESLUIT_OP_UW_NAAM: (
        "op uw naam is een besluit vastgelegd via {door}. Klopt dat niet? Open de zaak en neem een nieuw besluit."
    ),
    _K.MELDING_VIA_SYSTEEM: "nieuwe melding via {door} ({hoe_snel}).",
    _K.CONCEPT_VERLOOPT: "Een concept verloopt over een week. Bewerk het of gooi het weg.",
    _K.CONCEPT_VERLOPEN: "Een concept is verlopen: het was 30 dagen niet bewerkt.",
    _K.LOGBOEK_WACHT: "Het logboek is langer dan 31 dagen niet beoordeeld.",
    _K.ROL_GEVRAAGD: "{door} vroeg om u de rol {rol} te geven. Een tweede beheerder beslist.",
    _K.ROL_GEGEVEN: "U hebt nu de rol {rol}. {door} was de tweede beheerder.",
    _K.TWEEDE_STAP_GEVRAAGD: (
        "{door} vroeg om uw tweede stap te wissen. Bent u uw telefoon niet kwijt? Bel dan meteen uw beheerder."
    ),
    _K.TWEEDE_STAP_GEWIST: (
        "Uw tweede stap is gewist. {door} was de tweede beheerder. Stel een nieuwe in bij het inloggen."
    ),
    _K.VOORSTEL_WACHT: "{door} vraagt u om als tweede beheerder te beslissen over het account van {van}.",
    _K.NIEUW_APPARAAT: (
        "Op {moment} is met uw account ingelogd op een nieuw apparaat. Was u dat niet? Verander meteen uw wachtwoord."
    ),
    _K.SLEUTEL_EINDIGT: "De sleutel van {van} werkt tot en met {dag}. Maak op tijd een nieuwe.",
    _K.REGELS_VASTGESTELD: "{door} stelde regels vast die ingaan op {dag_voluit}.",
    _K.REGELS_INGETROKKEN: "{door} trok de regels in die op {dag_voluit} zouden ingaan.",
    _K.REGELS_INGETROKKEN_GEEN_ANDERE: (
        "{door} trok de regels in die op {dag_voluit} zouden ingaan. "
        "Voor die dag zijn er nu geen regels: stel andere vast."
    ),
}
"""What each kind says; `opgeschreven` says what was kept."""
OF_THE_MESSAGE = frozenset({"zaak", "bij_zaak", "organisatie"})
"""Gaps in a sentence that are filled by the case and the organisation of the message, not by its words."""


def gaps(kind: MessageKind) -> frozenset[str]:
    """What the sentence of this kind leaves open."""
    return frozenset(name for _, name, _, _ in Formatter().parse(SENTENCES.get(kind, "")) if name)


class WordsDoNotFit(TypeError):
    """Something is told with other words, or with another organisation, than its sentence has room for."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: its kind, the organisation that the sentence names, and its words by the name of their gap.

    Raises:
        WordsDoNotFit: the sentence of this kind has other gaps.
    """

    kind: MessageKind
    about: uuid.UUID | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        open_gaps = gaps(self.kind)
        if set(self.words) != open_gaps - OF_THE_MESSAGE or (self.about is not None) != ("organisatie" in open_gaps):
            raise WordsDoNotFit(f"{self.kind}: {sorted(open_gaps)}, not {sorted(self.words)} about {self.about}")
