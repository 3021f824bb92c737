"""From the nodes of a question file to sections and questions; whatever is wrong becomes a finding, all at once."""

from dataclasses import dataclass, field

from forms.definition.part import NAME, Part
from forms.definition.source import Finding, Node
from forms.values.condition import Condition, ConditionError, parse_condition
from forms.values.question import (
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
    part = Part(node, ("titel", "bewaren", "groepen"), findings)
    terms = {key: value.text or "" for key, value in part.mapping("bewaren").items()}
    groups = {
        name: frozenset(part.words_of(value, RECEIVERS, "ontvanger")) for name, value in part.mapping("groepen").items()
    }
    return Head(part.needed("titel"), terms, groups)


def read_section(node: Node, head: Head, findings: list[Finding]) -> tuple[Section, tuple[Placed, ...]]:
    """One section with its questions, each beside its node."""
    part = Part(node, _SECTION_KEYS, findings)
    key = part.name("sectie")
    listed = part.node("vragen")
    if listed is None or not listed.items:
        findings.append(node.wrong("een sectie heeft “vragen”: een lijst van minstens één vraag"))
        return Section(key, part.needed("titel"), part.text("uitleg"), ()), ()
    placed = tuple(Placed(_question(item, part, key, head), item) for item in listed.items)
    section = Section(key, part.needed("titel"), part.text("uitleg"), tuple(item.question for item in placed))
    return section, placed


def _question(node: Node, section: Part, section_key: str, head: Head) -> Question:
    part = Part(node, _QUESTION_KEYS, section.findings)
    kind = part.word("type", tuple(QuestionType), QuestionType.TEKST, needed=True)
    _refuse_unfit(part, QuestionType(kind))
    return Question(
        key=part.name("vraag"),
        label=part.needed("label"),
        type=QuestionType(kind),
        section=section_key,
        doel=part.needed("doel"),
        grondslag=part.needed("grondslag"),
        help=part.text("help"),
        options=_options(part, QuestionType(kind)),
        columns=_columns(part),
        when=_condition(part),
        gevoeligheid=Gevoeligheid(part.word("gevoeligheid", tuple(Gevoeligheid), Gevoeligheid.GEWOON)),
        bewaren=_retention(part, section, head),
        letter=part.word("letter", LETTERS, ""),
        ontvangers=_receivers(part, section, head),
        spoedstart=part.flag("spoedstart"),
        feit=part.flag("feit"),
        vervolg=part.flag("vervolg"),
        adres=part.flag("adres"),
        verslag=part.flag("verslag"),
        bereik=part.bounds(),
        max_lengte=part.number("max_lengte", _LONGEST.get(QuestionType(kind), 200)),
    )


def _retention(part: Part, section: Part, head: Head) -> str:
    holder = part if part.node("bewaren") else section
    if holder.node("bewaren") is None:
        part.wrong(part.here, f"“bewaren” ontbreekt{part.of()}, bij de vraag en bij de sectie")
    return holder.word("bewaren", tuple(head.bewaren), "")


def _receivers(part: Part, section: Part, head: Head) -> frozenset[str]:
    value = part.node("ontvangers") or section.node("ontvangers")
    if value is None:
        part.wrong(part.here, f"“ontvangers” ontbreekt{part.of()}, bij de vraag en bij de sectie")
        return frozenset()
    words = part.words_of(value, (*RECEIVERS, *head.groepen, "niemand"), "ontvanger of groep")
    expanded = (head.groepen.get(word, frozenset({word})) for word in words if word != "niemand")
    return frozenset().union(*expanded)


def _condition(part: Part) -> Condition | None:
    text = part.text("als")
    try:
        return parse_condition(text) if text else None
    except ConditionError as error:
        part.wrong(part.node("als") or part.here, f"de voorwaarde is niet te lezen: {error}")
        return None


def _options(part: Part, kind: QuestionType) -> tuple[Option, ...]:
    """All that can be chosen; "weet ik niet" is always there for who does not type a text."""
    options = _JA_NEE if kind is QuestionType.JA_NEE else _written_options(part)
    values = {option.value for option in options}
    if kind in LIST_TYPES and GEEN not in values:
        options = (*options, Option(GEEN, "Geen"))
    if kind not in _NO_UNKNOWN and ONBEKEND not in values and part.flag("weet_niet", default=True):
        options = (*options, _WEET_NIET)
    return (*options, _WIL_NIET) if part.flag("wil_niet_zeggen") else options


def _written_options(part: Part) -> tuple[Option, ...]:
    options = []
    for value, node in part.mapping("opties").items():
        if node.entries is None:
            if not node.text:
                part.wrong(node, f"optie “{value}” heeft geen tekst{part.of()}")
            options.append(Option(value, (node.text or "").strip()))
        else:
            inner = Part(node, ("label", "help"), part.findings)
            options.append(Option(value, inner.needed("label"), inner.text("help")))
    return tuple(options)


def _columns(part: Part) -> tuple[Column, ...]:
    found = []
    for key, value in part.mapping("kolommen").items():
        if not NAME.match(key):
            part.wrong(value, f"“{key}” kan geen naam van een kolom zijn: kleine letters, cijfers en _")
        found.append(_column(key, value, part.findings))
    return tuple(found)


def _column(key: str, node: Node, findings: list[Finding]) -> Column:
    if node.text is not None:
        return Column(key, node.text, QuestionType.TEKST)
    part = Part(node, _COLUMN_KEYS, findings)
    kind = QuestionType(part.word("type", tuple(sorted(_IN_ROWS)), QuestionType.TEKST))
    _refuse_unfit(part, kind)
    return Column(
        key=key,
        label=part.needed("label"),
        type=kind,
        options=_options(part, kind) if kind not in _NO_UNKNOWN else (),
        help=part.text("help"),
        verplicht=part.flag("verplicht"),
        bereik=part.bounds(),
        max_lengte=part.number("max_lengte", 200),
    )


def _refuse_unfit(part: Part, kind: QuestionType) -> None:
    """Notes options and columns that are missing, or given to a type that has none."""
    options, columns = part.node("opties"), part.node("kolommen")
    if kind in CHOICE_TYPES - {QuestionType.JA_NEE} and options is None:
        part.wrong(part.here, f"“opties” ontbreekt{part.of()}; een {kind} heeft opties")
    if options is not None and kind in _NO_UNKNOWN | {QuestionType.JA_NEE, QuestionType.ZRM, QuestionType.BSN}:
        part.wrong(options, f"een vraag van type {kind} heeft geen opties")
    if (kind in (QuestionType.RIJEN, QuestionType.ZRM)) != (columns is not None):
        part.wrong(part.here, f"“kolommen” hoort bij type rijen en zrm, en alleen daar{part.of()}")
