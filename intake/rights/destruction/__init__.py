"""Destroying a file when its time has come, or when the client asks."""

from intake.rights.destruction.destruction import (
    DestructionRefused,
    approve,
    certificates,
    destroy_again,
    hold,
    holds_of,
    keep_list,
    reject,
    release,
    request,
    waiting_list,
)
from intake.rights.destruction.retention import due_files

__all__ = [
    "DestructionRefused",
    "approve",
    "certificates",
    "destroy_again",
    "due_files",
    "hold",
    "holds_of",
    "keep_list",
    "reject",
    "release",
    "request",
    "waiting_list",
]
