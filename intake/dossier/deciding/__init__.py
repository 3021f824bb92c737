"""The act of deciding behind every door: what was chosen, on what was seen, and what becomes of what hung before."""

from intake.dossier.deciding.act import decide, decide_by_review
from intake.dossier.deciding.choice import Decided, Keuze, NothingDeviates, Overtaken, Seen, UnknownReceiver, Wanted
from intake.dossier.deciding.route import RECEIVERS
from intake.dossier.deciding.succession import hanging

__all__ = [
    "RECEIVERS",
    "Decided",
    "Keuze",
    "NothingDeviates",
    "Overtaken",
    "Seen",
    "UnknownReceiver",
    "Wanted",
    "decide",
    "decide_by_review",
    "hanging",
]
