"""The identity providers of organisations: registered, linked, and how one is reached."""

from intake.login.providers.oidc_provider import NoSuchProvider, Provider, in_use, is_obliged, of_domain, provider
from intake.login.providers.settings import (
    SettingsRefused,
    Wanted,
    administrators,
    change,
    linked,
    open_provider,
    providers,
    register,
    stop,
    unlink,
)

__all__ = [
    "NoSuchProvider",
    "Provider",
    "SettingsRefused",
    "Wanted",
    "administrators",
    "change",
    "in_use",
    "is_obliged",
    "linked",
    "of_domain",
    "open_provider",
    "provider",
    "providers",
    "register",
    "stop",
    "unlink",
]
