"""The states of a referral and what became of it, as a worker reads them."""

from collections.abc import Mapping

from intake.referrals.sending import Sent
from intake.tables.place import PlacementPurpose
from intake.tables.referral import ReferralState, RefusalReason
from intake.web.frame.words.mark import Mark

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


def sent(one: Sent) -> str:
    """What became of sending the case on, in a sentence."""
    tonight = one.purpose is PlacementPurpose.OVERBRUGGING
    if one.receiver is None:
        return "Er is nu nergens plek voor vannacht. Bel de regio." if tonight else "Er is nu nergens plek."
    return f"Een plek voor vannacht is gevraagd bij {one.receiver}." if tonight else f"Verwezen naar {one.receiver}."
