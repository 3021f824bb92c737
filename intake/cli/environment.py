"""The settings of this installation, for the commands: the one place at the command line that reads the environment."""

import os

from config.settings import DEFAULT_REGION, PREFIX, Settings, load_settings


def installed_settings() -> Settings:
    """The settings from the environment and `.env`.

    Raises:
        SettingsError: a setting is missing or wrong.
    """
    return load_settings(os.environ)


def installed_region() -> str:
    """The region of this installation, without needing its secrets."""
    return os.environ.get(f"{PREFIX}REGIO", "").strip() or DEFAULT_REGION
