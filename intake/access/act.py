"""Who acts, in which transaction, at which moment: what every verb of the house is handed first."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one actor.

    Attributes:
        session: the transaction in which all of it happens, or nothing.
        actor: who acts; the policy is asked about this one.
        clock: tells the moment, and the day in Amsterdam.
    """

    session: Session
    actor: Actor
    clock: Clock
