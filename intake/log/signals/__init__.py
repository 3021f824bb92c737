"""What in the log deserves a look: unusual numbers, own names and own addresses."""

from intake.log.signals.home_address import NoAddress, keep_home, kept_home
from intake.log.signals.signal import SignalKind

__all__ = [
    "NoAddress",
    "SignalKind",
    "keep_home",
    "kept_home",
]
