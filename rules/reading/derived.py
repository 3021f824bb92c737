"""Reading the derived facts of a head: which function, over which facts, with which of the region's choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rules.derive.derive import FUNCTIONS, Function
from rules.reading.vocabulary import NAME, YES_NO
from rules.tables.grammar import Constant
from rules.tables.tree import Reading, Tree
from rules.values.derived import Argument, Derived
from rules.values.facts import Fact, FactType
from rules.values.findings import closest


def read_derived(
    tree: Tree | None, names: Mapping[str, Fact], parameters: Mapping[str, Constant], reading: Reading
) -> tuple[Derived, ...]:
    """The derived facts in order; each may use the facts and those before it."""
    reader = _Reader(dict(names), parameters, reading)
    found = [reader.read(name, item) for name, item in reading.mapping(tree, "afgeleid").items()]
    return tuple(item for item in found if item is not None)


@dataclass(slots=True)
class _Reader:
    known: dict[str, Fact]
    parameters: Mapping[str, Constant]
    reading: Reading

    def read(self, name: str, item: Tree) -> Derived | None:
        keys = dict(self.reading.mapping(item, name))
        word = self.reading.text(keys.pop("functie", None), f"{name}: functie", line=item.line)
        text = self.reading.text(keys.pop("tekst", None), f"{name}: tekst", needed=False)
        function = FUNCTIONS.get(word)
        if function is None or NAME.fullmatch(name) is None or name in self.known:
            self._explain(name, word, item.line)
            return None
        self.reading.only(keys, function.takes, name)
        arguments = {key: self._argument(f"{name}: {key}", key, keys.get(key), item.line) for key in function.takes}
        needs = self._needs(name, function, arguments, item.line)
        fact = Fact(name, function.gives, YES_NO if function.gives is FactType.JA_NEE else (), text=text)
        self.known[name] = fact
        return Derived(fact, word, MappingProxyType(arguments), needs)

    def _explain(self, name: str, word: str, line: int) -> None:
        if name in self.known:
            self.reading.wrong(f"„{name}” bestaat al", line)
        elif NAME.fullmatch(name) is None:
            self.reading.wrong(f"„{name}” is geen goede naam", line, allowed="kleine letters, cijfers en _")
        elif word:
            message = f"{name}: functie „{word}” bestaat niet"
            self.reading.wrong(message, line, allowed=", ".join(FUNCTIONS), meant=closest(word, FUNCTIONS))

    def _argument(self, what: str, key: str, tree: Tree | None, line: int) -> Argument:
        if tree is None:
            self.reading.wrong(f"{what} ontbreekt", line)
            return ""
        if key == "posten":
            return tuple(self._post(what, item) for item in self.reading.items(tree, what))
        if isinstance(tree.value, list):
            return self.reading.texts(tree, what)
        if isinstance(tree.value, int) and not isinstance(tree.value, bool):
            return tree.value
        return self._filled(what, self.reading.text(tree, what), tree.line)

    def _filled(self, what: str, text: str, line: int) -> Constant:
        """The text itself, or the value of the parameter that it names."""
        if not (text.startswith("[") and text.endswith("]")):
            return text
        name = text[1:-1]
        if name in self.parameters:
            return self.parameters[name]
        message = f"{what}: parameter [{name}] bestaat niet"
        self.reading.wrong(message, line, allowed=", ".join(self.parameters), meant=closest(name, self.parameters))
        return 0

    def _post(self, what: str, tree: Tree) -> Mapping[str, str | int]:
        keys = self.reading.mapping(tree, what)
        self.reading.only(keys, ("feit", "is", "punten"), what)
        raw = keys.get("punten")
        points: Constant | None = None
        if raw is not None and isinstance(raw.value, int) and not isinstance(raw.value, bool):
            points = raw.value
        elif raw is not None:
            points = self._filled(what, self.reading.text(raw, what), raw.line)
        if not isinstance(points, int):
            self.reading.wrong(f"{what}: punten moet een geheel getal zijn", tree.line)
            points = 0
        fact, value = self.reading.text(keys.get("feit"), what), self.reading.text(keys.get("is"), what)
        return MappingProxyType({"feit": fact, "is": value, "punten": points})

    def _needs(self, name: str, function: Function, arguments: Mapping[str, Argument], line: int) -> tuple[str, ...]:
        """The facts that the arguments name, checked to exist and to be of the right type."""
        used = _named(function, arguments)
        if function.many and not isinstance(arguments["van"], tuple):
            self.reading.wrong(f"{name}: van moet een lijst van feiten zijn", line, allowed="[a, b]")
        if not function.many and isinstance(arguments.get("van"), tuple):
            self.reading.wrong(f"{name}: van moet één feit zijn", line)
        for word, types in used:
            fact = self.known.get(word)
            if fact is None:
                message = f"{name}: feit „{word}” bestaat niet"
                self.reading.wrong(message, line, allowed="een feit", meant=closest(word, self.known))
            elif types and fact.type not in types:
                kinds = ", ".join(kind.value for kind in types)
                self.reading.wrong(f"{name}: „{word}” is van het type {fact.type}", line, allowed=f"type {kinds}")
        self._check_values(name, arguments, line)
        for key in ("leeftijd", "hoogstens"):
            if key in function.takes and not isinstance(arguments[key], int):
                self.reading.wrong(f"{name}: {key} moet een geheel getal zijn", line)
        return tuple(word for word, _ in used)

    def _check_values(self, name: str, arguments: Mapping[str, Argument], line: int) -> None:
        """That each value an argument compares with is one that some named fact can have."""
        for names, values in _compared(arguments):
            facts = [self.known[word] for word in names if word in self.known]
            for value in values:
                if facts and not any(fact.admits(value) for fact in facts):
                    allowed = ", ".join(fact.allowed() for fact in facts)
                    meant = closest(value, (word for fact in facts for word in fact.values))
                    self.reading.wrong(f"{name}: „{value}” is geen waarde", line, allowed=allowed, meant=meant)


def _named(function: Function, arguments: Mapping[str, Argument]) -> list[tuple[str, tuple[FactType, ...]]]:
    """The facts that the arguments name, each with the types it may have."""
    found: list[tuple[str, tuple[FactType, ...]]] = []
    of, posts = arguments.get("van"), arguments.get("posten")
    if isinstance(of, tuple):
        found += [(str(word), function.of) for word in of]
    elif of is not None:
        found.append((str(of), function.of))
    if isinstance(posts, tuple):
        found += [(str(post["feit"]), ()) for post in posts if isinstance(post, Mapping)]
    if "waarde" in arguments:
        found.append((str(arguments["waarde"]), (FactType.GEMEENTE, FactType.KEUZE)))
    return found


def _compared(arguments: Mapping[str, Argument]) -> list[tuple[list[str], list[str]]]:
    """Groups of facts with the values they are compared with."""
    found: list[tuple[list[str], list[str]]] = []
    of, wanted, posts = arguments.get("van"), arguments.get("is"), arguments.get("posten")
    if wanted is not None and isinstance(of, tuple):
        words = wanted if isinstance(wanted, tuple) else (wanted,)
        found.append(([str(name) for name in of], [str(word) for word in words]))
    scored = posts if isinstance(posts, tuple) else ()
    found += [([str(post["feit"])], [str(post["is"])]) for post in scored if isinstance(post, Mapping)]
    return found
