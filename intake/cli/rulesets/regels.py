"""`toegang regels`: show a rule set, check it, run its scenarios, compare two, make advice again by other rules."""

import argparse
import sys
from typing import Any

from intake.cli.frame.answers_file import iso_date
from intake.cli.rulesets import compare
from intake.cli.rulesets.source import WHICH, chosen_region, drafts, rules, texts
from intake.rulesets.inspection import Examination, examine
from rules.publish import document_of, plain_text
from rules.shelf import Bundle

IN_FORCE = f"{WHICH} (anders: die nu geldt)"


def register(commands: Any) -> None:
    """Add the subcommand and what it can do."""
    parser = commands.add_parser("regels", help="toon, controleer, test of vergelijk de regels, of herbereken adviezen")
    actions = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, dest="regels_opdracht")
    show = _action(actions, "toon", "toon een regelset in gewone taal", run_show)
    show.add_argument("--tabel", default="", metavar="NAAM", help="alleen deze tabel, bijvoorbeeld T3")
    check = _action(actions, "controleer", "zoek fouten, gaten, overlap en dode regels; met een voorbeeld", run_check)
    check.add_argument("--alles", action="store_true", help="toon ook wat geen fout is maar wel opvalt")
    _action(actions, "test", "voer de scenario’s uit en zoek regels die nergens beslissen", run_scenarios)
    listed = actions.add_parser("concepten", help="noem de concepten in de database")
    listed.add_argument("--regio", default=None, metavar="NAAM", help="de regio (anders die van deze installatie)")
    listed.set_defaults(run=run_drafts)
    compare.register(actions)


def run_show(arguments: argparse.Namespace) -> int:
    """Print the document."""
    found = rules(arguments.regelset, chosen_region(arguments.regio), arguments.op)
    print(plain_text(document_of(found), table=arguments.tabel))
    return 0


def run_drafts(arguments: argparse.Namespace) -> int:
    """Print the open drafts, with the number by which the other commands know them."""
    print("\n".join(drafts(chosen_region(arguments.regio))) or "Er zijn geen concepten.")
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Print every finding; 1 when something must be mended."""
    found = examine(_texts(arguments))
    shown = [line for line in found.lines(notes=arguments.alles) if line]
    print("\n".join(shown) if shown else "Geen fouten gevonden.")
    _print_count(found)
    return int(bool(found.reasons))


def run_scenarios(arguments: argparse.Namespace) -> int:
    """Print each expectation that does not come true and each row that never decides; 1 when there is any."""
    found = examine(_texts(arguments))
    if found.faults:
        print("\n".join(str(fault) for fault in found.faults), file=sys.stderr)
        return 1
    assert found.scenarios is not None
    for failure in found.scenarios.failures:
        print(failure)
    for row in found.scenarios.uncovered:
        print(f"Regel {row} beslist in geen enkel scenario.")
    bad = len(found.scenarios.failures)
    print(
        f"{found.scenarios.count} scenario’s: {bad} niet goed; {len(found.scenarios.uncovered)} regels zonder scenario."
    )
    return int(not found.scenarios.good)


def _texts(arguments: argparse.Namespace) -> Bundle:
    return texts(arguments.regelset, chosen_region(arguments.regio), arguments.op)


def _action(actions: Any, name: str, text: str, run: Any) -> Any:
    parser = actions.add_parser(name, help=text, description=text[:1].upper() + text[1:] + ".")
    parser.add_argument("regelset", nargs="?", default="", metavar="REGELSET", help=IN_FORCE)
    parser.add_argument("--regio", default=None, metavar="NAAM", help="de regio (anders die van deze installatie)")
    parser.add_argument("--op", type=iso_date, metavar="DATUM", help="de regels die op deze dag gelden")
    parser.set_defaults(run=run)
    return parser


def _print_count(found: Examination) -> None:
    counts = found.counts
    print(", ".join(f"{number} {what}" for what, number in counts.items()) + ".")
