"""The head of a rule set, `regelset.yaml`: who, from when, the region's choices, derived facts and tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.engine.ruleset import Destination, Parameter, Status
from rules.reading.vocabulary import NAME, YES_NO
from rules.tables.grammar import Constant
from rules.tables.table import HitPolicy
from rules.tables.tree import Reading, Tree
from rules.values.facts import GEMEENTE_CODE, Fact, FactType
from rules.values.findings import closest

LONGEST_TEXT = 200
_TABLE_KEYS = ("naam", "treffer", "titel")
_PARAMETER_KEYS = ("waarde", "waarden", "toelichting", "grondslag")
_DESTINATION_KEYS = ("soort", "naam", "gemeente")
DESTINATION_KINDS = (
    "wijkteam", "gemeente", "regionale_toegang", "jongerenloket", "vrouwenopvang", "aanbieder", "crisisdienst",
    "zorgkantoor", "coa", "andere_regio",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the set is and when it is in force."""

    id: str
    regio: str
    title: str
    valid_from: date
    valid_to: date
    status: Status
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableHead:
    """A table named in the head."""

    name: str
    title: str
    policy: HitPolicy
    line: int


def read_identity(keys: Mapping[str, Tree], reading: Reading) -> Identity:
    """The id, region, title, days in force, status and sources."""
    status = reading.text(keys.get("status"), "status")
    if status and status not in list(Status):
        allowed = [item.value for item in Status]
        reading.wrong(f"status „{status}” bestaat niet", allowed=", ".join(allowed), meant=closest(status, allowed))
    start, end = reading.day(keys.get("geldig_van"), "geldig_van"), reading.day(keys.get("geldig_tot"), "geldig_tot")
    if end < start:
        reading.wrong("geldig_tot ligt voor geldig_van", keys["geldig_tot"].line if "geldig_tot" in keys else 0)
    return Identity(
        id=reading.text(keys.get("id"), "id"),
        regio=reading.text(keys.get("regio"), "regio"),
        title=reading.text(keys.get("titel"), "titel"),
        valid_from=start,
        valid_to=end,
        status=Status(status) if status in list(Status) else Status.CONCEPT,
        sources=reading.texts(keys.get("bron"), "bron"),
    )


def read_parameters(tree: Tree | None, reading: Reading) -> tuple[dict[str, Parameter], dict[str, Fact]]:
    """The region's choices, and each as a constant fact that a column may ask about."""
    parameters: dict[str, Parameter] = {}
    facts: dict[str, Fact] = {}
    for name, item in reading.mapping(tree, "parameters").items():
        keys = reading.mapping(item, name)
        reading.only(keys, _PARAMETER_KEYS, f"parameter {name}")
        if NAME.fullmatch(name) is None:
            reading.wrong(f"„{name}” is geen goede naam", item.line, allowed="kleine letters, cijfers en _")
        value = _constant(name, keys.get("waarde"), item.line, reading)
        if value is None:
            continue
        note = reading.text(keys.get("toelichting"), f"{name}: toelichting", needed=False)
        ground = reading.text(keys.get("grondslag"), f"{name}: grondslag", needed=False)
        parameters[name] = Parameter(name, value, note, ground)
        facts[name] = _constant_fact(name, value, reading.texts(keys.get("waarden"), f"{name}: waarden"), note)
        if isinstance(value, str) and not facts[name].admits(value):
            reading.wrong(f"{name}: „{value}” is niet toegestaan", item.line, allowed=facts[name].allowed())
    return parameters, facts


def _constant(name: str, tree: Tree | None, line: int, reading: Reading) -> Constant | None:
    if tree is not None and isinstance(tree.value, list):
        return reading.texts(tree, name)
    if tree is not None and isinstance(tree.value, int) and not isinstance(tree.value, bool):
        return tree.value
    text = reading.text(tree, f"{name}: waarde", line=line)
    if len(text) > LONGEST_TEXT:
        reading.wrong(f"{name}: de waarde is te lang", line, allowed=f"hoogstens {LONGEST_TEXT} tekens")
    return text or None


def _constant_fact(name: str, value: Constant, values: tuple[str, ...], note: str) -> Fact:
    if isinstance(value, int):
        return Fact(name, FactType.GETAL, text=note)
    if isinstance(value, tuple):
        codes = all(GEMEENTE_CODE.fullmatch(word) for word in value)
        return Fact(name, FactType.GEMEENTEN if codes else FactType.LIJST, values or value, text=note)
    if value in YES_NO:
        return Fact(name, FactType.JA_NEE, YES_NO, text=note)
    if GEMEENTE_CODE.fullmatch(value):
        return Fact(name, FactType.GEMEENTE, values, text=note)
    return Fact(name, FactType.KEUZE, values or (value,), text=note)


def read_tables(tree: Tree | None, reading: Reading) -> tuple[TableHead, ...]:
    """The tables in the order in which they are evaluated."""
    found: dict[str, TableHead] = {}
    policies = [policy.value for policy in HitPolicy]
    for item in reading.items(tree, "tabellen"):
        keys = reading.mapping(item, "tabellen")
        reading.only(keys, _TABLE_KEYS, "tabel")
        name = reading.text(keys.get("naam"), "naam van de tabel", line=item.line)
        policy = reading.text(keys.get("treffer"), f"{name}: treffer", line=item.line)
        if policy and policy not in policies:
            reading.wrong(
                f"{name}: treffer „{policy}” bestaat niet",
                item.line,
                allowed=", ".join(policies),
                meant=closest(policy, policies),
            )
        elif name in found:
            reading.wrong(f"tabel {name} staat er twee keer", item.line)
        elif "/" in name or "\\" in name or name.startswith("."):
            reading.wrong(f"„{name}” kan geen naam van een tabel zijn", item.line)
        elif name and policy:
            title = reading.text(keys.get("titel"), f"{name}: titel", needed=False) or name
            found[name] = TableHead(name, title, HitPolicy(policy), item.line)
    if not found and not reading.findings:
        reading.wrong("er zijn geen tabellen")
    return tuple(found.values())


def read_destinations(tree: Tree | None, reading: Reading) -> dict[str, Destination]:
    """The places a referral can go to, by code."""
    found: dict[str, Destination] = {}
    for code, item in reading.mapping(tree, "bestemmingen").items():
        keys = reading.mapping(item, code)
        reading.only(keys, _DESTINATION_KEYS, f"bestemming {code}")
        kind = reading.text(keys.get("soort"), f"{code}: soort", line=item.line)
        if kind and kind not in DESTINATION_KINDS:
            allowed, meant = ", ".join(DESTINATION_KINDS), closest(kind, DESTINATION_KINDS)
            reading.wrong(f"{code}: soort „{kind}” bestaat niet", item.line, allowed=allowed, meant=meant)
        found[code] = Destination(
            code,
            kind,
            reading.text(keys.get("naam"), f"{code}: naam", line=item.line),
            reading.text(keys.get("gemeente"), f"{code}: gemeente", needed=False),
        )
    return found
