"""Which rule set a `toegang regels` command is about.

A folder, a version by its first day in force, `concept:` with the beginning of the number of a draft, or nothing: the
one in force. What was published in the database of this installation counts like what came with the program.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import SystemClock
from config.regions import load_region
from intake import advice
from intake.cli.frame.environment import installed_region
from intake.cli.frame.failure import BadInput
from intake.cli.frame.os_words import why
from intake.cli.frame.rule_shelf import published_rules
from intake.rulesets.drafts import texts_of
from intake.tables.ruleset import RulesetDraft, RulesetDraftState
from rules import NoRuleSet, RuleSet, RuleSetErrors, ruleset_for
from rules.shelf import SETS, Bundle, load_bundle, read_bundle

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DRAFT = "concept:"
WHICH = "map met een regelset, de eerste dag van een versie, of concept:NUMMER"


def texts(name: str, region: str, on: date | None = None) -> Bundle:
    """The texts of the set that `name` means; for no name those in force on `on`, or today.

    Raises:
        BadInput: there is no such set, or a file cannot be read.
    """
    with published_rules() as session:
        if name.startswith(DRAFT):
            return _draft(session, name.removeprefix(DRAFT), region)
        if not name or DAY.fullmatch(name):
            return _version(session, _day(name), region) if name else _in_force(session, region, on)
    return _folder(name, region)


def rules(name: str, region: str, on: date | None = None) -> RuleSet:
    """As `texts`, read as a rule set.

    Raises:
        BadInput: there is no such set, or it has faults; the message gives all of them.
    """
    try:
        return load_bundle(texts(name, region, on))
    except RuleSetErrors as error:
        raise BadInput(f"de regelset {name or 'die nu geldt'} heeft fouten:\n{error}") from error


def drafts(region: str) -> Iterator[str]:
    """One line for each open draft of the region.

    Raises:
        BadInput: there is no database with drafts.
    """
    with published_rules() as session:
        if session is None:
            raise BadInput("er is hier geen database met concepten.")
        query = select(RulesetDraft).where(RulesetDraft.regio == region, RulesetDraft.state == RulesetDraftState.OPEN)
        for row in session.scalars(query.order_by(RulesetDraft.valid_from)):
            yield f"{DRAFT}{str(row.id)[:8]}  vanaf {row.valid_from}  {row.note or 'nog geen toelichting'}"


def chosen_region(asked: str | None) -> str:
    """The region asked for, else that of this installation."""
    return load_region(asked or installed_region()).id


def _day(name: str) -> date:
    try:
        return date.fromisoformat(name)
    except ValueError:
        raise BadInput(f"“{name}” is geen dag.") from None


def _in_force(session: Session | None, region: str, on: date | None) -> Bundle:
    day = on or SystemClock().today()
    try:
        if session is not None:
            return advice.bundle_in_force(session, region, day)
        return read_bundle(SETS / region / ruleset_for(region, day).version)
    except (NoRuleSet, RuleSetErrors) as error:
        raise BadInput(str(error)) from error


def _version(session: Session | None, day: date, region: str) -> Bundle:
    found = advice.bundle_on(session, region, day) if session is not None else None
    folder = SETS / region / day.isoformat()
    if found is None and not folder.is_dir():
        raise BadInput(f"Er zijn geen regels van {region} die op {day} ingaan.")
    return found or read_bundle(folder)


def _draft(session: Session | None, number: str, region: str) -> Bundle:
    query = select(RulesetDraft).where(RulesetDraft.regio == region, RulesetDraft.state == RulesetDraftState.OPEN)
    open_ones = session.scalars(query).all() if session is not None else []
    found = [row for row in open_ones if number and str(row.id).startswith(number.lower())]
    if session is None or len(found) != 1:
        raise BadInput(f"“{number}” wijst niet één concept aan. Zie: toegang regels concepten")
    return texts_of(session, found[0], SystemClock())


def _folder(name: str, region: str) -> Bundle:
    folder = Path(name).resolve()
    if not folder.is_dir():
        raise BadInput(
            f"“{name}” is geen map met een regelset, en geen eerste dag van een versie van {region} of concept:NUMMER."
        )
    try:
        date.fromisoformat(folder.name)
    except ValueError:
        raise BadInput(
            f"de map {folder.name} heet niet naar de eerste dag van de regels. Noem een map zoals {region}/2027-01-01."
        ) from None
    try:
        return read_bundle(folder)
    except RuleSetErrors as error:
        raise BadInput(str(error)) from error
    except (OSError, ValueError) as error:
        raise BadInput(f"de regelset in {folder.name} is niet te lezen: {why(error)}.") from error
