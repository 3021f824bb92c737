"""A person decides: taking a besluit by mandate, and asking the expertise function first."""

from intake.besluit.expertise import (
    NoExpertise,
    ask_review,
    open_for,
    open_request,
    open_requests,
    urgencies,
    withdraw_request,
)
from intake.besluit.review import ReviewRefused, give_review, proposal
from intake.besluit.taking import (
    LONGEST_REASON,
    ReasonMissing,
    ReviewPending,
    Route,
    deviate,
    follow,
)

__all__ = [
    "LONGEST_REASON",
    "NoExpertise",
    "ReasonMissing",
    "ReviewPending",
    "ReviewRefused",
    "Route",
    "ask_review",
    "deviate",
    "follow",
    "give_review",
    "open_for",
    "open_request",
    "open_requests",
    "proposal",
    "urgencies",
    "withdraw_request",
]
