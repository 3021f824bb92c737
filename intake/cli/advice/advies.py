"""`toegang advies`: what the rules advise for an answers file. Stores nothing."""

import argparse
import json
from typing import Any

from config.regions import load_region
from intake.cli.advice.advising import advise_file, rules_for
from intake.cli.frame.answers_file import iso_date, read_answers
from intake.cli.frame.environment import installed_region
from intake.cli.frame.rule_shelf import installed_rules
from rules.explain import explain


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("advies", help="geef het advies bij een bestand met antwoorden")
    parser.add_argument("bestand", metavar="BESTAND.json", help="antwoorden als JSON; - is de standaardinvoer")
    parser.add_argument(
        "--op", type=iso_date, metavar="DATUM", help="de dag waarop het advies geldt (anders de dag van de melding)"
    )
    parser.add_argument("--regio", default=None, metavar="NAAM", help="de regio waarvan de regels gelden")
    parser.add_argument("--tekst", action="store_true", help="leg het advies uit in gewone taal")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the advice: an object for an object, a list for a list."""
    region = load_region(arguments.regio or installed_region()).id
    content = read_answers(arguments.bestand)
    items = content if isinstance(content, list) else [content]
    with installed_rules() as rules_of:
        advices = [advise_file(item, region, arguments.op, rules_of=rules_of) for item in items]
        explained = items if arguments.tekst else []
        rules = [rules_for(item, region, arguments.op, rules_of=rules_of) for item in explained]
    if arguments.tekst:
        print("\n\n".join(explain(advice, used) for advice, used in zip(advices, rules, strict=True)))
    else:
        objects = [advice.to_dict() for advice in advices]
        print(json.dumps(objects if isinstance(content, list) else objects[0], ensure_ascii=False, indent=2))
    return 0
