"""`toegang regels vergelijk` and `herbereken`: two rule sets side by side, in words and over cases."""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from config.clock import SystemClock
from forms import INTAKE_FORM
from intake.advice import NoSuchAdvice, Proof, prove
from intake.cli.frame.answers_file import read_answers
from intake.cli.frame.environment import installed_settings
from intake.cli.frame.failure import BadInput
from intake.cli.rulesets.source import WHICH, chosen_region, rules
from intake.rulesets.inspection import Effect, PlayedAgain, Supply, kept_by_form, stored_cases, supply_of
from intake.store import Database, SchemaNotCurrent, open_database
from rules import RuleSet
from rules.cases import Case, Replay, replay
from rules.explain import compare

REGION_HELP = "de regio (anders die van deze installatie)"


def register(actions: Any) -> None:
    """Add both subcommands."""
    difference = actions.add_parser("vergelijk", help="toon wat er verandert tussen twee regelsets")
    difference.add_argument("oud", metavar="OUD", help=WHICH)
    difference.add_argument("nieuw", metavar="NIEUW", help=WHICH)
    difference.add_argument("--regio", default=None, metavar="NAAM", help=REGION_HELP)
    difference.set_defaults(run=run_compare)
    again = actions.add_parser("herbereken", help="toon wat andere regels bij eerdere intakes zouden zeggen")
    again.add_argument("nieuw", nargs="?", default="", metavar="REGELSET", help=WHICH)
    again.add_argument(
        "bestand", nargs="?", default="", metavar="BESTAND.json", help="antwoorden (anders: alle intakes)"
    )
    again.add_argument("--van", default="", metavar="REGELSET", help="de oude regels (anders: die nu gelden)")
    again.add_argument("--bewijs", default="", metavar="INTAKENUMMER", help="maak een bewaard advies opnieuw")
    again.add_argument("--nummer", type=int, default=None, metavar="N", help="het hoeveelste advies van die intake")
    again.add_argument("--regio", default=None, metavar="NAAM", help=REGION_HELP)
    again.set_defaults(run=run_again)


def run_compare(arguments: argparse.Namespace) -> int:
    """Print what changed in the words and which kinds of cases come out otherwise; 1 when anything did."""
    region = chosen_region(arguments.regio)
    found = compare(rules(arguments.oud, region), rules(arguments.nieuw, region), kept=kept_by_form)
    print("Wat er in de regels verandert")
    print("\n".join(f"  {line}" for line in found.lines) or "  niets")
    print("\nWelke gevallen anders uitkomen (met een verzonnen voorbeeld)")
    print("\n".join(f"  {kind}" for kind in found.kinds) or "  geen gevonden")
    print("\n".join(("", *found.limits)))
    return int(bool(found.lines or found.kinds))


def run_again(arguments: argparse.Namespace) -> int:
    """Make stored advices again: one for proof, or all under other rules; 1 when something comes out otherwise."""
    if arguments.bewijs:
        return _prove(arguments.bewijs, arguments.nummer)
    if not arguments.nieuw:
        raise BadInput("noem een regelset, of --bewijs met een intakenummer.")
    region = chosen_region(arguments.regio)
    new, old = rules(arguments.nieuw, region), rules(arguments.van, region)
    found, supply = _from_file(arguments.bestand, old, new) if arguments.bestand else _from_database(old, new)
    print("\n".join((*_told(found), *_effects(PlayedAgain(found, found.cases).in_words(new, supply)))))
    return int(bool(found.changed))


def _from_file(place: str, old: RuleSet, new: RuleSet) -> tuple[Replay, Mapping[str, Supply]]:
    """The cases in a file; of places nothing is known."""
    content = read_answers(place)
    today = SystemClock().today()
    items = content if isinstance(content, list) else [content]
    cases = (Case(INTAKE_FORM.facts(item), _melding(item.get("melding_datum"), today)) for item in items)
    return replay(old, new, cases), {}


def _melding(text: object, today: date) -> date:
    return date.fromisoformat(text) if isinstance(text, str) else today


def _from_database(old: RuleSet, new: RuleSet) -> tuple[Replay, Mapping[str, Supply]]:
    """Every stored case, and the places that there are now."""
    database = _database()
    try:
        with database.session(read_only=True) as session:
            return replay(old, new, stored_cases(session)), supply_of(session)
    finally:
        database.dispose()


def _prove(reference: str, number: int | None) -> int:
    database = _database()
    try:
        with database.session(read_only=True) as session:
            found = prove(session, reference, number)
    except NoSuchAdvice as error:
        raise BadInput(str(error)) from error
    finally:
        database.dispose()
    print("\n".join(_receipt(found)))
    return int(not found.same)


def _database() -> Database:
    settings = installed_settings()
    database = open_database(settings.database_url, *settings.masters)
    try:
        database.assert_current()
    except SchemaNotCurrent as error:
        raise BadInput(str(error)) from error
    return database


def _receipt(found: Proof) -> Iterator[str]:
    yield f"Intake {found.reference}, advies {found.number} van {found.made_on}"
    yield f"  feiten     {found.facts_hash or 'niet vastgelegd'}"
    yield f"  formulier  {found.form_version or 'niet vastgelegd'}"
    yield f"  regelset   {found.ruleset}, {found.ruleset_hash}"
    yield f"  programma  {found.engine or 'niet vastgelegd'}"
    yield "Opnieuw gemaakt: precies hetzelfde." if found.same else "Opnieuw gemaakt: niet hetzelfde."
    yield from (f"  {difference}" for difference in found.differences)


def _told(found: Replay) -> Iterator[str]:
    yield f"{found.cases} intakes, waarvan {found.changed} anders uitkomen."
    if found.unreadable:
        yield f"{found.unreadable} intakes hebben feiten die deze regels niet kennen."
    if found.broken:
        yield f"LET OP: bij {found.broken} intakes breken de nieuwe regels een waarborg of zijn zij niet volledig."
    for outcome in dict.fromkeys(item.outcome for item in found.transitions):
        yield ""
        yield outcome
        for (before, after), count in sorted(found.table(outcome).items(), key=lambda item: -item[1]):
            yield f"  {count:>6}  {before} → {after}"
    yield from _groups(found)


def _groups(found: Replay) -> Iterator[str]:
    for name in dict.fromkeys(name for item in found.transitions for name in item.groups):
        counts: Counter[str] = Counter()
        for item in found.transitions:
            counts[item.groups.get(name, "")] += item.count
        yield ""
        yield f"Gewijzigde uitkomsten per {name}"
        yield from (f"  {count:>6}  {group or 'onbekend'}" for group, count in counts.most_common())


def _effects(found: PlayedAgain) -> Iterator[str]:
    """What it asks of receivers and places."""
    for title, effects in (("Ontvangers", found.receivers), ("Voorzieningen", found.places)):
        if effects:
            yield ""
            yield f"{title}: meer en minder intakes"
            yield from (f"  {_effect(one)}" for one in effects)


def _effect(one: Effect) -> str:
    told = f"{one.name}: {one.more} meer, {one.fewer} minder"
    return f"{told}; er zijn {one.supply.places} plekken, {one.supply.free} vrij" if one.supply else told
