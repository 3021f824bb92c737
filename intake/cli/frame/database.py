"""The database of this installation, for the commands, with its keys."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from config.settings import Settings
from intake.access import Actor, system_actor
from intake.cli.frame.environment import installed_settings
from intake.cli.frame.failure import BadInput
from intake.store import Database, DatabaseFileUnsafe, SchemaNotCurrent, open_database

COMMAND_LINE = "Toegang (opdrachtregel)"


@contextmanager
def installed_database() -> Iterator[tuple[Database, Settings]]:
    """The database at the version of this program, and the settings.

    Raises:
        BadInput: it is not there, not ours to read, or at another version.
    """
    settings = installed_settings()
    try:
        database = open_database(settings.database_url, *settings.masters)
    except (DatabaseFileUnsafe, ValueError) as error:
        raise BadInput(str(error)) from error
    try:
        if settings.database_url.startswith("sqlite"):
            database.upgrade()
        database.assert_current()
        yield database, settings
    except SchemaNotCurrent as error:
        raise BadInput(str(error)) from error
    except SQLAlchemyError as error:
        raise BadInput(
            f"de database antwoordt niet zoals het hoort ({type(error).__name__}). Kijk met: toegang doctor"
        ) from error
    finally:
        database.dispose()


def do_act(arguments: argparse.Namespace, *refusals: type[Exception]) -> int:
    """Do the act that the arguments name (`arguments.act`, with session, settings and arguments), in one transaction.

    Raises:
        BadInput: it was refused, by one of these errors: their message is Dutch and says what then.
    """
    with installed_database() as (database, settings):
        try:
            with database.unit_of_work() as session:
                arguments.act(session, settings, arguments)
        except refusals as error:
            raise BadInput(str(error)) from error
    return 0


def operator(now: datetime) -> Actor:
    """Who acts at the command line, as the audit log names it: whoever may log in on the server."""
    return replace(system_actor(now), naam=COMMAND_LINE)
