"""The browsers in which somebody logged in before."""

from intake.login.devices.device import REMEMBERED, recognise

__all__ = ["REMEMBERED", "recognise"]
