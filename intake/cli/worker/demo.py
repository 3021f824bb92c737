"""`toegang demo`: fill an empty database with the fictive region and print who can log in."""

import argparse
from typing import Any

from config.clock import SystemClock
from config.settings import Settings
from intake.cli.frame.environment import installed_settings
from intake.cli.frame.failure import BadInput
from intake.demo import DEMO_PASSWORD, demo_logins, fill
from intake.people.organisations import is_empty
from intake.store import Database, open_database


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("demo", help="vul een lege database met een fictieve regio en toon de inlognamen")
    parser.add_argument("--logins", action="store_true", help="vul niets; toon alleen de inlognamen")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Fill the database, or only print the logins.

    Raises:
        BadInput: the database holds something already, or the installation is a production one.
    """
    settings = installed_settings()
    if settings.production:
        raise BadInput("de demo hoort niet in een productieomgeving.")
    if arguments.logins:
        _print_logins()
        return 0
    database = open_database(settings.database_url, *settings.masters)
    if settings.database_url.startswith("sqlite"):
        database.upgrade()
    else:
        database.assert_current()
    with database.session(read_only=True) as session:
        empty = is_empty(session)
    if not empty:
        raise BadInput("de database is niet leeg; de demo vult alleen een lege database.")
    fill_and_tell(database, settings)
    return 0


def fill_and_tell(database: Database, settings: Settings) -> None:
    """Fill the empty database and print the logins."""
    print("De fictieve regio wordt gemaakt …", flush=True)
    fill(database, settings, clock=SystemClock())
    _print_logins()


def _print_logins() -> None:
    print(f"Inloggen kan met deze accounts (fictief), wachtwoord {DEMO_PASSWORD}")
    for login in demo_logins():
        print(f"  {login.email:<44} {login.functie}, {login.organisatie}")
    print("Begin bijvoorbeeld met samira.wijkteam@demo.toegang.example (dient een intake in)")
    print("en petra.onthaal@demo.toegang.example (ontvangt de verwijzing).")
