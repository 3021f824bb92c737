"""The pages of a referral, its transfer, and who stays."""

from intake.web.referrals import referral, stay, transfer

BLUEPRINTS = (
    referral.blueprint,
    stay.blueprint,
    transfer.blueprint,
)

__all__ = ["BLUEPRINTS"]
