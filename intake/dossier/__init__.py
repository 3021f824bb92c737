"""One case opened: everything of it, the lists of work, tonight, urgency and its end."""

from intake.dossier.closing import Intrekking, Uitstroom, close, withdraw
from intake.dossier.dossier import Dossier, open_dossier, show_bsn
from intake.dossier.tonight import tonight_of
from intake.dossier.urgency import look_again
from intake.dossier.worklist import OPEN_STATES, CaseList, Order, Selection, cases, counts, our_turn

__all__ = [
    "OPEN_STATES",
    "CaseList",
    "Dossier",
    "Intrekking",
    "Order",
    "Selection",
    "Uitstroom",
    "cases",
    "close",
    "counts",
    "look_again",
    "open_dossier",
    "our_turn",
    "show_bsn",
    "tonight_of",
    "withdraw",
]
