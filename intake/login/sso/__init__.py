"""Arriving by way of an identity provider (OpenID Connect)."""

from intake.login.sso.arrival import Arrival, NotLetIn, can_link, enter, limits, link
from intake.login.sso.flow import LIFE, Connection, Flow, FlowLost, Returned, address, opened, prove, sealed
from intake.login.sso.token import Proven

__all__ = [
    "LIFE",
    "Arrival",
    "Connection",
    "Flow",
    "FlowLost",
    "NotLetIn",
    "Proven",
    "Returned",
    "address",
    "can_link",
    "enter",
    "limits",
    "link",
    "opened",
    "prove",
    "sealed",
]
