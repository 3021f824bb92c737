"""`toegang doctor`: what is missing on this machine, and the line that installs it."""

import argparse
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from config.clock import SystemClock
from config.settings import Settings
from intake.cli.frame.environment import installed_settings
from intake.cli.frame.rule_shelf import installed_rules
from intake.rights import emergency
from intake.store import DatabaseFileUnsafe, SchemaNotCurrent, open_database
from reports.letters import available as letters_problem
from rules import NoRuleSet, RuleSetErrors

APT = "sudo apt-get install --no-install-recommends"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what it is for, and what to do about it (empty: all is well)."""

    naam: str
    waarvoor: str
    doe: str = ""
    nodig: bool = True


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("doctor", help="wat ontbreekt er op deze computer, en hoe installeert u het")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print each check; exit code 1 when something that is needed is missing."""
    del arguments
    checks = tuple(_checks(installed_settings()))
    for check in checks:
        mark = "goed  " if not check.doe else ("MIST  " if check.nodig else "let op")
        print(f"{mark}  {check.naam}: {check.waarvoor}")
        if check.doe:
            print(f"        {check.doe}")
    return int(any(check.doe and check.nodig for check in checks))


def _checks(settings: Settings) -> Iterator[Check]:
    yield Check("instellingen", f"gelezen; regio {settings.region}, {'productie' if settings.production else 'lokaal'}")
    yield Check("database", "intakes bewaren", _database_problem(settings))
    yield Check(
        "spoedtoegang", "in elke gemeente hoort iemand ervan", _nobody_hears(settings), nodig=settings.production
    )
    yield Check("regels", "advies geven op deze dag", _rules_problem(settings.region))
    yield Check("brieven", "de brief voor de cliënt maken", letters_problem() or "")
    chromium = any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    yield Check(
        "chromium", "alleen voor de browsertests", "" if chromium else f"Installeer: {APT} chromium", nodig=False
    )
    poppler = shutil.which("pdftotext") is not None
    yield Check(
        "poppler-utils",
        "alleen voor de tests van brieven",
        "" if poppler else f"Installeer: {APT} poppler-utils",
        nodig=False,
    )


def _nobody_hears(settings: Settings) -> str:
    try:
        database = open_database(settings.database_url, *settings.masters)
    except (DatabaseFileUnsafe, ValueError):
        return ""
    try:
        with database.reading() as session:
            emergency.require_recipients(session, SystemClock().today())
    except emergency.NobodyHears as error:
        return str(error)
    except SQLAlchemyError:
        return ""
    finally:
        database.dispose()
    return ""


def _rules_problem(region: str) -> str:
    try:
        with installed_rules() as rules_of:
            rules_of(region, SystemClock().today())
    except (NoRuleSet, RuleSetErrors) as error:
        return str(error)
    return ""


def _database_problem(settings: Settings) -> str:
    try:
        database = open_database(settings.database_url, *settings.masters)
    except (DatabaseFileUnsafe, ValueError) as error:
        return str(error)
    try:
        database.assert_current()
    except SchemaNotCurrent as error:
        return str(error)
    except SQLAlchemyError:
        return "De database antwoordt niet. Kijk of hij draait en of TOEGANG_DATABASE_URL klopt."
    finally:
        database.dispose()
    return ""
