"""The words of all rule sets: `feiten.yaml`, the facts a table may ask about and the outcomes it may give."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rules.tables.tree import Reading, Tree, read_tree
from rules.values.facts import UNKNOWN_WORD, Fact, FactType, Outcome, Value
from rules.values.findings import closest

YES_NO = ("ja", "nee")
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
NUMBER = re.compile(r"-?[0-9]{1,7}")
WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,59}")

_FACT_KEYS = ("type", "waarden", "van", "tot", "tekst", "teksten")
_OUTCOME_KEYS = (*_FACT_KEYS, "standaard", "samen")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The facts of the form and the outcomes of the advice."""

    facts: Mapping[str, Fact]
    outcomes: Mapping[str, Outcome]


def read_vocabulary(path: Path, reading: Reading) -> Vocabulary:
    """The facts and outcomes in a file; what is wrong is noted in `reading`."""
    tree = read_tree(path, reading)
    keys = reading.mapping(tree, "feiten.yaml")
    reading.only(keys, ("feiten", "uitkomsten"), "feiten.yaml")
    facts = {
        name: fact
        for name, item in reading.mapping(keys.get("feiten"), "feiten").items()
        if (fact := read_fact(name, item, reading, _FACT_KEYS)) is not None
    }
    outcomes = read_outcomes(keys.get("uitkomsten"), reading)
    for name in facts.keys() & outcomes.keys():
        reading.wrong(f"„{name}” is zowel feit als uitkomst")
    return Vocabulary(MappingProxyType(facts), MappingProxyType(outcomes))


def read_outcomes(tree: Tree | None, reading: Reading, *, own: bool = False) -> dict[str, Outcome]:
    """The outcomes under a key, in order."""
    found: dict[str, Outcome] = {}
    for name, item in reading.mapping(tree, "uitkomsten").items():
        fact = read_fact(name, item, reading, _OUTCOME_KEYS)
        if fact is None:
            continue
        keys = reading.mapping(item, name)
        together = reading.text(keys.get("samen"), f"{name}: samen", needed=False) or "laatste"
        if together not in ("laatste", "hoogste"):
            reading.wrong(f"{name}: samen kan niet „{together}” zijn", item.line, allowed="laatste, hoogste")
        default = _default(fact, keys.get("standaard"), reading)
        found[name] = Outcome(fact, default, highest_wins=together == "hoogste", own=own)
    return found


def read_fact(name: str, tree: Tree, reading: Reading, allowed: tuple[str, ...]) -> Fact | None:
    """One fact or outcome, or None when its type is not known."""
    keys = reading.mapping(tree, name)
    reading.only(keys, allowed, name)
    if NAME.fullmatch(name) is None:
        reading.wrong(f"„{name}” is geen goede naam", tree.line, allowed="kleine letters, cijfers en _")
        return None
    kind = reading.text(keys.get("type"), f"{name}: type", line=tree.line)
    if kind not in list(FactType):
        kinds = [item.value for item in FactType]
        if kind:
            reading.wrong(
                f"{name}: type „{kind}” bestaat niet", tree.line, allowed=", ".join(kinds), meant=closest(kind, kinds)
            )
        return None
    low, high = reading.number(keys.get("van"), f"{name}: van"), reading.number(keys.get("tot"), f"{name}: tot")
    if low is not None and high is not None and low > high:
        reading.wrong(f"{name}: van ({low}) is hoger dan tot ({high})", tree.line)
    return Fact(
        name=name,
        type=FactType(kind),
        values=YES_NO if kind == FactType.JA_NEE else _values(name, keys.get("waarden"), reading),
        low=low,
        high=high,
        text=reading.text(keys.get("tekst"), f"{name}: tekst", needed=False),
        texts=MappingProxyType(_texts(name, keys.get("teksten"), reading)),
    )


def _values(name: str, tree: Tree | None, reading: Reading) -> tuple[str, ...]:
    values = reading.texts(tree, f"{name}: waarden")
    for place, value in enumerate(values):
        if WORD.fullmatch(value) is None or value == UNKNOWN_WORD:
            reading.wrong(f"{name}: „{value}” kan geen waarde zijn", tree.line if tree else 0)
        if value in values[:place]:
            reading.wrong(f"{name}: waarde „{value}” staat er twee keer", tree.line if tree else 0)
    return values


def _texts(name: str, tree: Tree | None, reading: Reading) -> dict[str, str]:
    return {
        key: reading.text(item, f"{name}: {key}") for key, item in reading.mapping(tree, f"{name}: teksten").items()
    }


def _default(fact: Fact, tree: Tree | None, reading: Reading) -> Value | None:
    text = reading.text(tree, f"{fact.name}: standaard", needed=False)
    if not text:
        return None
    good = NUMBER.fullmatch(text) is not None if fact.type is FactType.GETAL else fact.admits(text)
    if fact.type.is_list or fact.type.is_opaque or not good:
        message = f"{fact.name}: standaard „{text}” is niet toegestaan"
        reading.wrong(message, tree.line if tree else 0, allowed=fact.allowed(), meant=closest(text, fact.values))
        return None
    return int(text) if fact.type is FactType.GETAL else text
