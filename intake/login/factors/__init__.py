"""Entering with a password and a second factor."""

from intake.login.factors.login import (
    WrongPassword,
    count_code,
    enrol,
    enter,
    is_complete,
    log_change,
    log_out,
    log_refusal,
    prepare,
    show_code,
)
from intake.login.factors.step import Step
from intake.login.factors.totp import (
    WrongCode,
    pending_secret,
    provisioning_uri,
    recovery_codes_left,
    renew_recovery_codes,
)

__all__ = [
    "Step",
    "WrongCode",
    "WrongPassword",
    "count_code",
    "enrol",
    "enter",
    "is_complete",
    "log_change",
    "log_out",
    "log_refusal",
    "pending_secret",
    "prepare",
    "provisioning_uri",
    "recovery_codes_left",
    "renew_recovery_codes",
    "show_code",
]
