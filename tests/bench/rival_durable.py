"""The same tables in durable_rules, in the bench’s own environment: python rival_durable.py tables.json cases.json.

Unknown values are written as a word of their own, lists as one yes/no per word, since the engine knows neither.
"""

import json
import operator
import sys
import time
from functools import reduce
from pathlib import Path

from durable.lang import assert_fact, m, retract_fact, ruleset, when_all

UNKNOWN = "onbekend"
FIRED = []


def both(tests):
    return reduce(operator.and_, tests)


def either(tests):
    return reduce(operator.or_, tests)


def number_test(field, part):
    low, high = part
    tests = [getattr(m, f"{field}_b") == "ja"]
    tests += [getattr(m, field) >= low] if low is not None else []
    tests += [getattr(m, field) <= high] if high is not None else []
    return both(tests)


def known_test(field, test):
    name = test["test"]
    words = test["words"]
    value = getattr(m, field)
    has = [getattr(m, f"{field}_{word}") == "ja" for word in words]
    hasnt = [getattr(m, f"{field}_{word}") == "nee" for word in words]
    known = getattr(m, f"{field}_b") == "ja"
    make = {
        "ONE_OF": lambda: either([value == word for word in words]),
        "NONE_OF": lambda: both([value != word for word in (*words, UNKNOWN)]),
        "RANGES": lambda: either([number_test(field, part) for part in test["ranges"]]),
        "KNOWN": lambda: value != UNKNOWN,
        "NEVER_KNOWN": lambda: value == UNKNOWN,
        "HAS_ANY": lambda: either(has),
        "HAS_ALL": lambda: both(has),
        "HAS_NONE": lambda: both([known, *hasnt]),
        "EMPTY": lambda: both([known, getattr(m, f"{field}_n") == 0]),
        "NOT_EMPTY": lambda: both([known, getattr(m, f"{field}_n") > 0]),
        "FIRST": lambda: either([getattr(m, f"{field}_1") == word for word in words]),
    }
    return make[name]()


def cell(column, test):
    field, kind = column["name"], column["kind"]
    if test["test"] == "ANY":
        return None
    if kind in ("number", "list"):
        unknown = getattr(m, f"{field}_b") == "nee"
        if test["test"] in ("KNOWN", "NEVER_KNOWN"):
            return (getattr(m, f"{field}_b") == "ja") if test["test"] == "KNOWN" else unknown
    else:
        unknown = getattr(m, field) == UNKNOWN
    known = known_test(field, test)
    return either([unknown, known]) if test["or_unknown"] and test["test"] != "NEVER_KNOWN" else known


def noting(row_id):
    def note(_context):
        FIRED.append(row_id)

    return note


def define(table):
    words = {}
    for row in table["rows"]:
        for column, test in zip(table["columns"], row["tests"], strict=True):
            if column["kind"] == "list":
                words.setdefault(column["name"], set()).update(test["words"])
    with ruleset(table["name"]):
        for row in table["rows"]:
            tests = [
                made
                for column, test in zip(table["columns"], row["tests"], strict=True)
                if (made := cell(column, test)) is not None
            ]
            tests = tests or [m.altijd == "ja"]

            when_all(both(tests))(noting(row["id"]))
    return words


def encoded(table, words, inputs):
    fact = {"id": 1, "sid": "1", "altijd": "ja"}
    for column in table["columns"]:
        name, kind = column["name"], column["kind"]
        value = inputs[name]
        if kind == "number":
            fact[name], fact[f"{name}_b"] = value or 0, "nee" if value is None else "ja"
        elif kind == "list":
            fact[f"{name}_b"] = "nee" if value is None else "ja"
            fact[f"{name}_n"] = len(value or ())
            fact[f"{name}_1"] = value[0] if value else UNKNOWN
            for word in words.get(name, ()):
                fact[f"{name}_{word}"] = UNKNOWN if value is None else "ja" if word in value else "nee"
        else:
            fact[name] = UNKNOWN if value is None else value
    return fact


def decide(table, fact):
    FIRED.clear()
    try:
        assert_fact(table["name"], fact)
    except Exception as error:  # no rule matches: the engine says so with an error
        if type(error).__name__ != "MessageNotHandledException":
            raise
        return []
    retract_fact(table["name"], fact)
    return list(FIRED)


def main():
    tables = json.loads(Path(sys.argv[1]).read_text())
    cases = json.loads(Path(sys.argv[2]).read_text())
    begun = time.perf_counter()
    words = {table["name"]: define(table) for table in tables}
    order = {row["id"]: place for table in tables for place, row in enumerate(table["rows"])}
    decide(tables[0], encoded(tables[0], words[tables[0]["name"]], cases[0]["inputs"][tables[0]["name"]]))
    loaded = time.perf_counter() - begun
    times, wrong = [], []
    for number, case in enumerate(cases):
        facts = [encoded(table, words[table["name"]], case["inputs"][table["name"]]) for table in tables]
        start = time.process_time()
        results = [decide(table, fact) for table, fact in zip(tables, facts, strict=True)]
        times.append(time.process_time() - start)
        for table, result in zip(tables, results, strict=True):
            got = sorted(set(result), key=order.get)
            got = got[:1] if table["first"] else got
            if got != case["expected"][table["name"]]:
                wrong.append([number, table["name"], got, case["expected"][table["name"]]])
    times.sort()
    sys.stdout.write(
        json.dumps(
            {
                "engine": "durable_rules",
                "cases": len(cases),
                "p50_us": times[len(times) // 2] * 1e6,
                "p95_us": times[int(len(times) * 0.95)] * 1e6,
                "load_s": loaded,
                "different": len(wrong),
                "examples": wrong[:3],
            }
        )
    )


main()
