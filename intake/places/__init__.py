"""Beds and dwellings: who has them, what is free, and which would suit."""

from intake.places.cover import true_organisation
from intake.places.place import (
    MOST_PLACES,
    MOST_WEEKS,
    Offer,
    PlaceConflict,
    PlaceRefused,
    PlaceTaken,
    all_places,
    change_place,
    my_places,
    stays_of,
)

__all__ = [
    "MOST_PLACES",
    "MOST_WEEKS",
    "Offer",
    "PlaceConflict",
    "PlaceRefused",
    "PlaceTaken",
    "all_places",
    "change_place",
    "my_places",
    "stays_of",
    "true_organisation",
]
