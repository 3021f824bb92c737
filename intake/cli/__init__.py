"""The `toegang` command: one module a subcommand, help and messages in Dutch.

Exit codes: 0 done, 1 found something wrong (a check that fails), 2 bad input; the message goes to standard error.
"""

import sys
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from config.regions import UnknownRegion
from config.settings import SettingsError
from intake.cli.advice import advies, brief
from intake.cli.frame.failure import BadInput
from intake.cli.frame.parser import DutchParser
from intake.cli.people import gebruiker, koppeling, organisatie
from intake.cli.rulesets import regels
from intake.cli.upkeep import backup, doctor, logboek, sleutels
from intake.cli.worker import demo, start, worker
from intake.store import UnknownDatabase

__all__ = ["main"]


def build_parser() -> DutchParser:
    """The whole command line; each subcommand sets `run`."""
    parser = DutchParser(prog="toegang", description="Eén toegang tot beschermd wonen en maatschappelijke opvang.")
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, dest="opdracht")
    for module in (
        start,
        demo,
        advies,
        brief,
        regels,
        gebruiker,
        organisatie,
        koppeling,
        backup,
        logboek,
        worker,
        sleutels,
        doctor,
    ):
        module.register(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run `toegang` with these arguments (default: those of the process) and give the exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except (BadInput, SettingsError, UnknownDatabase, UnknownRegion) as error:
        print(f"toegang: {error}", file=sys.stderr)
        return 2
    except OperationalError as error:
        print(
            f"toegang: de database antwoordt niet ({type(error.orig).__name__}). Kijk met: toegang doctor",
            file=sys.stderr,
        )
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    return code
