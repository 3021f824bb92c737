"""argparse that speaks Dutch."""

import argparse
import re
import sys
from typing import Any, NoReturn

_MESSAGES = (
    (r"the following arguments are required: (.*)", r"dit ontbreekt: \1"),
    (r"unrecognized arguments: (.*)", r"dit kent de opdracht niet: \1"),
    (r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)", r"\1: \2 kan niet; kies uit \3"),
    (r"argument (.*?): expected one argument", r"\1: hier hoort een waarde achter"),
    (r"argument (.*?): invalid (?:int|_?\w+) value: (.*)", r"\1: \2 is geen geldige waarde"),
    (r"argument (.*)", r"\1"),
)


def _dutch(message: str) -> str:
    for pattern, replacement in _MESSAGES:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, replacement, message, flags=re.DOTALL)
    return message


class _DutchFormatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class DutchParser(argparse.ArgumentParser):
    """An argument parser with Dutch headings, help and errors."""

    def __init__(self, **options: Any) -> None:
        """Take what `argparse.ArgumentParser` takes."""
        options.setdefault("formatter_class", _DutchFormatter)
        options.setdefault("allow_abbrev", False)
        super().__init__(**options, add_help=False)
        self._positionals.title = "gegevens"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message in Dutch and stop with exit code 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {_dutch(message)}\n")
