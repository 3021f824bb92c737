"""Random rule files from a grammar, and errors to put into them; each error says where it must be found."""

from collections.abc import Mapping
from pathlib import Path
from random import Random

from rules.tables.table import HitPolicy
from rules.values.facts import FactType
from tests.rules.oracle import FACTS, GEMEENTEN, OUTCOMES, random_cell

FEITEN, HEAD = "feiten.yaml", "regelset.yaml"
BAD_CELLS = (
    "onzin", "of", "niet", "<", "18 tot", "bevat", "bekend bekend", "[bestaat_niet]", "{c}", "= =", "1e9", "een en",
    "ja,nee", "x" * 401, "__import__('os')", "> 99999999", "eerste", "niet niet", "=1+1",
    "\u202eaj", "of onbekend of", "{{7*7}}",
)  # fmt: skip
BAD_RESULTS = (
    "onzin",
    "{bestaat_niet}",
    "[bestaat_niet]",
    "{d}",
    "een; twee".replace(";", " of"),
    "y" * 401,
    ",",
    "niet hoog",
)


def random_files(random: Random) -> dict[str, str]:
    """The files of a rule set without faults, by name: the facts, the head and one to three tables."""
    asked = dict(FACTS)
    files, tables = {}, []
    for number in range(random.randint(1, 3)):
        columns = [asked[name] for name in sorted(random.sample(sorted(asked), random.randint(1, 5)))]
        outcomes = [OUTCOMES[name].fact for name in sorted(random.sample(sorted(OUTCOMES), random.randint(1, 3)))]
        heads = ["regel", *(fact.name for fact in columns), *(f"dan:{fact.name}" for fact in outcomes)]
        lines = [";".join([*heads, "omdat", "grondslag", "toelichting"])]
        for place in range(random.randint(1, 8)):
            cells = [*(random_cell(random, fact) for fact in columns), *(_result(random, fact) for fact in outcomes)]
            lines.append(";".join([f"T{number}.{place + 1}", *cells, "Een zin.", "Wmo 2015", ""]))
        files[f"T{number}.csv"] = "\n".join(lines) + "\n"
        tables.append(f"  - {{naam: T{number}, treffer: {random.choice(list(HitPolicy)).value}}}")
        asked |= {fact.name: fact for fact in outcomes}
    return {FEITEN: _vocabulary(), HEAD: _HEAD + "\n".join(tables) + "\n", **files}


_HEAD = """\
id: toeval/2026-01-01
regio: toeval
titel: Toeval
geldig_van: 2026-01-01
geldig_tot: 2026-12-31
status: in_werking
parameters:
  grens: {waarde: 18}
  regio_gemeenten: {waarde: [GM0599]}
afgeleid:
  oud: {functie: leeftijd, van: f}
  hier: {functie: in_regio, van: e}
bestemmingen:
  loket: {soort: wijkteam, naam: Het loket, gemeente: GM0599}
nood_bestemming: loket
tabellen:
"""


def _vocabulary() -> str:
    lines = ["feiten:", *(_fact_line(fact, "") for fact in FACTS.values()), "uitkomsten:"]
    for name, outcome in OUTCOMES.items():
        extra = f", standaard: {outcome.default}, samen: hoogste" if name == "z" else ""
        lines.append(_fact_line(outcome.fact, extra))
    return "\n".join(lines) + "\n"


def _fact_line(fact, extra: str) -> str:
    values = f", waarden: [{', '.join(fact.values)}]" if fact.values and fact.type is not FactType.JA_NEE else ""
    bounds = f", van: {fact.low}, tot: {fact.high}" if fact.low is not None else ""
    return f"  {fact.name}: {{type: {fact.type.value}{values}{bounds}{extra}}}"


def _result(random: Random, fact) -> str:
    if random.random() < 0.2:
        return "-"
    if fact.type.is_list:
        return ", ".join(random.sample(fact.values, random.randint(1, 2)))
    return random.choice([*GEMEENTEN, "{e}"] if fact.type is FactType.GEMEENTE else fact.values)


def _grid(files, random):
    """A random table: its name, its cells, and the places of condition and outcome columns."""
    name = random.choice(sorted(files.keys() - {FEITEN, HEAD}))
    grid = [line.split(";") for line in files[name].splitlines()]
    given = [place for place, head in enumerate(grid[0]) if head.startswith("dan:")]
    return name, grid, range(1, given[0]), given


def _write(files, name, grid):
    files[name] = "\n".join(";".join(row) for row in grid) + "\n"


def bad_condition(files, random):
    name, grid, asked, _ = _grid(files, random)
    row = random.choice(grid[1:])
    row[random.choice(asked)] = random.choice(BAD_CELLS)
    _write(files, name, grid)
    return name, row[0]


def bad_result(files, random):
    name, grid, _, given = _grid(files, random)
    row = random.choice(grid[1:])
    row[random.choice(given)] = random.choice(BAD_RESULTS)
    _write(files, name, grid)
    return name, row[0]


def wrong_number_of_cells(files, random):
    name, grid, _, _ = _grid(files, random)
    row = random.choice(grid[1:])
    row[2:3] = random.choice([[], ["-", "-"]])
    _write(files, name, grid)
    return name, row[0]


def same_rule_twice(files, random):
    name, grid, _, _ = _grid(files, random)
    row = random.choice(grid[1:])
    grid.append(list(row))
    _write(files, name, grid)
    return name, row[0]


def nothing_said_why(files, random):
    name, grid, _, _ = _grid(files, random)
    row = random.choice(grid[1:])
    row[grid[0].index(random.choice(["omdat", "grondslag"]))] = random.choice(["", "  "])
    _write(files, name, grid)
    return name, row[0]


def bad_head(files, random):
    name, grid, asked, given = _grid(files, random)
    place = random.choice([0, *asked, *given, len(grid[0]) - 2])
    grid[0][place] = random.choice(["", "dan:bestaat_niet", "bestaat_niet", "omdat", "dan:", "Regel"])
    _write(files, name, grid)
    return name, ""


def broken_text(files, random):
    name = random.choice(sorted(files))
    text = files[name]
    files[name] = random.choice(
        ["", "\n", text + "\0", "\udcff" + text, text.replace("\n", '\n"', 1) + '"x', "[" * 400 + text, "&a " + text]
    )
    return name, ""


HEAD_FAULTS = (
    ("status: in_werking", "status: klaar"), ("status: in_werking", "status: in_werking\nstatus: concept"),
    ("geldig_van: 2026-01-01", "geldig_van: gisteren"), ("geldig_van: 2026-01-01", "geldig_van: 2027-01-01"),
    ("geldig_tot: 2026-12-31", "geldig_tot: 2026-02-31"), ("id: toeval/2026-01-01", "id:"),
    ("regio: toeval", "regoi: toeval"), ("treffer: ", "treffer: x"), ("naam: T0", "naam: T9"),
    ("naam: T0", "naam: ../T0"), ("naam: T0", "name: T0"), ("functie: leeftijd", "functie: leeftijdd"),
    ("van: f", "van: c"), ("van: f", "van: [f, f]"), ("van: e", "van: bestaat_niet"),
    ("van: e", "van: [bestaat_niet]"), ("van: e", "van: {a: 1}"), ("oud:", "Oud:"), ("oud:", "c:"),
    ("waarde: 18", "waarde:"), ("waarde: 18", "waarde: {a: b}"), ("waarde: 18", "waarde: 1.5"),
    ("[GM0599]", "[GM0599, Rotterdam]"), ("grens", "x"), ("gemeente: GM0599", "gemeente: GM599"),
    ("nood_bestemming: loket", "nood_bestemming: lokt"), ("tabellen:", "tabellen: 3\nx:"),
    ("tabellen:", "tabellen: []\nx:"), ("titel: Toeval", "titel: [a, {b: c}]"),
    ("soort: wijkteam", "soort: wijkteem"), ("tabellen:", "uitkomsten:\n  c: {type: ja_nee}\ntabellen:"),
    ("oud:", "x:"), ("tabellen:", "uitkomsten:\n  w: {type: getal, standaard: veel}\ntabellen:"),
    ("titel: Toeval", "landelijk: 2026-01-01\ntitel: Toeval"),
    ("titel: Toeval", "titel: !!python/object:os.system x"),
)  # fmt: skip
WORD_FAULTS = (
    ("type: getal", "type: getl"), ("type: getal", "typ: getal"), ("type: getal", "type:"), ("van: 0", "van: nul"),
    ("een, twee", "een, een"), ("een, twee", "een, onbekend"), ("een, twee", "een, 'a b'"), ("  a:", "  A:"),
    ("  a:", "  b:"), ("  x:", "  a:"), ("  x:", "  ? [x]\n  :"), ("feiten:", "feit:"),
    ("uitkomsten:", "uitkomst:"), ("standaard: nee", "standaard: misschien"), ("samen: hoogste", "samen: eerste"),
    ("  z: {", "  z: {{"), ("type: keuze", "type: keuze, kleur: rood"), ("tot: 40", "tot: 4.5"), ("tot: 40", "tot: -1"),
)  # fmt: skip


def bad_line_in_head(files, random):
    return _replaced(files, HEAD, random.choice(HEAD_FAULTS))


def bad_line_in_vocabulary(files, random):
    return _replaced(files, FEITEN, random.choice(WORD_FAULTS))


def _replaced(files, name, fault):
    one, other = fault
    assert one in files[name], fault
    files[name] = files[name].replace(one, other, 1)
    return "T9.csv" if other.endswith("T9") else name, ""


ERRORS = (
    bad_condition, bad_result, wrong_number_of_cells, same_rule_twice, nothing_said_why, bad_head, broken_text,
    bad_line_in_head, bad_line_in_vocabulary,
)  # fmt: skip


def written(root: Path, files: Mapping[str, str]) -> Path:
    """The folder with these files, as a set of rules lies on disk."""
    folder = root / "toeval" / "2026-01-01"
    folder.mkdir(parents=True)
    for name, text in files.items():
        path = root / name if name == FEITEN else folder / name
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder
