"""The settings of this installation, for the commands: the one place at the command line that reads the environment."""

import os
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from config.settings import DEFAULT_REGION, Settings, embedded_url, instance_at, load_settings, written


def installed_settings() -> Settings:
    """The settings from the environment and `.env`.

    Raises:
        SettingsError: a setting is missing or wrong.
    """
    return load_settings(os.environ)


def installed_region() -> str:
    """The region of this installation, without needing its secrets."""
    return written(os.environ, "REGIO") or DEFAULT_REGION


def installed_database_url() -> str:
    """Where the database of this installation is, without needing or making secrets; empty when there is none yet.

    A database elsewhere counts as being there; the embedded one only when its file is.
    """
    url = written(os.environ, "DATABASE_URL") or embedded_url(instance_at(written(os.environ, "INSTANCE")))
    try:
        made = make_url(url)
    except ArgumentError:
        return url
    embedded = made.get_backend_name() == "sqlite"
    return "" if embedded and not (made.database and Path(made.database).is_file()) else url
