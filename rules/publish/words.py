"""What a cell or a result says, in plain Dutch, with the words that the facts have for their values."""

from collections.abc import Iterable

from config.gemeenten import naam_van
from rules.tables.grammar import Constant, Reference, Result
from rules.tables.table import HitPolicy
from rules.values.cells import Cell, Range, Test
from rules.values.coined import spoken
from rules.values.facts import GEMEENTE_CODE, Fact

POLICY_TEXT = {
    HitPolicy.EERSTE: "De eerste regel die past, beslist.",
    HitPolicy.UNIEK: "Precies één regel past.",
    HitPolicy.ELKE: "Alle regels die passen, zeggen hetzelfde.",
    HitPolicy.VERZAMEL: "Elke regel die past, telt mee.",
    HitPolicy.VOORRANG: "Elke regel die past, telt mee; de zwaarste uitkomst staat voorop.",
}
_SAID = {
    Test.ANY: "maakt niet uit",
    Test.ONE_OF: "{}",
    Test.NONE_OF: "niet {}",
    Test.KNOWN: "bekend",
    Test.NEVER_KNOWN: "niet bekend",
    Test.HAS_ANY: "{} staat erbij",
    Test.HAS_ALL: "{} staan erbij",
    Test.HAS_NONE: "{} staat er niet bij",
    Test.EMPTY: "niets",
    Test.NOT_EMPTY: "ten minste één",
    Test.FIRST: "{} staat voorop",
}
_OR_UNKNOWN = " (of niet bekend)"


def cell_text(cell: Cell, fact: Fact) -> str:
    """What has to hold, after the name of the fact: `minder dan 18`, `geen slaapplek`; a parameter's name behind it."""
    text = _test(cell, fact) + (_OR_UNKNOWN if cell.or_unknown and cell.test is not Test.NEVER_KNOWN else "")
    names = [part.partition("]")[0] for part in cell.text.split("[")[1:]]
    return f"{text} [{', '.join(names)}]" if names else text


def _test(cell: Cell, fact: Fact) -> str:
    if cell.test is Test.RANGES:
        return either(_range(part) for part in cell.ranges)
    words = [value_text(word, fact) for word in cell.words]
    return _SAID[cell.test].format(" én ".join(words) if cell.test is Test.HAS_ALL else either(words))


def result_text(result: Result, outcome: Fact, named: dict[str, Fact]) -> str:
    """What an outcome becomes, in words; a reference is told by the name of its fact."""
    parts = []
    for part in result:
        if isinstance(part, Reference):
            fact = named.get(part.name)
            parts.append(f"dezelfde als: {fact.label if fact else part.name}")
        else:
            parts.append(value_text(part, outcome))
    return ", ".join(parts)


def value_text(value: str | int, fact: Fact) -> str:
    """One value in words: the text of the fact, the name of a gemeente, else the code without underscores."""
    if isinstance(value, int):
        return str(value)
    if value in fact.texts:
        return fact.texts[value]
    return naam_van(value) if GEMEENTE_CODE.fullmatch(value) else spoken(value)


def constant_text(value: Constant) -> str:
    """The value of a parameter in words."""
    if isinstance(value, int):
        return str(value)
    words = (value,) if isinstance(value, str) else value
    return ", ".join(naam_van(word) if GEMEENTE_CODE.fullmatch(word) else spoken(word) for word in words)


def either(words: Iterable[str]) -> str:
    """`a`, `a of b`, `a, b of c`."""
    listed = list(words)
    return " of ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)


def _range(part: Range) -> str:
    if part.low is None:
        return f"minder dan {part.high + 1}" if part.high is not None else "een getal"
    if part.high is None:
        return f"{part.low} of meer"
    return str(part.low) if part.low == part.high else f"{part.low} tot en met {part.high}"
