"""One loaded rule set serves many threads and forked processes, and nothing can change it."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import date
from random import Random

import pytest

from rules import advise
from rules.shelf.load import read_ruleset
from tests.rules.files import write_set

ON = date(2026, 3, 2)


def a_case(seed):
    random = Random(seed)
    return {
        "slaapplek_vannacht": random.choice(["geen", "kan_blijven", None]),
        "geboortedatum": random.choice(["1981-06-15", "2010-01-01", None]),
        "kinderen_mee": random.choice([0, 1, None]),
        "woongemeente": random.choice(["GM0599", "geen", None]),
        "melding_gemeente": "GM0597",
    }


@pytest.fixture
def proef(tmp_path):
    return read_ruleset(write_set(tmp_path, national={}))


def test_eight_threads_get_the_same_as_one(proef):
    alone = [advise(proef, a_case(seed), ON) for seed in range(200)]
    with ThreadPoolExecutor(max_workers=8) as pool:
        together = list(pool.map(lambda seed: advise(proef, a_case(seed), ON), range(200)))
    assert together == alone


def answer_in_child(ruleset, connection):
    connection.send([advise(ruleset, a_case(seed), ON).to_dict() for seed in range(20)])
    connection.close()


def test_a_forked_process_gets_the_same(proef):
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=answer_in_child, args=(proef, there))
    child.start()
    answers = here.recv() if here.poll(30) else None
    child.join(30)
    assert answers == [advise(proef, a_case(seed), ON).to_dict() for seed in range(20)]


def test_nothing_in_a_loaded_set_can_be_changed(proef):
    with pytest.raises(FrozenInstanceError):
        proef.tables = ()
    with pytest.raises(TypeError):
        proef.parameters["min_leeftijd"] = 0
    with pytest.raises(TypeError):
        proef.table("T1").rows[0].results["kring"] = ("binnen",)
    with pytest.raises(FrozenInstanceError):
        proef.table("T1").rows[0].cells[0].text = "-"


def test_the_facts_given_are_left_as_they_were(proef):
    facts = {"netwerk": ["GM0599"], "slaapplek_vannacht": "geen"}
    advise(proef, facts, ON)
    assert facts == {"netwerk": ["GM0599"], "slaapplek_vannacht": "geen"}
