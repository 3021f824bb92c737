"""From the nodes of a question file to sections and questions; whatever is wrong becomes a finding, all at once."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from forms.condition import Condition, ConditionError, parse_condition
from forms.question import (
    CHOICE_TYPES,
    GEEN,
    LIST_TYPES,
    ONBEKEND,
    TEXT_TYPES,
    WIL_NIET_ZEGGEN,
    Column,
    Gevoeligheid,
    Option,
    Question,
    QuestionType,
    Section,
)
from forms.source import Finding, Node

RECEIVERS = (
    "client", "wijkteam", "gemeente", "regionale_toegang", "jongerenloket", "vrouwenopvang", "aanbieder",
    "crisisdienst", "zorgkantoor", "coa", "andere_regio",
)  # fmt: skip
LETTERS = ("a", "b", "c", "d", "e", "f", "g")

_SECTION_KEYS = ("sectie", "titel", "uitleg", "bewaren", "ontvangers", "vragen")
_QUESTION_KEYS = (
    "vraag", "label", "help", "type", "opties", "kolommen", "als", "vervolg", "doel", "grondslag", "gevoeligheid",
    "bewaren", "letter", "ontvangers", "spoedstart", "feit", "wil_niet_zeggen", "weet_niet", "adres", "verslag",
    "bereik", "max_lengte",
)  # fmt: skip
_COLUMN_KEYS = ("label", "help", "type", "opties", "verplicht", "bereik", "max_lengte", "weet_niet")
_KEY = re.compile(r"[a-z][a-z0-9_]{1,59}\Z")
_JA_NEE = (Option("ja", "Ja"), Option("nee", "Nee"))
_WEET_NIET = Option(ONBEKEND, "Weet ik niet")
_WIL_NIET = Option(WIL_NIET_ZEGGEN, "Wil dit niet zeggen")
_NO_UNKNOWN = TEXT_TYPES | {QuestionType.RIJEN}
_LONGEST = {QuestionType.VERHAAL: 4000}
_IN_ROWS = frozenset(QuestionType) - LIST_TYPES - {QuestionType.RIJEN, QuestionType.ZRM, QuestionType.BSN}


@dataclass(frozen=True, slots=True)
class Head:
    """What holds for the whole form: its title, the retention terms and the named groups of receivers."""

    titel: str = ""
    bewaren: dict[str, str] = field(default_factory=dict)
    groepen: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A question with the node it came from, for findings about it in relation to others."""

    question: Question
    node: Node


def read_head(node: Node, findings: list[Finding]) -> Head:
    """The head (`formulier.yaml`)."""
    part = _Part(node, ("titel", "bewaren", "groepen"), findings)
    terms = {key: value.text or "" for key, value in part.mapping("bewaren").items()}
    groups = {
        name: frozenset(part.words_of(value, RECEIVERS, "ontvanger")) for name, value in part.mapping("groepen").items()
    }
    return Head(part.needed("titel"), terms, groups)


def read_section(node: Node, head: Head, findings: list[Finding]) -> tuple[Section, tuple[Placed, ...]]:
    """One section with its questions, each beside its node."""
    part = _Part(node, _SECTION_KEYS, findings)
    key = part.name("sectie")
    listed = part.node("vragen")
    if listed is None or not listed.items:
        findings.append(node.wrong("een sectie heeft “vragen”: een lijst van minstens één vraag"))
        return Section(key, part.needed("titel"), part.text("uitleg"), ()), ()
    placed = tuple(Placed(_question(item, part, key, head), item) for item in listed.items)
    section = Section(key, part.needed("titel"), part.text("uitleg"), tuple(item.question for item in placed))
    return section, placed


def _question(node: Node, section: "_Part", section_key: str, head: Head) -> Question:
    part = _Part(node, _QUESTION_KEYS, section.findings)
    kind = part.word("type", tuple(QuestionType), QuestionType.TEKST, needed=True)
    part.refuse_unfit(QuestionType(kind))
    return Question(
        key=part.name("vraag"),
        label=part.needed("label"),
        type=QuestionType(kind),
        section=section_key,
        doel=part.needed("doel"),
        grondslag=part.needed("grondslag"),
        help=part.text("help"),
        options=part.options(QuestionType(kind)),
        columns=part.columns(),
        when=part.condition(),
        gevoeligheid=Gevoeligheid(part.word("gevoeligheid", tuple(Gevoeligheid), Gevoeligheid.GEWOON)),
        bewaren=part.inherited("bewaren", section, tuple(head.bewaren)),
        letter=part.word("letter", LETTERS, ""),
        ontvangers=part.receivers(section, head),
        spoedstart=part.flag("spoedstart"),
        feit=part.flag("feit"),
        vervolg=part.flag("vervolg"),
        adres=part.flag("adres"),
        verslag=part.flag("verslag"),
        bereik=part.bounds(),
        max_lengte=part.number("max_lengte", _LONGEST.get(QuestionType(kind), 200)),
    )


class _Part:
    """A mapping of a file, read key by key; each fault is noted and a harmless value takes its place."""

    def __init__(self, node: Node, allowed: tuple[str, ...], findings: list[Finding]) -> None:
        self.findings = findings
        self._here = node
        self._entries = node.entries or {}
        if node.entries is None:
            self._wrong(node, f"hier wordt een blok met sleutels verwacht: {', '.join(allowed)}")
        for key, value in self._entries.items():
            if key not in allowed:
                self._wrong(value, f"“{key}” is geen sleutel hier.{meant(key, allowed)} Kies uit: {', '.join(allowed)}")

    def node(self, key: str) -> Node | None:
        return self._entries.get(key)

    def text(self, key: str) -> str:
        value = self._entries.get(key)
        if value is not None and value.text is None:
            self._wrong(value, f"“{key}” is een tekst, geen lijst of blok")
        return (value.text or "").strip() if value else ""

    def needed(self, key: str) -> str:
        text = self.text(key)
        if not text:
            self._wrong(self._entries.get(key) or self._here, f"“{key}” ontbreekt{self._of()}; dat is verplicht")
        return text

    def name(self, key: str) -> str:
        text = self.needed(key)
        if text and not _KEY.match(text):
            self._wrong(self._entries[key], f"“{text}” kan geen naam zijn: kleine letters, cijfers en _ (a-z eerst)")
        return text

    def word(self, key: str, allowed: tuple[str, ...], default: str, *, needed: bool = False) -> str:
        value = self._entries.get(key)
        if value is None and needed:
            self._wrong(self._here, f"“{key}” ontbreekt{self._of()}; kies uit: {', '.join(allowed)}")
        if value is None:
            return default
        return next(iter(self.words_of(value, allowed, key)), default)

    def words_of(self, value: Node, allowed: tuple[str, ...], kind: str) -> list[str]:
        good = []
        for item in value.items if value.items is not None else (value,):
            if item.text in allowed:
                good.append(item.text)
            else:
                given = item.text or "een blok"
                hint = meant(given, allowed)
                self._wrong(item, f"“{given}” is geen {kind}.{hint} Kies uit: {', '.join(allowed)}")
        return [word for word in good if word is not None]

    def flag(self, key: str, *, default: bool = False) -> bool:
        return self.word(key, ("ja", "nee"), "ja" if default else "nee") == "ja"

    def number(self, key: str, default: int) -> int:
        text = self.text(key)
        if text and not re.fullmatch(r"[1-9][0-9]{0,4}", text):
            self._wrong(self._entries[key], f"“{key}” is een getal van 1 tot en met 99999, niet “{text}”")
            return default
        return int(text) if text else default

    def bounds(self) -> tuple[int, int] | None:
        value = self._entries.get("bereik")
        if value is None:
            return None
        texts = [item.text or "" for item in value.items or ()]
        if len(texts) != 2 or not all(re.fullmatch(r"-?[0-9]{1,4}", text) for text in texts):  # noqa: PLR2004
            self._wrong(value, "“bereik” is een lijst van twee getallen: [laagste, hoogste]")
            return None
        low, high = int(texts[0]), int(texts[1])
        if low > high:
            self._wrong(value, f"“bereik” loopt van laag naar hoog, niet van {low} naar {high}")
        return low, high

    def mapping(self, key: str) -> dict[str, Node]:
        value = self._entries.get(key)
        if value is not None and value.entries is None:
            self._wrong(value, f"“{key}” is een blok met per regel een sleutel")
        return (value.entries or {}) if value else {}

    def inherited(self, key: str, outer: "_Part", allowed: tuple[str, ...]) -> str:
        if key not in self._entries and not outer.text(key):
            self._wrong(self._here, f"“{key}” ontbreekt{self._of()}, bij de vraag en bij de sectie")
            return ""
        return self.word(key, allowed, "") if key in self._entries else outer.word(key, allowed, "")

    def receivers(self, section: "_Part", head: Head) -> frozenset[str]:
        value = self.node("ontvangers") or section.node("ontvangers")
        if value is None:
            self._wrong(self._here, f"“ontvangers” ontbreekt{self._of()}, bij de vraag en bij de sectie")
            return frozenset()
        words = self.words_of(value, (*RECEIVERS, *head.groepen, "niemand"), "ontvanger of groep")
        expanded = (head.groepen.get(word, frozenset({word})) for word in words if word != "niemand")
        return frozenset().union(*expanded)

    def condition(self) -> Condition | None:
        text = self.text("als")
        if not text:
            return None
        try:
            return parse_condition(text)
        except ConditionError as error:
            self._wrong(self._entries["als"], f"de voorwaarde is niet te lezen: {error}")
            return None

    def options(self, kind: QuestionType) -> tuple[Option, ...]:
        """All that can be chosen; "weet ik niet" is always there for who does not type a text."""
        options = _JA_NEE if kind is QuestionType.JA_NEE else self._written_options()
        values = {option.value for option in options}
        if kind in LIST_TYPES and GEEN not in values:
            options = (*options, Option(GEEN, "Geen"))
        if kind not in _NO_UNKNOWN and ONBEKEND not in values and self.flag("weet_niet", default=True):
            options = (*options, _WEET_NIET)
        return (*options, _WIL_NIET) if self.flag("wil_niet_zeggen") else options

    def columns(self) -> tuple[Column, ...]:
        found = []
        for key, value in self.mapping("kolommen").items():
            if not _KEY.match(key):
                self._wrong(value, f"“{key}” kan geen naam van een kolom zijn: kleine letters, cijfers en _")
            found.append(_column(key, value, self.findings))
        return tuple(found)

    def refuse_unfit(self, kind: QuestionType) -> None:
        """Notes options and columns that are missing, or given to a type that has none."""
        written = "opties" in self._entries
        if kind in CHOICE_TYPES - {QuestionType.JA_NEE} and not written:
            self._wrong(self._here, f"“opties” ontbreekt{self._of()}; een {kind} heeft opties")
        if written and kind in _NO_UNKNOWN | {QuestionType.JA_NEE, QuestionType.ZRM, QuestionType.BSN}:
            self._wrong(self._entries["opties"], f"een vraag van type {kind} heeft geen opties")
        if (kind in (QuestionType.RIJEN, QuestionType.ZRM)) != ("kolommen" in self._entries):
            self._wrong(self._here, f"“kolommen” hoort bij type rijen en zrm, en alleen daar{self._of()}")

    def _written_options(self) -> tuple[Option, ...]:
        options = []
        for value, node in self.mapping("opties").items():
            if node.entries is None:
                options.append(Option(value, (node.text or "").strip()))
            else:
                inner = _Part(node, ("label", "help"), self.findings)
                options.append(Option(value, inner.needed("label"), inner.text("help")))
        return tuple(options)

    def _of(self) -> str:
        named = self._entries.get("vraag")
        return f" bij vraag “{named.text}”" if named and named.text else ""

    def _wrong(self, node: Node, text: str) -> None:
        self.findings.append(node.wrong(text))


def _column(key: str, node: Node, findings: list[Finding]) -> Column:
    if node.text is not None:
        return Column(key, node.text, QuestionType.TEKST)
    part = _Part(node, _COLUMN_KEYS, findings)
    kind = QuestionType(part.word("type", tuple(sorted(_IN_ROWS)), QuestionType.TEKST))
    part.refuse_unfit(kind)
    return Column(
        key=key,
        label=part.needed("label"),
        type=kind,
        options=part.options(kind) if kind not in _NO_UNKNOWN else (),
        help=part.text("help"),
        verplicht=part.flag("verplicht"),
        bereik=part.bounds(),
        max_lengte=part.number("max_lengte", 200),
    )


def meant(word: str, allowed: tuple[str, ...]) -> str:
    """` Bedoelde u “…”?` when one of `allowed` looks like `word`, else an empty text."""
    close = get_close_matches(word[:60], allowed, n=1, cutoff=0.6)
    return f" Bedoelde u “{close[0]}”?" if close else ""
