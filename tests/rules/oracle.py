"""A naive interpreter of decision tables, and random tables to hold it against: it shares no masks with the engine."""

from datetime import date
from random import Random

from rules.engine.ruleset import RuleSet, Status
from rules.tables.grammar import Reference, read_cell
from rules.tables.table import Grid, HitPolicy, Row, build_table
from rules.values.facts import Fact, FactType, Outcome

GEMEENTEN = ("GM0599", "GM0597", "GM0344")
FACTS = {
    "a": Fact("a", FactType.JA_NEE, ("ja", "nee")),
    "b": Fact("b", FactType.KEUZE, ("een", "twee", "drie", "vier")),
    "c": Fact("c", FactType.GETAL, low=0, high=40),
    "d": Fact("d", FactType.LIJST, ("rood", "wit", "blauw")),
    "e": Fact("e", FactType.GEMEENTE, ("geen",)),
    "f": Fact("f", FactType.DATUM),
}
OUTCOMES = {
    "x": Outcome(Fact("x", FactType.KEUZE, ("hoog", "midden", "laag"))),
    "y": Outcome(Fact("y", FactType.LIJST, ("p", "q", "r", "s"))),
    "z": Outcome(Fact("z", FactType.JA_NEE, ("ja", "nee")), default="nee", highest_wins=True),
    "g": Outcome(Fact("g", FactType.GEMEENTE)),
}


def naive(ruleset, facts):
    """The outcomes and the ids of the rows that decide, by reading every cell of every row."""
    values = dict(facts)
    given = {name: () if item.fact.type.is_list else item.default for name, item in ruleset.outcomes.items()}
    decided = {}
    for table in ruleset.tables:
        rows = [
            row
            for row in table.rows
            if all(cell.holds(values.get(fact.name)) for fact, cell in zip(table.columns, row.cells, strict=True))
        ]
        if table.policy not in (HitPolicy.VERZAMEL, HitPolicy.VOORRANG):
            rows = rows[:1]
        decided[table.name] = [row.id for row in rows]
        for fact in table.outcomes:
            given[fact.name] = _outcome(ruleset.outcomes[fact.name], table.policy, rows, given[fact.name], values)
        values |= {fact.name: given[fact.name] for fact in table.outcomes}
    return given, decided


def _outcome(outcome, policy, rows, before, values):
    fact = outcome.fact
    said = [row.results[fact.name] for row in rows if fact.name in row.results]
    if fact.type.is_list:
        words = [word for result in said for word in result]
        if policy is HitPolicy.VOORRANG:
            words.sort(key=fact.values.index)
        return tuple(dict.fromkeys([*before, *words]))
    found = [values.get(result[0].name) if isinstance(result[0], Reference) else result[0] for result in said]
    if not found:
        return before

    def rank(value):
        if value is None:
            return len(fact.values) + 1
        return fact.values.index(value) if value in fact.values else len(fact.values)

    best = min(found, key=rank)
    return min((before, best), key=rank) if outcome.highest_wins else best


def random_cell(random: Random, fact: Fact) -> str:
    """A cell in the grammar, often empty."""
    if random.random() < 0.45:
        return "-"
    tail = random.choice(["", "", "", " of onbekend"])
    if random.random() < 0.12:
        return random.choice(["onbekend", "bekend", "niet onbekend"])
    if fact.type is FactType.DATUM:
        return "bekend"
    if fact.type is FactType.GETAL:
        low, high = sorted(random.sample(range(1, 40), 2))
        return random.choice([f"< {high}", f">= {low}", f"{low} tot {high}", f"{low} t/m {high}", f"= {low}"]) + tail
    words = GEMEENTEN if fact.type is FactType.GEMEENTE else fact.values
    chosen = random.sample(words, random.randint(1, 2))
    if fact.type.is_list:
        joined = " of ".join(chosen)
        every = f"bevat alle {' en '.join(chosen)}"
        tests = [f"bevat {joined}", f"bevat niet {joined}", every, f"eerste {joined}", "leeg", "niet leeg"]
        return random.choice(tests) + tail
    return random.choice(["", "", "niet "]) + " of ".join(chosen) + tail


def random_ruleset(random: Random, *, rows: int = 8, tables: int = 3) -> RuleSet:
    """Chained tables with random cells, results and hit policies."""
    asked = dict(FACTS)
    made = []
    for number in range(tables):
        columns = [asked[name] for name in sorted(random.sample(sorted(asked), min(5, len(asked))))]
        outcomes = [OUTCOMES[name].fact for name in sorted(random.sample(sorted(OUTCOMES), random.randint(1, 3)))]
        count = random.randint(1, rows)
        lines = [_random_row(random, f"T{number}.{place}", columns, outcomes) for place in range(count)]
        policy = random.choice(list(HitPolicy))
        made.append(build_table(f"T{number}", "", policy, Grid(columns=columns, outcomes=outcomes, rows=lines)))
        asked |= {fact.name: fact for fact in outcomes}
    return RuleSet(
        id="toeval/2026-01-01", regio="toeval", title="", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31),
        status=Status.IN_WERKING, sources=(), hash="", facts=FACTS, parameters={}, derived=(), outcomes=OUTCOMES,
        tables=tuple(made), destinations={}, emergency_destination="", region=frozenset(GEMEENTEN[:2]), constants={},
    )  # fmt: skip


def _random_row(random: Random, name, columns, outcomes):
    cells = tuple(read_cell(random_cell(random, fact), fact, {}) for fact in columns)
    results = {fact.name: result for fact in outcomes if (result := _random_result(random, fact)) is not None}
    return Row(name, 1, cells, results, "omdat", "grond")


def _random_result(random: Random, fact: Fact):
    if random.random() < 0.2:
        return None
    if fact.type.is_list:
        return tuple(random.sample(fact.values, random.randint(1, 2)))
    if fact.type is FactType.GEMEENTE:
        return random.choice([("GM0599",), ("GM0344",), (Reference("e"),)])
    return (random.choice(fact.values),)


def random_facts(random: Random, known: float) -> dict:
    """Facts of which about the share `known` is known."""
    facts = {
        "a": random.choice(["ja", "nee"]),
        "b": random.choice(FACTS["b"].values),
        "c": random.randint(0, 40),
        "d": tuple(random.sample(FACTS["d"].values, random.randint(0, 3))),
        "e": random.choice([*GEMEENTEN, "geen", "GM0014"]),
        "f": "2026-01-01",
    }
    return {name: value for name, value in facts.items() if random.random() < known}
