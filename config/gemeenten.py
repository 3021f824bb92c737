"""The gemeenten of the Netherlands by CBS code, each with its centrumgemeente region where known."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


class UnknownGemeente(LookupError):
    """No gemeente has this code or name; the message is Dutch and shows what was given."""


@dataclass(frozen=True, slots=True)
class Gemeente:
    """A gemeente: CBS code (`GM0599`), name, and the centrumgemeente of its BW/MO region (None: not known)."""

    code: str
    naam: str
    centrumregio: str | None


def _load() -> Mapping[str, Gemeente]:
    text = files("config").joinpath("gemeenten.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return MappingProxyType(
        {row["code"]: Gemeente(row["code"], row["naam"], row["centrumregio"] or None) for row in rows}
    )


GEMEENTEN: Mapping[str, Gemeente] = _load()


@cache
def _by_name() -> Mapping[str, Gemeente]:
    return {gemeente.naam.casefold(): gemeente for gemeente in GEMEENTEN.values()}


def find(text: str) -> Gemeente:
    """The gemeente with this code or this name (case does not matter).

    Raises:
        UnknownGemeente: there is none.
    """
    wanted = text.strip()
    gemeente = GEMEENTEN.get(wanted.upper()) or _by_name().get(wanted.casefold())
    if gemeente is None:
        raise UnknownGemeente(f"Er is geen gemeente met code of naam “{wanted[:60]}”.")
    return gemeente


def naam_van(code: str) -> str:
    """The name of the gemeente with this code; the code itself when it is not known."""
    gemeente = GEMEENTEN.get(code)
    return gemeente.naam if gemeente else code
