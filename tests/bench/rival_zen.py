"""The same tables in zen-engine. Runs in the bench's own environment: python rival_zen.py tables.json cases.json."""

import json
import sys
import time
from pathlib import Path

import zen

ORIGIN = {"x": 0, "y": 0}


def quoted(word):
    return json.dumps(word)


def known_test(test, field):
    words = [quoted(word) for word in test["words"]]
    has = [f"contains({field}, {word})" for word in words]
    ranges = " or ".join(
        " and ".join([f"{field} >= {low}"] * (low is not None) + [f"{field} <= {high}"] * (high is not None))
        for low, high in test["ranges"]
    )
    return {
        "ONE_OF": f"{field} in [{', '.join(words)}]",
        "NONE_OF": f"not ({field} in [{', '.join(words)}])",
        "RANGES": f"({ranges})",
        "KNOWN": "true",
        "NEVER_KNOWN": "false",
        "HAS_ANY": f"({' or '.join(has)})",
        "HAS_ALL": f"({' and '.join(has)})",
        "HAS_NONE": f"not ({' or '.join(has)})",
        "EMPTY": f"len({field}) == 0",
        "NOT_EMPTY": f"len({field}) > 0",
        "FIRST": f"len({field}) > 0 and {field}[0] in [{', '.join(words)}]",
    }[test["test"]]


def cell(test, field):
    """A whole expression on the field: the short form of a cell cannot join three tests."""
    if test["test"] == "ANY":
        return ""
    if test["test"] == "NEVER_KNOWN":
        return f"{field} == null"
    if test["test"] == "KNOWN":
        return f"{field} != null"
    known = known_test(test, field)
    return f"{field} == null or ({known})" if test["or_unknown"] else f"{field} != null and ({known})"


def cells(table, row):
    return {f"i{n}": cell(test, table["columns"][n]["name"]) for n, test in enumerate(row["tests"])}


def table_node(table):
    """One table; it reads its own part of the input and writes to its own part of the answer."""
    content = {
        "hitPolicy": "first" if table["first"] else "collect",
        "inputs": [{"id": f"i{n}", "name": one["name"]} for n, one in enumerate(table["columns"])],
        "outputs": [{"id": "o", "name": "regel", "field": "regel"}],
        "rules": [{"_id": row["id"], **cells(table, row), "o": quoted(row["id"])} for row in table["rows"]],
        "inputField": key(table),
        "outputPath": key(table),
        "executionMode": "single",
        "passThrough": False,
    }
    return {"id": key(table), "type": "decisionTableNode", "name": key(table), "content": content, "position": ORIGIN}


def key(table):
    return table["name"].replace("-", "_")


def decision(engine, tables):
    """All tables in one decision, side by side: one call for one case."""
    nodes = [{"id": name, "type": f"{name}putNode", "name": name, "position": ORIGIN} for name in ("in", "out")]
    nodes += [table_node(table) for table in tables]
    edges = []
    for table in tables:
        name = key(table)
        edges.append({"id": f"a{name}", "sourceId": "in", "targetId": name, "type": "edge"})
        edges.append({"id": f"b{name}", "sourceId": name, "targetId": "out", "type": "edge"})
    content = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    return engine.create_decision(json.dumps(content))


def fired(result, first):
    if first:
        return [result["regel"]] if result else []
    return [row["regel"] for row in result] if isinstance(result, list) else []


def main():
    tables = json.loads(Path(sys.argv[1]).read_text())
    cases = json.loads(Path(sys.argv[2]).read_text())
    engine = zen.ZenEngine()
    begun = time.perf_counter()
    one = decision(engine, tables)
    given = [{key(table): case["inputs"][table["name"]] for table in tables} for case in cases]
    one.evaluate(given[0])
    loaded = time.perf_counter() - begun
    times, wrong = [], []
    for number, case in enumerate(cases):
        start = time.process_time()
        result = one.evaluate(given[number])["result"]
        times.append(time.process_time() - start)
        for table in tables:
            got = fired(result.get(key(table)), table["first"])
            if got != case["expected"][table["name"]]:
                wrong.append([number, table["name"], got, case["expected"][table["name"]]])
    times.sort()
    sys.stdout.write(
        json.dumps(
            {
                "engine": "zen-engine",
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
