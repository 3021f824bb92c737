"""Which rule set a `toegang regels` command is about: a folder, a version by its first day, or the one in force."""

import argparse
import re
from datetime import date
from pathlib import Path

from config.clock import SystemClock
from config.regions import load_region
from intake.cli.environment import installed_region
from intake.cli.failure import BadInput
from rules import NoRuleSet, RuleSet, RuleSetErrors, load_ruleset, ruleset_for
from rules.bundle import Bundle, read_bundle
from rules.shelf import SETS, version_of

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def folder_of(name: str, region: str) -> Path:
    """The folder that `name` means: a path, or the first day in force of a version that came with the program.

    Raises:
        BadInput: there is no such folder.
    """
    folder = SETS / region / name if DAY.fullmatch(name) else Path(name).resolve()
    if not folder.is_dir():
        raise BadInput(f"“{name}” is geen map met een regelset, en geen eerste dag van een versie van {region}.")
    return folder


def read_set(name: str, region: str) -> RuleSet:
    """The rule set that `name` means (see `folder_of`).

    Raises:
        BadInput: there is none, or it has faults; the message gives all of them.
    """
    try:
        if DAY.fullmatch(name):
            return version_of(region, date.fromisoformat(name))
        return load_ruleset(folder_of(name, region))
    except (NoRuleSet, ValueError) as error:
        if isinstance(error, RuleSetErrors):
            raise BadInput(f"de regelset {name} heeft fouten:\n{error}") from error
        raise BadInput(str(error)) from error


def set_in_force(arguments: argparse.Namespace) -> RuleSet:
    """The set that the arguments choose: `regelset`, else the one in force on `op`, else today.

    Raises:
        BadInput: there is none, or it has faults.
    """
    region = chosen_region(arguments)
    if arguments.regelset:
        return read_set(arguments.regelset, region)
    try:
        return ruleset_for(region, arguments.op or SystemClock().today())
    except (NoRuleSet, RuleSetErrors) as error:
        raise BadInput(str(error)) from error


def chosen_folder(arguments: argparse.Namespace) -> Path:
    """The folder of the set that the arguments choose.

    Raises:
        BadInput: there is none.
    """
    region = chosen_region(arguments)
    if arguments.regelset:
        return folder_of(arguments.regelset, region)
    return SETS / region / set_in_force(arguments).version


def texts_of(folder: Path) -> Bundle:
    """The texts of the set in a folder.

    Raises:
        BadInput: a file cannot be read.
    """
    try:
        return read_bundle(folder)
    except (OSError, ValueError) as error:
        raise BadInput(f"de regelset in {folder.name} is niet te lezen ({error}).") from error


def chosen_region(arguments: argparse.Namespace) -> str:
    """The region asked for, else that of this installation."""
    return load_region(arguments.regio or installed_region()).id
