"""The decision tables of DMN TCK level 2 as vectors for the hit policies: one by one, by column, and read naively."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from rules.engine.batch import evaluate_frame, frame_of
from rules.engine.evaluate import evaluate
from rules.shelf.load import read_ruleset
from rules.tables.table import places_in
from rules.values.states import now_of
from tests.rules.oracle import naive

ON = date(2026, 3, 2)
KIT = yaml.load(  # the cells are words, as in a rule file: `ja` stays `ja`
    (Path(__file__).parent / "tck" / "vectoren.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
HEAD = """\
id: proef/2026-01-01
regio: proef
titel: Proef
geldig_van: 2026-01-01
geldig_tot: 2026-12-31
status: in_werking
bron: [DMN TCK]
tabellen:
  - {{naam: T1, treffer: {treffer}}}
"""


def written(root, vector):
    """The vector as the files of a rule set, so that the real loader reads it."""
    folder = root / "proef" / "2026-01-01"
    folder.mkdir(parents=True)
    words = {name: KIT[name] for name in ("feiten", "uitkomsten")}
    (root / "feiten.yaml").write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    (folder / "regelset.yaml").write_text(HEAD.format(treffer=vector["treffer"]), encoding="utf-8")
    head, *rows = vector["tabel"].splitlines()
    lines = [f"{head};omdat;grondslag", *(f"{row};Een zin.;Een artikel" for row in rows)]
    (folder / "T1.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def said(value):
    """An outcome as the kit writes it. Our lists hold a word once; the kit’s repeat it per rule that gives it."""
    return tuple(dict.fromkeys(value)) if isinstance(value, list) else value


@pytest.mark.parametrize("name", sorted(KIT["tabellen"]))
def test_a_table_of_the_kit_comes_out_as_the_kit_says(name, tmp_path):
    vector = KIT["tabellen"][name]
    ruleset = read_ruleset(written(tmp_path, vector))
    (table,) = ruleset.tables
    cases = [dict(zip([fact.name for fact in table.columns], case, strict=True)) for case, _ in vector["gevallen"]]
    for case in cases:
        case["leeftijd"] = int(case["leeftijd"])
    columns = evaluate_frame(ruleset, frame_of(ruleset, cases, ON))
    for place, (facts, (_, expected)) in enumerate(zip(cases, vector["gevallen"], strict=True)):
        evaluation = evaluate(ruleset, facts, ON)
        (hit,) = evaluation.hits
        assert hit.certain
        rows = [table.rows[row] for row in places_in(hit.masks.now)]
        outcomes, decided = naive(ruleset, facts)
        assert [row.id for row in rows] == decided["T1"]
        if "regels" in vector:
            assert [[row.results[fact.name][0] for fact in table.outcomes] for row in rows] == expected
            continue
        for fact, value in zip(table.outcomes, expected, strict=True):
            assert now_of(evaluation.states[fact.name]) == said(value), (facts, fact.name)
            assert outcomes[fact.name] == said(value)
            assert columns[fact.name].values()[place] == said(value)


def test_every_table_of_the_kit_is_tried_or_left_out_with_a_reason():
    assert len(KIT["tabellen"]) == 13
    assert len(KIT["past_niet"]) == 4
    assert not KIT["tabellen"].keys() & KIT["past_niet"].keys()
    assert all(len(vector["gevallen"]) == 3 for vector in KIT["tabellen"].values())
    assert all(reason.strip() for reason in KIT["past_niet"].values())


def test_the_kit_tries_every_hit_policy():
    assert {vector["treffer"] for vector in KIT["tabellen"].values()} == {
        "eerste", "uniek", "elke", "verzamel", "voorrang"
    }  # fmt: skip
