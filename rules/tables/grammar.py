"""The closed Dutch grammar of cells: from what the policy officer wrote to a test or a result."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rules.values.cells import ALWAYS, Cell, Range, Test
from rules.values.facts import UNKNOWN_WORD, Fact, FactType
from rules.values.findings import GrammarError, closest, shown

LONGEST_CELL = 400
NOTHING = ("", "-")

_PARAMETER = re.compile(r"\[([a-z][a-z0-9_]*)\]")
_REFERENCE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_OF = re.compile(r"\s+of\s+")
_EN = re.compile(r"\s+en\s+")
_COMMA = re.compile(r"\s*,\s*")
_COMPARE = re.compile(r"(<=|>=|<|>|=)?\s*(-?[0-9]{1,7})")
_BETWEEN = re.compile(r"(-?[0-9]{1,7})\s+(tot|t/m)\s+(-?[0-9]{1,7})")
_LIST_PREFIXES = (
    ("bevat niet ", Test.HAS_NONE),
    ("bevat alle ", Test.HAS_ALL),
    ("bevat ", Test.HAS_ANY),
    ("eerste ", Test.FIRST),
)
_LIST_HELP = "bevat x, bevat x of y, bevat alle x en y, bevat niet x, eerste x, leeg, niet leeg, bekend, onbekend, -"
_NUMBER_HELP = "< 18, <= 14, > 0, >= 23, = 3, 18 tot 23, 18 t/m 22, bekend, onbekend, -"

Constant: TypeAlias = str | int | tuple[str, ...]


class Choices(Mapping[str, Constant]):
    """The region's choices (parameters) by name; notes in `filled_in` whose value was asked for."""

    def __init__(self, values: Mapping[str, Constant]) -> None:
        self.values_by_name, self.filled_in = dict(values), set[str]()

    def __getitem__(self, name: str) -> Constant:
        """The value, which from now on counts as filled in."""
        self.filled_in.add(name)
        return self.values_by_name[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a choice; asking that fills nothing in."""
        return name in self.values_by_name

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of the head."""
        return iter(self.values_by_name)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.values_by_name)


@dataclass(frozen=True, slots=True)
class Reference:
    """An outcome takes the value of this fact, outcome or derived fact."""

    name: str


Result: TypeAlias = tuple[str | int | Reference, ...]


def read_cell(text: str, fact: Fact, parameters: Mapping[str, Constant]) -> Cell:
    """The test that a condition cell makes on `fact`.

    Raises:
        GrammarError: the cell does not follow the grammar or names a value the fact cannot have.
    """
    text = _checked(text)
    if text in NOTHING:
        return ALWAYS
    plain = _fill_in(text, parameters)
    if plain == "niet onbekend":
        return Cell(test=Test.KNOWN, text=text)
    if fact.type.is_list:
        return _list_cell(text, plain, fact)
    return _single_cell(text, plain, fact)


def read_result(
    text: str, outcome: Fact, names: Mapping[str, Fact], parameters: Mapping[str, Constant]
) -> Result | None:
    """What an outcome cell gives: one value, several for a list outcome, None when it says nothing.

    Raises:
        GrammarError: the value is not allowed for this outcome.
    """
    text = _checked(text)
    if text in NOTHING:
        return None
    parts = tuple(_COMMA.split(_fill_in(text, parameters, between=", ")))
    if len(parts) > 1 and not outcome.type.is_list:
        raise GrammarError(f"{outcome.name} heeft maar één waarde", outcome.allowed())
    return tuple(_result_part(part, outcome, names) for part in parts)


def _checked(text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise GrammarError(f"de cel is te lang ({len(text)} tekens)", f"hoogstens {LONGEST_CELL} tekens")
    return " ".join(text.split())


def _fill_in(text: str, parameters: Mapping[str, Constant], between: str = " of ") -> str:
    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in parameters:
            raise GrammarError(f"parameter [{name}] bestaat niet", ", ".join(parameters), closest(name, parameters))
        found = parameters[name]
        return between.join(found) if isinstance(found, tuple) else str(found)

    return _PARAMETER.sub(value, text)


def _alternatives(text: str) -> tuple[tuple[str, ...], bool]:
    words = tuple(_OF.split(text))
    known = tuple(word for word in words if word != UNKNOWN_WORD)
    return known, len(known) < len(words)


def _checked_words(words: tuple[str, ...], fact: Fact) -> tuple[str, ...]:
    for word in words:
        if not fact.admits(word):
            message = f"„{shown(word)}” is geen waarde van {fact.name}"
            raise GrammarError(message, f"{fact.allowed()}, bekend, onbekend, -", closest(word, fact.values))
    return words


def _single_cell(text: str, plain: str, fact: Fact) -> Cell:
    words, or_unknown = _alternatives(plain)
    if not words:
        return Cell(test=Test.NEVER_KNOWN, text=text, or_unknown=True)
    if words == ("bekend",):
        return Cell(test=Test.KNOWN, text=text, or_unknown=or_unknown)
    if fact.type.is_opaque:
        raise GrammarError(
            f"„{shown(text)}” kan niet: van {fact.name} telt alleen of het bekend is", "bekend, onbekend, -"
        )
    if fact.type is FactType.GETAL:
        ranges = tuple(_range(word, fact) for word in words)
        return Cell(test=Test.RANGES, text=text, ranges=ranges, or_unknown=or_unknown)
    test = Test.ONE_OF
    if words[0].startswith("niet "):
        test, words = Test.NONE_OF, (words[0].removeprefix("niet ").strip(), *words[1:])
    return Cell(test=test, text=text, words=_checked_words(words, fact), or_unknown=or_unknown)


def _list_cell(text: str, plain: str, fact: Fact) -> Cell:
    for prefix, test in _LIST_PREFIXES:
        if plain.startswith(prefix):
            rest = plain.removeprefix(prefix)
            words, or_unknown = _alternatives(rest)
            if test is Test.HAS_ALL:
                words = tuple(_EN.split(words[0])) if len(words) == 1 else ()
            if not words:
                raise GrammarError(f"„{shown(text)}” kan niet gelezen worden", _LIST_HELP)
            return Cell(test=test, text=text, words=_checked_words(words, fact), or_unknown=or_unknown)
    words, or_unknown = _alternatives(plain)
    simple = {(): Test.NEVER_KNOWN, ("bekend",): Test.KNOWN, ("leeg",): Test.EMPTY, ("niet leeg",): Test.NOT_EMPTY}
    found = simple.get(words)
    if found is None:
        meant = f"bevat {plain}" if all(fact.admits(word) for word in words) else ""
        raise GrammarError(f"„{shown(text)}” kan niet: {fact.name} is een lijst", _LIST_HELP, meant)
    return Cell(test=found, text=text, or_unknown=or_unknown)


def _range(word: str, fact: Fact) -> Range:
    found = _between(word) or _compare(word)
    if found is None:
        raise GrammarError(f"„{shown(word)}” is geen getal of grens voor {fact.name}", _NUMBER_HELP)
    too_high = fact.high is not None and found.low is not None and found.low > fact.high
    too_low = fact.low is not None and found.high is not None and found.high < fact.low
    if found.low is not None and found.high is not None and found.low > found.high:
        raise GrammarError(
            f"„{shown(word)}” kan nooit gelden voor {fact.name}", "eerst het laagste getal, dan het hoogste"
        )
    if too_high or too_low:
        raise GrammarError(f"„{shown(word)}” kan nooit gelden voor {fact.name}", fact.allowed())
    return found


def _between(word: str) -> Range | None:
    match = _BETWEEN.fullmatch(word)
    if match is None:
        return None
    end = int(match[3]) - (1 if match[2] == "tot" else 0)
    return Range(int(match[1]), end)


def _compare(word: str) -> Range | None:
    match = _COMPARE.fullmatch(word)
    if match is None:
        return None
    number = int(match[2])
    match match[1]:
        case "<":
            return Range(None, number - 1)
        case "<=":
            return Range(None, number)
        case ">":
            return Range(number + 1, None)
        case ">=":
            return Range(number, None)
        case _:
            return Range(number, number)


def _result_part(part: str, outcome: Fact, names: Mapping[str, Fact]) -> str | int | Reference:
    reference = _REFERENCE.fullmatch(part)
    if reference is not None:
        return _reference(reference[1], outcome, names)
    if outcome.type is FactType.GETAL:
        if re.fullmatch(r"-?[0-9]{1,7}", part) is None:
            raise GrammarError(f"„{shown(part)}” is geen getal", outcome.allowed())
        return int(part)
    if not outcome.admits(part):
        message = f"„{shown(part)}” is geen waarde van {outcome.name}"
        raise GrammarError(message, outcome.allowed(), closest(part, outcome.values))
    return part


def _reference(name: str, outcome: Fact, names: Mapping[str, Fact]) -> Reference:
    found = names.get(name)
    if found is None:
        raise GrammarError(f"{{{name}}} bestaat niet", "een feit of uitkomst", closest(name, names))
    if found.type is not outcome.type or found.type.is_list:
        raise GrammarError(f"{{{name}}} past niet bij {outcome.name}", outcome.allowed())
    return Reference(name)
