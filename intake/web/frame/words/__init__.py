"""The worker's words: the closed lists of the rules and the states of a case, each beside the list that it words.

What the rooms of the domain say themselves, in a timeline or a message, stands beside their own lists.
"""

from collections.abc import Mapping

from flask import Flask

from intake.people import staff
from intake.web.frame.words.advice import (
    BESTEMMING,
    CAN_CHANGE,
    HEADING,
    HOE_SNEL,
    KRING,
    NIVEAU,
    OVERBRUGGING,
    REGIOKEUZE,
    URGENTIE,
    VEILIGHEID,
    VOORLIGGEND,
    VOORZIENING,
)
from intake.web.frame.words.case import (
    DEADLINE,
    DEADLINE_STATE,
    EXPERTISE_STATE,
    INTAKE_STATE,
    INTREKKING,
    LETTER_KIND,
    LETTER_STATE,
    UITSTROOM,
)
from intake.web.frame.words.mark import Mark
from intake.web.frame.words.place import KENMERK, PLACE_STATE, STAY_STATE
from intake.web.frame.words.post import CHANNEL, NOTICE, POST_STATE, PROBLEM
from intake.web.frame.words.referral import REFERRAL_STATE, REFUSAL_REASON, STAGES, sent
from rules.values import spoken

__all__ = [
    "BESTEMMING",
    "CAN_CHANGE",
    "HEADING",
    "HOE_SNEL",
    "INTAKE_STATE",
    "INTREKKING",
    "KRING",
    "OVERBRUGGING",
    "REFERRAL_STATE",
    "REFUSAL_REASON",
    "STAGES",
    "UITSTROOM",
    "VEILIGHEID",
    "VOORZIENING",
    "Mark",
    "mark",
    "sent",
    "word",
]

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
    "ontvanger": {**BESTEMMING, "client": "De cliënt"},
    "rol": staff.ROLES,
    "weigering": REFUSAL_REASON,
    "uitstroom": UITSTROOM,
    "termijn": DEADLINE,
    "brief": LETTER_KIND,
    "post": NOTICE,
    "teruggekomen": PROBLEM,
    "kanaal": CHANNEL,
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
    "post": POST_STATE,
    "verblijf": STAY_STATE,
}


def word(code: str, kind: str) -> str:
    """The words for a code of a closed list; a code that is none of the list (the empty one) stays as it is."""
    return LISTS[kind].get(code, code)


def mark(code: str, kind: str) -> Mark:
    """The badge for a state of a closed list.

    Raises:
        KeyError: the list has no such state.
    """
    return MARKS[kind][code]


def register(app: Flask) -> None:
    """Make `woord`, `merk` and `gewone_naam` known to the templates; the last is for what a rule set coined."""
    app.add_template_filter(word, "woord")
    app.add_template_filter(mark, "merk")
    app.add_template_filter(spoken, "gewone_naam")
