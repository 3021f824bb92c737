"""Who may do what to which row: actors, the policy and its rules, the second lock, and the log of it all."""

from intake.access.act import Act
from intake.access.action import FACTOR_WITHIN, Action
from intake.access.actor import Actor, system_actor
from intake.access.grant import receiver_kind
from intake.access.policy import Forbidden, NotFound, can, fetch, fetch_all, may, require
from intake.access.restriction import is_restricted
from intake.access.row_security import bind, require_locked

__all__ = [
    "FACTOR_WITHIN",
    "Act",
    "Action",
    "Actor",
    "Forbidden",
    "NotFound",
    "bind",
    "can",
    "fetch",
    "fetch_all",
    "is_restricted",
    "may",
    "receiver_kind",
    "require",
    "require_locked",
    "system_actor",
]
