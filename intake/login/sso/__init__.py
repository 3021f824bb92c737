"""Arriving by way of an identity provider (OpenID Connect)."""

from intake.login.sso.arrival import Arrival, NotLetIn, can_link, enter, limits, link
from intake.login.sso.flow import LIFE, Flow, FlowLost, address, opened, prove, sealed
from intake.login.sso.token import Proven

__all__ = [
    "LIFE",
    "Arrival",
    "Flow",
    "FlowLost",
    "NotLetIn",
    "Proven",
    "address",
    "can_link",
    "enter",
    "limits",
    "link",
    "opened",
    "prove",
    "sealed",
]
