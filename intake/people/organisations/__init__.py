"""The organisations of the region, how they are reached, and who works where."""

from intake.people.organisations.membership import Appointment, Presence, actor_of, give_role, workplaces
from intake.people.organisations.organisation import (
    Reachable,
    Registration,
    gemeente_with_code,
    is_empty,
    organisations,
    register_organisation,
)
from intake.people.organisations.reach import HoursRefused, change_reach, number_at, numbers_in_words

__all__ = [
    "Appointment",
    "HoursRefused",
    "Presence",
    "Reachable",
    "Registration",
    "actor_of",
    "change_reach",
    "gemeente_with_code",
    "give_role",
    "is_empty",
    "number_at",
    "numbers_in_words",
    "organisations",
    "register_organisation",
    "workplaces",
]
