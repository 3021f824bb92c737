"""`toegang brief`: the client's letter for an answers file. Stores nothing but the file that is asked for."""

import argparse
from pathlib import Path
from typing import Any

from config.regions import load_region
from intake.cli.advice.advising import advise_file, day_of, rules_for
from intake.cli.frame.answers_file import iso_date, read_answers
from intake.cli.frame.environment import installed_region
from intake.cli.frame.failure import BadInput
from intake.cli.frame.os_words import why
from intake.cli.frame.rule_shelf import installed_rules
from intake.letters import Contact, Reasoned, preview_letter
from reports.letters import LetterError, RendererUnavailable, render_letter
from rules.shelf import declared

KINDS = ("verwijzing",)
LANGUAGES = ("nl",)


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("brief", help="maak de brief voor de cliënt bij een bestand met antwoorden")
    parser.add_argument("bestand", metavar="BESTAND.json", help="antwoorden als JSON; - is de standaardinvoer")
    parser.add_argument("--soort", choices=KINDS, default="verwijzing", help="welke brief")
    parser.add_argument("--taal", choices=LANGUAGES, default="nl", help="in welke taal")
    parser.add_argument("-o", "--uit", type=Path, required=True, metavar="BRIEF.pdf", help="waar de brief komt")
    parser.add_argument(
        "--op", type=iso_date, metavar="DATUM", help="de datum van de brief (anders die van de melding)"
    )
    parser.add_argument("--regio", default=None, metavar="NAAM", help="de regio waarvan de regels gelden")
    for name in ("team", "telefoon", "naam", "functie"):
        parser.add_argument(f"--{name}", default=None, metavar="TEKST", help=f"{name} van wie de brief schrijft")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the letter; exit code 0.

    Raises:
        BadInput: the answers, the letter or the place to write to are not usable.
    """
    region = load_region(arguments.regio or installed_region()).id
    answers = read_answers(arguments.bestand)
    if isinstance(answers, list):
        raise BadInput("één brief is voor één intake: geef een object, geen lijst.")
    day = day_of(answers, arguments.op)
    with installed_rules() as rules_of:
        given = advise_file(answers, region, arguments.op, rules_of=rules_of)
        rules = rules_for(answers, region, arguments.op, rules_of=rules_of)
    reasoned = Reasoned(given, declared(rules, region))
    told = {name: text for name in Contact.__slots__ if (text := getattr(arguments, name))}
    try:
        made = render_letter(preview_letter(answers, reasoned, day, Contact(**told)), arguments.taal)
    except RendererUnavailable as error:
        raise BadInput(f"de brief kan nu niet worden gemaakt. {error}") from error
    except LetterError as error:
        raise BadInput(f"deze brief kan niet worden gemaakt: {error}") from error
    try:
        arguments.uit.write_bytes(made.pdf)
    except OSError as error:
        raise BadInput(f"{arguments.uit} is niet te schrijven: {why(error)}.") from error
    print(f"{arguments.uit}: {made.pages} bladzijden, sha256 {made.sha256}")
    return 0
