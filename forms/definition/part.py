"""A mapping of a question file, read key by key; whatever is wrong becomes a finding with its line."""

import re
from difflib import get_close_matches

from forms.definition.source import Finding, Node

NAME = re.compile(r"[a-z][a-z0-9_]{1,59}\Z")


class Part:
    """A mapping of a file, read key by key; each fault is noted and a harmless value takes its place."""

    def __init__(self, node: Node, allowed: tuple[str, ...], findings: list[Finding]) -> None:
        self.findings = findings
        self.here = node
        self._entries = node.entries or {}
        if node.entries is None:
            self.wrong(node, f"hier wordt een blok met sleutels verwacht: {', '.join(allowed)}")
        for key, value in self._entries.items():
            if key not in allowed:
                self.wrong(value, f"“{key}” is geen sleutel hier.{meant(key, allowed)} Kies uit: {', '.join(allowed)}")

    def node(self, key: str) -> Node | None:
        """The node of a key, if there is one."""
        return self._entries.get(key)

    def text(self, key: str) -> str:
        """The text of a key, without space around it; empty when there is none."""
        value = self._entries.get(key)
        if value is not None and value.text is None:
            self.wrong(value, f"“{key}” is een tekst, geen lijst of blok")
        return (value.text or "").strip() if value else ""

    def needed(self, key: str) -> str:
        """The text of a key that may not be missing."""
        text = self.text(key)
        if not text:
            self.wrong(self._entries.get(key) or self.here, f"“{key}” ontbreekt{self.of()}; dat is verplicht")
        return text

    def name(self, key: str) -> str:
        """The text of a key that must be a name: small letters, digits and underscores."""
        text = self.needed(key)
        if text and not NAME.match(text):
            self.wrong(self._entries[key], f"“{text}” kan geen naam zijn: kleine letters, cijfers en _ (a-z eerst)")
        return text

    def word(self, key: str, allowed: tuple[str, ...], default: str, *, needed: bool = False) -> str:
        """The one word of a key, out of `allowed`."""
        value = self._entries.get(key)
        if value is None and needed:
            self.wrong(self.here, f"“{key}” ontbreekt{self.of()}; kies uit: {', '.join(allowed)}")
        if value is None:
            return default
        return next(iter(self.words_of(value, allowed, key)), default)

    def words_of(self, value: Node, allowed: tuple[str, ...], kind: str) -> list[str]:
        """The word or words of a node, as far as they are in `allowed`; `kind` names them in a finding."""
        good = []
        for item in value.items if value.items is not None else (value,):
            if item.text in allowed:
                good.append(item.text)
            else:
                given = item.text or "een blok"
                hint = meant(given, allowed)
                self.wrong(item, f"“{given}” is geen {kind}.{hint} Kies uit: {', '.join(allowed)}")
        return [word for word in good if word is not None]

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Whether a key says `ja`."""
        return self.word(key, ("ja", "nee"), "ja" if default else "nee") == "ja"

    def number(self, key: str, default: int) -> int:
        """The whole number of a key, from 1."""
        text = self.text(key)
        if text and not re.fullmatch(r"[1-9][0-9]{0,4}", text):
            self.wrong(self._entries[key], f"“{key}” is een getal van 1 tot en met 99999, niet “{text}”")
            return default
        return int(text) if text else default

    def bounds(self) -> tuple[int, int] | None:
        """The two numbers of `bereik`, low and high."""
        value = self._entries.get("bereik")
        if value is None:
            return None
        texts = [item.text or "" for item in value.items or ()]
        if len(texts) != 2 or not all(re.fullmatch(r"-?[0-9]{1,4}", text) for text in texts):  # noqa: PLR2004
            self.wrong(value, "“bereik” is een lijst van twee getallen: [laagste, hoogste]")
            return None
        low, high = int(texts[0]), int(texts[1])
        if low > high:
            self.wrong(value, f"“bereik” loopt van laag naar hoog, niet van {low} naar {high}")
        return low, high

    def mapping(self, key: str) -> dict[str, Node]:
        """The entries of a key that holds a block; empty when there is none."""
        value = self._entries.get(key)
        if value is not None and value.entries is None:
            self.wrong(value, f"“{key}” is een blok met per regel een sleutel")
        return (value.entries or {}) if value else {}

    def of(self) -> str:
        """` bij vraag “…”` for a finding, when this is a question with a name."""
        named = self._entries.get("vraag")
        return f" bij vraag “{named.text}”" if named and named.text else ""

    def wrong(self, node: Node, text: str) -> None:
        """Notes a finding at a node."""
        self.findings.append(node.wrong(text))


def meant(word: str, allowed: tuple[str, ...]) -> str:
    """` Bedoelde u “…”?` when one of `allowed` looks like `word`, else an empty text."""
    close = get_close_matches(word[:60], allowed, n=1, cutoff=0.6)
    return f" Bedoelde u “{close[0]}”?" if close else ""
