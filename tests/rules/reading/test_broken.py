"""A thousand random rule files with errors put into them: each is refused, clearly, at its place.

How long that takes is measured by `bin/bench rules`.
"""

from random import Random

import pytest

from rules import RuleSetErrors
from rules.shelf.load import read_ruleset
from tests.rules.reading.broken import ERRORS, FEITEN, HEAD, HEAD_FAULTS, WORD_FAULTS, random_files, written

BATCHES, A_BATCH = 10, 100


def refused(folder):
    """The findings, each short enough to be read."""
    with pytest.raises(RuleSetErrors) as caught:
        read_ruleset(folder)
    assert all(str(finding).strip() and len(str(finding)) < 3_000 for finding in caught.value.findings)
    return caught.value.findings


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_rule_file_with_errors_is_refused_at_their_place(tmp_path, batch):
    for seed in range(batch * A_BATCH, (batch + 1) * A_BATCH):
        random = Random(seed)
        files = random_files(random)
        wrong = ERRORS[seed % len(ERRORS)]
        name, row = wrong(files, random)
        findings = refused(written(tmp_path / str(seed), files))
        there = [finding for finding in findings if finding.file == name and (not row or finding.row == row)]
        assert there, (seed, wrong.__name__, name, row, [str(finding) for finding in findings])


@pytest.mark.parametrize(
    ("name", "fault"), [*((HEAD, fault) for fault in HEAD_FAULTS), *((FEITEN, fault) for fault in WORD_FAULTS)]
)
def test_each_error_in_the_head_and_the_facts_is_found(tmp_path, name, fault):
    files = random_files(Random(1))
    files[name] = files[name].replace(*fault, 1)
    there = "T9.csv" if fault[1].endswith("T9") else name
    assert there in {finding.file for finding in refused(written(tmp_path, files))}


@pytest.mark.parametrize("seed", range(60))
def test_a_random_rule_file_without_errors_loads(tmp_path, seed):
    random = Random(seed)
    ruleset = read_ruleset(written(tmp_path, random_files(random)))
    assert ruleset.tables
