"""`toegang organisatie`: how an organisation of the register is reached, by day and by night."""

import argparse
import re
from datetime import time
from typing import Any

from sqlalchemy.orm import Session

from config.clock import SystemClock
from config.settings import Settings
from intake.cli.frame.database import do_act, operator
from intake.cli.frame.failure import BadInput
from intake.cli.frame.register import the_organisation
from intake.people.organisations import HoursRefused, Reachable, change_reach, numbers_in_words, organisations

CLOCK = SystemClock()
NUMBER = re.compile(r"\+?[0-9][0-9 \-]{1,18}[0-9]")
HOUR = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})")
LONGEST_HOURS = 120
EMPTY = "geen"


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("organisatie", help="toon en wijzig hoe een organisatie bereikbaar is, ook ’s nachts")
    acts = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, dest="doe")
    acts.add_parser("toon", help="toon de organisaties met hun nummers").set_defaults(run=run, act=_show)
    change = acts.add_parser("bereikbaar", help="wijzig de nummers en de tijden van een organisatie")
    change.add_argument("naam", metavar="NAAM", help="de naam zoals die in het register staat")
    change.add_argument("--telefoon", type=_number, metavar="NUMMER", help="het nummer overdag")
    change.add_argument(
        "--nacht", type=_number, metavar="NUMMER", help="’s avonds, ’s nachts en in het weekend, of: geen"
    )
    change.add_argument("--van", type=_hour, metavar="UUR", help="vanaf dit uur neemt het dagnummer op, zoals 9.00")
    change.add_argument("--tot", type=_hour, metavar="UUR", help="tot dit uur, op werkdagen")
    change.add_argument("--tijden", type=_words, metavar="TEKST", help="de tijden in woorden, voor de brief")
    change.set_defaults(run=run, act=_change)


def run(arguments: argparse.Namespace) -> int:
    """Do it, in one transaction.

    Raises:
        BadInput: it cannot be done; says why and what then.
    """
    return do_act(arguments)


def _show(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings, arguments
    for one in organisations(session):
        print(f"{one.naam} ({one.kind.value})")
        print(f"    {numbers_in_words(one) or 'geen nummer: vul het aan met “toegang organisatie bereikbaar”'}")


def _change(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings
    one = the_organisation(session, arguments.naam)
    wanted = Reachable(
        telefoon=arguments.telefoon,
        nachttelefoon=arguments.nacht,
        dag_van=arguments.van,
        dag_tot=arguments.tot,
        openingstijden=arguments.tijden,
    )
    if not wanted.told:
        raise BadInput("zeg wat er verandert, met --telefoon, --nacht, --van, --tot of --tijden.")
    try:
        change_reach(session, operator(CLOCK.now()), one, wanted)
    except HoursRefused as error:
        raise BadInput("--van ligt niet voor --tot. Er is niets gewijzigd.") from error
    print(f"{one.naam}: {numbers_in_words(one)}")


def _number(text: str) -> str:
    number = " ".join(text.split())
    if number == EMPTY:
        return ""
    if not NUMBER.fullmatch(number):
        raise argparse.ArgumentTypeError("dit is geen telefoonnummer; typ het zoals 010 123 45 67, of: geen")
    return number


def _hour(text: str) -> time:
    found = HOUR.fullmatch(text.strip())
    try:
        return time(int(found[1]), int(found[2])) if found else time(99)
    except ValueError as error:
        raise argparse.ArgumentTypeError("dit is geen tijd; typ die zoals 9.00") from error


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_HOURS:
        raise argparse.ArgumentTypeError(f"schrijf de tijden in ten hoogste {LONGEST_HOURS} tekens")
    return words
