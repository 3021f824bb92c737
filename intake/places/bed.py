"""What counts as a bed in a shelter, beside a dwelling or a visit."""

from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral
from rules.values import SHELTERS


def is_bed(referral: Referral) -> bool:
    """Whether it asks for a bed in a shelter."""
    tonight_only = referral.purpose == PlacementPurpose.OVERBRUGGING
    return tonight_only or (referral.place_id is not None and referral.voorziening in SHELTERS)
