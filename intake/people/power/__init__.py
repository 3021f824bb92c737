"""Power that nobody gets by one person's hand: a second beheerder decides."""

from intake.people.power.answering import ANSWERS, ProposalGone, answer
from intake.people.power.asking import forget_second_factor, give_role, invite
from intake.people.power.pending import waiting

__all__ = [
    "ANSWERS",
    "ProposalGone",
    "answer",
    "forget_second_factor",
    "give_role",
    "invite",
    "waiting",
]
