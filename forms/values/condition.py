"""When a question is asked: a small closed Dutch grammar, parsed when the form is loaded and never evaluated as code.

    nationaliteit is niet nederlands
    kinderen_mee > 0 of zwanger is ja
    (brp_adres is een van (woonadres, briefadres)) en leeftijd < 23
    lopende_hulp niet leeg
    gevraagd bevat opvang

`en` binds tighter than `of`. Three-valued: a comparison with an unknown answer is unknown (None), not false.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

MAX_DEPTH = 10
_TOKEN = re.compile(r"\s*(<=|>=|[()<>=,]|[A-Za-z0-9_]+|\S)")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_WORD = re.compile(r"[A-Za-z0-9_]+\Z")
_RESERVED = frozenset({"is", "niet", "een", "van", "leeg", "bevat", "en", "of"})


class ConditionError(ValueError):
    """A condition that the grammar does not know; the message is Dutch and says what is allowed."""


class Operator(Enum):
    """The comparisons that a condition may make."""

    IS = "is"
    IS_NIET = "is niet"
    KLEINER = "<"
    HOOGSTENS = "<="
    GROTER = ">"
    MINSTENS = ">="
    BEVAT = "bevat"
    LEEG = "leeg"
    NIET_LEEG = "niet leeg"


class Mark(Enum):
    """What stands where there is no answer."""

    UNKNOWN = "onbekend"
    NOT_ASKED = "niet gevraagd"


NUMERIC = frozenset({Operator.KLEINER, Operator.HOOGSTENS, Operator.GROTER, Operator.MINSTENS})

Answer = str | int | tuple[str, ...] | Mark
Lookup = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact against one or more values; with more values, one that fits is enough."""

    fact: str
    operator: Operator
    values: tuple[str, ...] = ()

    def holds(self, lookup: Lookup) -> bool | None:
        """True, False, or None when the answer is unknown; about a question that is not asked nothing is true."""
        answer = lookup(self.fact)
        if answer is Mark.UNKNOWN:
            return None
        if answer is Mark.NOT_ASKED:
            return False
        return self._compare(answer)

    def comparisons(self) -> Iterator["Comparison"]:
        """Itself; the same verb as on `Junction`."""
        yield self

    def _compare(self, answer: str | int | tuple[str, ...] | Mark) -> bool:
        if self.operator in NUMERIC:
            return isinstance(answer, int) and _ordered(answer, self.operator, int(self.values[0]))
        if self.operator is Operator.BEVAT:
            return isinstance(answer, tuple) and any(value in answer for value in self.values)
        if self.operator in (Operator.LEEG, Operator.NIET_LEEG):
            return (answer == ()) is (self.operator is Operator.LEEG)
        return (str(answer) in self.values) is (self.operator is Operator.IS)


@dataclass(frozen=True, slots=True)
class Junction:
    """Parts joined by `en` (all must hold) or `of` (one is enough)."""

    every: bool
    parts: tuple["Comparison | Junction", ...]

    def holds(self, lookup: Lookup) -> bool | None:
        """Kleene's three-valued and/or: the part that decides wins, else an unknown part makes it unknown."""
        truths = [part.holds(lookup) for part in self.parts]
        decisive = not self.every
        if decisive in truths:
            return decisive
        return None if None in truths else self.every

    def comparisons(self) -> Iterator[Comparison]:
        """Every comparison in it."""
        for part in self.parts:
            yield from part.comparisons()


Condition = Comparison | Junction


def parse_condition(text: str) -> Condition:
    """The condition that `text` writes.

    Raises:
        ConditionError: the text is not in the grammar.
    """
    parser = _Parser(_TOKEN.findall(text))
    condition = parser.any_of(0)
    if parser.peek():
        raise ConditionError(f"na “{parser.before()}” staat “{parser.peek()}”; daar kan alleen “en” of “of” staan")
    return condition


def _ordered(answer: int, operator: Operator, bound: int) -> bool:
    match operator:
        case Operator.KLEINER:
            return answer < bound
        case Operator.HOOGSTENS:
            return answer <= bound
        case Operator.GROTER:
            return answer > bound
        case _:
            return answer >= bound


class _Parser:
    """Recursive descent over the tokens, one method per level of the grammar."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def before(self) -> str:
        return self._tokens[self._at - 1] if self._at else "het begin"

    def any_of(self, depth: int) -> Condition:
        return self._joined("of", lambda: self._all_of(depth), every=False)

    def _all_of(self, depth: int) -> Condition:
        return self._joined("en", lambda: self._term(depth), every=True)

    def _joined(self, word: str, part: Callable[[], Condition], *, every: bool) -> Condition:
        parts = [part()]
        while self._accept(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(every, tuple(parts))

    def _term(self, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise ConditionError(f"meer dan {MAX_DEPTH} haakjes diep; maak de voorwaarde eenvoudiger")
        if not self._accept("("):
            return self._comparison()
        inner = self.any_of(depth + 1)
        self._expect(")")
        return inner

    def _comparison(self) -> Comparison:
        fact = self._take("de naam van een vraag", _NAME)
        operator = self._operator()
        match operator:
            case Operator.LEEG | Operator.NIET_LEEG:
                return Comparison(fact, operator)
            case Operator.IS | Operator.IS_NIET | Operator.BEVAT:
                return Comparison(fact, operator, self._values())
            case Operator.KLEINER | Operator.HOOGSTENS | Operator.GROTER | Operator.MINSTENS:
                return Comparison(fact, operator, (self._take("een getal", re.compile(r"[0-9]{1,6}\Z")),))
            case _:
                assert_never(operator)

    def _operator(self) -> Operator:
        word = self.peek()
        self._at += 1
        match word:
            case "is":
                return Operator.IS_NIET if self._accept("niet") else Operator.IS
            case "niet":
                self._expect("leeg")
                return Operator.NIET_LEEG
            case "=":
                return Operator.IS
            case "leeg" | "bevat" | "<" | "<=" | ">" | ">=":
                return Operator(word)
            case _:
                allowed = "is, is niet, is een van (…), bevat, leeg, niet leeg, <, <=, > of >="
                raise ConditionError(f"“{word}” is geen vergelijking; gebruik {allowed}")

    def _values(self) -> tuple[str, ...]:
        if not self._accept("een"):
            return (self._take("een waarde", _WORD),)
        self._expect("van")
        self._expect("(")
        values = [self._take("een waarde", _WORD)]
        while self._accept(","):
            values.append(self._take("een waarde", _WORD))
        self._expect(")")
        return tuple(values)

    def _take(self, wanted: str, shape: re.Pattern[str]) -> str:
        word = self.peek()
        if not shape.match(word) or word in _RESERVED:
            raise ConditionError(f"na “{self.before()}” wordt {wanted} verwacht, niet “{word or 'het einde'}”")
        self._at += 1
        return word

    def _accept(self, word: str) -> bool:
        if self.peek() != word:
            return False
        self._at += 1
        return True

    def _expect(self, word: str) -> None:
        if not self._accept(word):
            raise ConditionError(f"na “{self.before()}” wordt “{word}” verwacht, niet “{self.peek() or 'het einde'}”")
