"""The log of everything: rows in a chain that nobody can change unseen, sealed per gemeente (NEN 7513)."""

from intake.access.audit.audit import note, record
from intake.access.audit.chain import Break, verify_log
from intake.access.audit.log_key import renew_log_keys

__all__ = [
    "Break",
    "note",
    "record",
    "renew_log_keys",
    "verify_log",
]
