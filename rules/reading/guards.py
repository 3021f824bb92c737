"""Loading the national guard rails (waarborgen) that every regional set has to keep."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from rules.engine.ruleset import Comparison, Guards
from rules.reading.derived import read_derived
from rules.reading.head import TableHead, read_identity, read_parameters
from rules.reading.sheet import Sheet, SheetCell, SheetRow, read_sheet
from rules.reading.table import Words, condition, read_table, sheet_rows
from rules.reading.vocabulary import Vocabulary
from rules.tables.table import Grid, HitPolicy, Row, Table, build_table
from rules.tables.tree import Reading, Tree, read_tree
from rules.values.facts import Fact
from rules.values.findings import closest, shown

MUST = "moet:"
HEAD = "regelset.yaml"
GUARD_FILE = "waarborgen.csv"
COMPARISONS = ("verliest_nooit", "onbekend_schaadt_nooit", "verandert_niets")
_KEYS = (
    "id", "regio", "titel", "geldig_van", "geldig_tot", "status", "bron",
    "parameters", "afgeleid", "vergelijkingen", "noodantwoord", "toelichting",
)  # fmt: skip


def read_guards(folder: Path, vocabulary: Vocabulary, readings: list[Reading]) -> Guards | None:
    """The guard rails in a folder; every fault is noted in a reading added to `readings`."""
    reading = _reading(folder, HEAD, readings)
    keys = reading.mapping(read_tree(folder / HEAD, reading), HEAD)
    reading.only(keys, _KEYS, HEAD)
    identity = read_identity(keys, reading)
    parameters, constants = read_parameters(keys.get("parameters"), reading)
    values = {name: item.value for name, item in parameters.items()}
    derived = read_derived(keys.get("afgeleid"), vocabulary.facts, values, reading)
    outcomes = {name: outcome.fact for name, outcome in vocabulary.outcomes.items()}
    asked = {**vocabulary.facts, **constants, **{item.fact.name: item.fact for item in derived}, **outcomes}
    words = Words(asked=asked, given=outcomes, parameters=values)
    pair = _pair(folder, words, _reading(folder, GUARD_FILE, readings))
    comparisons = _comparisons(keys.get("vergelijkingen"), vocabulary.facts, reading)
    emergency = None
    if "noodantwoord" in keys:
        name = reading.text(keys["noodantwoord"], "noodantwoord")
        head = TableHead("noodantwoord", "Antwoord voor vanavond", HitPolicy.EERSTE, keys["noodantwoord"].line)
        emergency = read_table(folder / Path(name).name, head, words, _reading(folder, Path(name).name, readings))
    if pair is None:
        return None
    return Guards(identity.id, derived, *pair, comparisons=comparisons, emergency=emergency, constants=values)


def _reading(folder: Path, name: str, readings: list[Reading]) -> Reading:
    reading = Reading(f"{folder.parent.name}/{folder.name}/{name}")
    readings.append(reading)
    return reading


def _pair(folder: Path, words: Words, reading: Reading) -> tuple[Table, Table] | None:
    sheet = read_sheet(folder / GUARD_FILE, reading)
    if sheet is None:
        return None
    when = _columns([head for head in sheet.heads if not head.startswith(MUST)], words.asked, reading)
    must = _columns([head for head in sheet.heads if head.startswith(MUST)], words.given, reading)
    if not must and not reading.findings:
        reading.wrong("er is geen enkele eis", 1, allowed="kolommen als moet:overbrugging")
    tables = [_half(sheet, columns, words, reading) for columns in (when, must)]
    return None if reading.findings else (tables[0], tables[1])


def _columns(heads: Sequence[str], names: Mapping[str, Fact], reading: Reading) -> list[tuple[str, Fact]]:
    found = []
    for head in heads:
        name = head.removeprefix(MUST).strip()
        if name in names:
            found.append((head, names[name]))
        else:
            reading.wrong(f"kolom „{shown(head)}” bestaat niet", 1, meant=closest(name, names))
    return found


def _half(sheet: Sheet, columns: Sequence[tuple[str, Fact]], words: Words, reading: Reading) -> Table:
    rows = [_row(row, columns, words, reading) for row in sheet_rows(sheet)]
    grid = Grid(columns=[fact for _, fact in columns], outcomes=(), rows=rows)
    return build_table("waarborgen", "Waarborgen", HitPolicy.VERZAMEL, grid)


def _row(row: SheetRow, columns: Sequence[tuple[str, Fact]], words: Words, reading: Reading) -> Row:
    cells = tuple(condition(SheetCell(row, head), fact, words, reading) for head, fact in columns)
    return Row(
        row.id, row.line, cells, MappingProxyType({}), row.cells["omdat"].strip(), row.cells["grondslag"].strip()
    )


def _comparisons(tree: Tree | None, facts: Mapping[str, Fact], reading: Reading) -> tuple[Comparison, ...]:
    found = []
    for item in reading.items(tree, "vergelijkingen"):
        keys = reading.mapping(item, "vergelijking")
        reading.only(keys, ("regel", "functie", "feiten", "behalve", "omdat", "grondslag"), "vergelijking")
        function = reading.text(keys.get("functie"), "functie", line=item.line)
        if function and function not in COMPARISONS:
            message = f"functie „{shown(function)}” bestaat niet"
            reading.wrong(message, item.line, allowed=", ".join(COMPARISONS), meant=closest(function, COMPARISONS))
        names = reading.texts(keys.get("feiten"), "feiten")
        for name in names:
            if name not in facts:
                reading.wrong(f"feit „{shown(name)}” bestaat niet", item.line, meant=closest(name, facts))
        texts = [reading.text(keys.get(key), key, line=item.line) for key in ("regel", "omdat", "grondslag")]
        beside = reading.texts(keys.get("behalve"), "behalve")
        found.append(Comparison(texts[0], function, names, texts[1], texts[2], beside))
    return tuple(found)
