"""Loading a rule set from its folder: everything that is wrong is found at once, or the set is right and read-only."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from rules.check.guarding import guard_findings
from rules.engine.ruleset import Destination, Guards, RuleSet
from rules.reading.derived import read_derived
from rules.reading.display import DISPLAY_FILE, read_display
from rules.reading.guards import HEAD, read_guards
from rules.reading.head import TableHead, read_destinations, read_identity, read_parameters, read_tables
from rules.reading.table import THEN, Words, read_table
from rules.reading.vocabulary import Vocabulary, read_outcomes, read_vocabulary
from rules.tables.grammar import Choices
from rules.tables.table import Table
from rules.tables.tree import Reading, Tree, read_tree
from rules.values.facts import GEMEENTE_CODE, Fact, Outcome
from rules.values.findings import RuleSetErrors, closest

VOCABULARY_FILE = "feiten.yaml"
NATIONAL = "landelijk"
DESTINATION = "bestemming"
REGION = "regio_gemeenten"
NOT_PART_OF_THE_RULES = ("scenarios.csv", "algoritmeregister.yaml", DISPLAY_FILE)
_KEYS = (
    "id", "regio", "titel", "geldig_van", "geldig_tot", "status", "bron", "landelijk", "toelichting",
    "parameters", "afgeleid", "uitkomsten", "tabellen", "bestemmingen", "nood_bestemming",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Files:
    """The folder of a set, with what was read of each file so far."""

    folder: Path
    readings: list[Reading] = field(default_factory=list)

    def reading(self, name: str) -> Reading:
        """Begin to read the file with this name; what is wrong in it counts for the set."""
        self.readings.append(Reading(name))
        return self.readings[-1]


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head gives before the tables are read."""

    keys: Mapping[str, Tree]
    vocabulary: Vocabulary
    constants: Mapping[str, Fact]
    parameters: Choices
    outcomes: Mapping[str, Outcome]
    destinations: Mapping[str, Destination]


def load_ruleset(folder: Path) -> RuleSet:
    """The rule set in `rules/sets/<regio>/<first day>/`, which keeps the national guard rails.

    Raises:
        RuleSetErrors: with every fault in every file of the set, or the guard rails that it breaks with an example.
    """
    ruleset = read_ruleset(folder)
    findings = guard_findings(ruleset, ruleset.valid_from)
    if findings:
        raise RuleSetErrors(findings)
    return ruleset


def read_ruleset(folder: Path) -> RuleSet:
    """The rule set in a folder, with the facts and guard rails that lie beside it; not yet held against those.

    Raises:
        RuleSetErrors: with every fault in every file of the set.
    """
    files = _Files(folder)
    vocabulary = read_vocabulary(folder.parent.parent / VOCABULARY_FILE, files.reading(VOCABULARY_FILE))
    head_reading = files.reading(HEAD)
    head = _head(folder, vocabulary, head_reading)
    guards, guard_folder = _guards(files, head, head_reading)
    ruleset = _ruleset(files, head, head_reading)
    findings = [finding for reading in files.readings for finding in reading.findings]
    if findings:
        raise RuleSetErrors(findings)
    if guards is not None:
        guards = replace(guards, derived=tuple(item for item in guards.derived if item not in ruleset.derived))
    folders = [folder] if guard_folder is None else [folder, guard_folder]
    return replace(ruleset, guards=guards, hash=_hash(folder.parent.parent / VOCABULARY_FILE, folders))


def _head(folder: Path, vocabulary: Vocabulary, reading: Reading) -> _Head:
    keys = reading.mapping(read_tree(folder / HEAD, reading), HEAD)
    reading.only(keys, _KEYS, HEAD)
    parameters, constants = read_parameters(keys.get("parameters"), reading)
    destinations = read_destinations(keys.get("bestemmingen"), reading)
    outcomes = {**vocabulary.outcomes, **read_outcomes(keys.get("uitkomsten"), reading, own=True)}
    if DESTINATION in outcomes:
        fact = replace(outcomes[DESTINATION].fact, values=tuple(destinations))
        outcomes[DESTINATION] = replace(outcomes[DESTINATION], fact=fact)
    for name in constants.keys() & (vocabulary.facts.keys() | outcomes.keys()):
        reading.wrong(f"parameter „{name}” heet net als een feit of uitkomst")
    for name in vocabulary.facts.keys() & (outcomes.keys() - vocabulary.outcomes.keys()):
        reading.wrong(f"uitkomst „{name}” heet net als een feit")
    for name in vocabulary.outcomes.keys() & reading.mapping(keys.get("uitkomsten"), "uitkomsten").keys():
        reading.wrong(f"uitkomst „{name}” bestaat al")
    values = {name: item.value for name, item in parameters.items()}
    return _Head(keys, vocabulary, constants, Choices(values), outcomes, destinations)


def _ruleset(files: _Files, head: _Head, reading: Reading) -> RuleSet:
    keys, folder = head.keys, files.folder
    identity = read_identity(keys, reading)
    asked = {**head.vocabulary.facts, **head.constants}
    derived = read_derived(keys.get("afgeleid"), asked, head.parameters, reading)
    for name in head.outcomes.keys() & {item.fact.name for item in derived}:
        reading.wrong(f"„{name}” is zowel afgeleid feit als uitkomst", keys["afgeleid"].line)
    asked |= {item.fact.name: item.fact for item in derived}
    heads = read_tables(keys.get("tabellen"), reading)
    tables = _tables(files, heads, asked, head)
    parameters, _ = read_parameters(keys.get("parameters"), Reading(HEAD))
    if identity.id and identity.id != f"{identity.regio}/{identity.valid_from}":
        reading.wrong(f"id hoort „{identity.regio}/{identity.valid_from}” te zijn", keys["id"].line)
    if folder.name != identity.valid_from.isoformat() or folder.parent.name != identity.regio:
        reading.wrong(f"de map hoort „{identity.regio}/{identity.valid_from}” te heten")
    return RuleSet(
        id=identity.id,
        regio=identity.regio,
        title=identity.title,
        valid_from=identity.valid_from,
        valid_to=identity.valid_to,
        status=identity.status,
        sources=identity.sources,
        hash="",
        facts=MappingProxyType({**head.vocabulary.facts, **head.constants}),
        parameters=MappingProxyType(parameters),
        derived=derived,
        outcomes=MappingProxyType(dict(head.outcomes)),
        tables=tables,
        destinations=MappingProxyType(dict(head.destinations)),
        emergency_destination=_emergency(head, asked, reading),
        region=_region(head, reading),
        constants=MappingProxyType(head.parameters.values_by_name),
        display=read_display(folder, [one.name for one in heads], files.readings),
        filled_in=frozenset(head.parameters.filled_in),
    )


def _tables(files: _Files, heads: tuple[TableHead, ...], asked: dict[str, Fact], head: _Head) -> tuple[Table, ...]:
    """The tables in order; each adds to `asked` what the later ones may ask."""
    given = {name: outcome.fact for name, outcome in head.outcomes.items()}
    found: list[Table] = []
    for table_head in heads:
        name = f"{table_head.name}.csv"
        reading = files.reading(name)
        words = Words(MappingProxyType(dict(asked)), given, head.parameters)
        table = read_table(files.folder / name, table_head, words, reading)
        if table is not None:
            found.append(table)
            asked |= {fact.name: fact for fact in table.outcomes}
        else:
            asked |= {name: given[name] for name in _named_outcomes(files.folder, table_head, given)}
    _check_row_ids(found, files.readings)
    return tuple(found)


def _named_outcomes(folder: Path, head: TableHead, given: Mapping[str, Fact]) -> list[str]:
    """The outcomes that a broken table meant to give, so that later tables are not blamed for it."""
    path = folder / f"{head.name}.csv"
    try:
        with path.open("rb") as file:
            first = file.read(20_000).decode("utf-8-sig", "replace").partition("\n")[0]
    except OSError:
        return []
    names = [cell.strip().removeprefix(THEN).strip() for cell in first.split(";") if cell.strip().startswith(THEN)]
    return [name for name in names if name in given]


def _check_row_ids(tables: list[Table], readings: list[Reading]) -> None:
    seen: dict[str, str] = {}
    by_file = {reading.file: reading for reading in readings}
    for table in tables:
        for row in table.rows:
            if row.id in seen:
                message = f"regel {row.id} bestaat al in {seen[row.id]}"
                by_file[f"{table.name}.csv"].wrong_in(row.id, message, row.line)
            seen[row.id] = table.name


def _emergency(head: _Head, asked: Mapping[str, Fact], reading: Reading) -> str:
    for destination in head.destinations.values():
        place = destination.gemeente
        if place and GEMEENTE_CODE.fullmatch(place) is None and place not in asked:
            message = f"bestemming {destination.code}: gemeente „{place}” is geen code, feit of uitkomst"
            reading.wrong(message, meant=closest(place, asked))
    code = reading.text(head.keys.get("nood_bestemming"), "nood_bestemming", needed=bool(head.destinations))
    if code and code not in head.destinations:
        allowed = ", ".join(head.destinations)
        reading.wrong(f"nood_bestemming „{code}” bestaat niet", allowed=allowed, meant=closest(code, head.destinations))
    return code


def _region(head: _Head, reading: Reading) -> frozenset[str]:
    value = head.parameters.values_by_name.get(REGION, ())
    codes = (value,) if isinstance(value, str) else value
    if isinstance(codes, int) or not all(GEMEENTE_CODE.fullmatch(code) for code in codes):
        reading.wrong(f"parameter {REGION} moet een lijst van gemeentecodes zijn", allowed="[GM0599, GM0597]")
        return frozenset()
    return frozenset(codes)


def _guards(files: _Files, head: _Head, reading: Reading) -> tuple[Guards | None, Path | None]:
    day = reading.text(head.keys.get("landelijk"), "landelijk", needed=False)
    if not day:
        return None, None
    path = files.folder.parent.parent / NATIONAL / Path(day).name
    if not path.is_dir():
        reading.wrong(f"landelijke regelset „{day}” bestaat niet", head.keys["landelijk"].line)
        return None, None
    return read_guards(path, head.vocabulary, files.readings), path


def _hash(vocabulary: Path, folders: list[Path]) -> str:
    """One hash over the meaning-giving files: facts, the set, its guard rails; scenarios and display do not count."""
    digest = hashlib.sha256()
    files = [("", vocabulary)]
    for folder in folders:
        files += [(f"{folder.parent.name}/{folder.name}/", path) for path in sorted(folder.iterdir()) if path.is_file()]
    for place, path in files:
        if path.name in NOT_PART_OF_THE_RULES or path.suffix not in (".csv", ".yaml"):
            continue
        content = path.read_bytes()
        digest.update(f"{place}{path.name}:{len(content)}\n".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()}"
