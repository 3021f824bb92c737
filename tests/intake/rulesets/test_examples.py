"""An example that a check gives is one that the form keeps whole: `toegang advies` then shows the same."""

import pytest

from intake.rulesets.inspection.check import kept_by_form
from rules import load_ruleset
from rules.check.trials import Trials
from rules.check.witness import Search
from rules.shelf.shelf import SETS


@pytest.mark.parametrize("regio", ["rotterdam-rijnmond", "voorbeeldregio"])
def test_the_form_keeps_every_fact_of_the_example_of_every_row(regio):
    ruleset = load_ruleset(SETS / regio / "2026-01-01")
    trials, seen = Trials(ruleset, ruleset.valid_from), {}
    dropped = [
        row.id
        for table in ruleset.tables
        for place, row in enumerate(table.rows)
        if (facts := Search(ruleset, trials, seen=seen, kept=kept_by_form).row(table, place)) is not None
        and not kept_by_form(facts)
    ]
    assert dropped == []


def test_what_the_form_would_not_ask_is_not_kept():
    assert kept_by_form({"nationaliteit": "derdeland", "coa_status": "geen"})
    assert not kept_by_form({"nationaliteit": "eu_eer_ch", "coa_status": "geen"})
