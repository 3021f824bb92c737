"""The pages of a referral, its transfer, and who stays."""

from intake.access import Action
from intake.web.frame.menu import Entry
from intake.web.referrals import referral, stay, transfer

BLUEPRINTS = (
    referral.blueprint,
    stay.blueprint,
    transfer.blueprint,
)
ENTRIES = (Entry("Verwijzingen", "referral.index", Action.ANSWER_REFERRAL, frozenset({"referral"})),)

__all__ = ["BLUEPRINTS", "ENTRIES"]
