"""`toegang koppeling`: keys for the JSON interface, at the command line."""

import argparse
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from config.clock import SystemClock
from config.settings import Settings
from intake.access import Act
from intake.cli.frame.answers_file import iso_date
from intake.cli.frame.database import do_act, operator
from intake.cli.frame.failure import BadInput
from intake.cli.frame.register import the_organisation
from intake.people import systems
from intake.people.systems import LONGEST_LIFE, NewToken, TokenRefused
from intake.tables.api_token import Scope

CLOCK = SystemClock()
USUAL_LIFE = timedelta(days=365)


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("koppeling", help="maak sleutels waarmee andere systemen Toegang gebruiken")
    acts = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, dest="doe")
    new = acts.add_parser("nieuw", help="maak een sleutel en toon hem één keer")
    new.add_argument("naam", metavar="NAAM", help="hoe het systeem heet, zoals Zaaksysteem")
    new.add_argument("--organisatie", required=True, help="naam van de organisatie, of CBS-code van de gemeente")
    new.add_argument(
        "--mag", required=True, nargs="+", choices=[scope.value for scope in Scope], help="waarvoor de sleutel is"
    )
    new.add_argument(
        "--tot",
        type=iso_date,
        metavar="DATUM",
        help=f"laatste dag (gewoon: een jaar, ten hoogste {LONGEST_LIFE.days} dagen)",
    )
    acts.add_parser("toon", help="toon de sleutels, zonder hun geheim")
    gone = acts.add_parser("intrekken", help="maak een sleutel ongeldig")
    gone.add_argument("begin", metavar="BEGIN", help="de eerste tekens van de sleutel, zoals “toon” ze toont")
    for act, run_it in _ACTS.items():
        acts.choices[act].set_defaults(run=run, act=run_it)


def run(arguments: argparse.Namespace) -> int:
    """Do it, in one transaction.

    Raises:
        BadInput: it cannot be done; says why and what then.
    """
    return do_act(arguments, TokenRefused)


def _new(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    made = systems.make_token(
        Act(session, operator(CLOCK.now()), CLOCK),
        NewToken(
            organisation_id=the_organisation(session, arguments.organisatie).id,
            naam=arguments.naam,
            scopes=[Scope(one) for one in arguments.mag],
            tot=arguments.tot or CLOCK.today() + USUAL_LIFE,
        ),
    )
    print(f"De sleutel van {made.token.naam}, geldig tot en met {made.token.tot.isoformat()}. U ziet hem één keer:")
    print(f"  {made.secret}")
    print(f"De beschrijving van de interface staat op {settings.base_url}/api/v1/openapi.json")


def _show(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings, arguments
    for one in systems.tokens(Act(session, operator(CLOCK.now()), CLOCK)):
        token, state = one.token, "werkt" if one.alive and not one.blocked else "werkt niet"
        used = token.last_used_at.date().isoformat() if token.last_used_at else "nooit"
        print(f"{token.shown}…  {token.naam} bij {one.organisation}: {state}")
        print(f"    {', '.join(token.scopes)}")
        print(f"    van {token.van.isoformat()} tot en met {token.tot.isoformat()}, laatst gebruikt: {used}")


def _withdraw(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings
    actor = operator(CLOCK.now())
    known = [one.token for one in systems.tokens(Act(session, actor, CLOCK))]
    found = [one for one in known if one.shown == arguments.begin.rstrip("…")]
    if len(found) != 1:
        raise BadInput(
            f"er is niet één sleutel die begint met “{arguments.begin[:20]}”. Kijk met: toegang koppeling toon"
        )
    gone = systems.withdraw(Act(session, actor, CLOCK), found[0].id)
    print(f"De sleutel van {gone.naam} is ingetrokken en werkt niet meer.")


_ACTS = {"nieuw": _new, "toon": _show, "intrekken": _withdraw}
