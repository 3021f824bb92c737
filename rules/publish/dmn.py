"""The tables as DMN 1.3 XML, for other engines and for whoever draws decisions.

Each table becomes a decision that requires the facts and earlier decisions it asks. Cells become FEEL unary tests;
what FEEL has no word for (not knowing counts) is written as a test on null. Parameters are filled in.
"""

import re
from xml.etree import ElementTree as ET

from rules.engine.ruleset import RuleSet
from rules.tables.grammar import Reference, Result
from rules.tables.table import HitPolicy, Row, Table
from rules.values.cells import Cell, Range, Test
from rules.values.facts import Fact, FactType

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
HIT_POLICY = {
    HitPolicy.EERSTE: "FIRST",
    HitPolicy.UNIEK: "UNIQUE",
    HitPolicy.ELKE: "ANY",
    HitPolicy.VERZAMEL: "COLLECT",
    HitPolicy.VOORRANG: "OUTPUT ORDER",
}
_FEEL_TYPE = {FactType.GETAL: "number", FactType.DATUM: "date"}


def to_dmn(ruleset: RuleSet) -> bytes:
    """The whole set as one DMN document; the same set gives the same bytes."""
    root = ET.Element(
        "definitions",
        {
            "xmlns": NAMESPACE,
            "id": _id("set", ruleset.id),
            "name": ruleset.title,
            "namespace": f"urn:toegang:regelset:{ruleset.id}",
        },
    )
    ET.SubElement(
        root, "description"
    ).text = f"Geldig van {ruleset.valid_from} tot en met {ruleset.valid_to}. Kenmerk: {ruleset.hash}."
    asked = {fact.name: fact for table in ruleset.tables for fact in table.columns}
    made = {fact.name: table for table in ruleset.tables for fact in table.outcomes}
    for name, fact in asked.items():
        if name not in made:
            data = ET.SubElement(root, "inputData", {"id": _id("feit", name), "name": name})
            ET.SubElement(data, "description").text = fact.label
            ET.SubElement(data, "variable", {"name": name, "typeRef": _type(fact)})
    done: dict[str, str] = {}
    for table in ruleset.tables:
        _decision(root, table, done)
        done |= {fact.name: table.name for fact in table.outcomes}
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _decision(root: ET.Element, table: Table, done: dict[str, str]) -> None:
    decision = ET.SubElement(root, "decision", {"id": _id("tabel", table.name), "name": table.name})
    ET.SubElement(decision, "description").text = table.title
    ET.SubElement(decision, "variable", {"name": table.name, "typeRef": "Any"})
    required = dict.fromkeys(
        ("requiredDecision", _id("tabel", done[fact.name]))
        if fact.name in done
        else ("requiredInput", _id("feit", fact.name))
        for fact in table.columns
    )
    for kind, target in required:
        requirement = ET.SubElement(decision, "informationRequirement")
        ET.SubElement(requirement, kind, {"href": f"#{target}"})
    shape = ET.SubElement(
        decision, "decisionTable", {"hitPolicy": HIT_POLICY[table.policy], "id": _id("beslistabel", table.name)}
    )
    for fact in table.columns:
        column = ET.SubElement(shape, "input", {"label": fact.label})
        expression = ET.SubElement(column, "inputExpression", {"typeRef": _type(fact)})
        name = f"{done[fact.name]}.{fact.name}" if fact.name in done else fact.name
        ET.SubElement(expression, "text").text = name
    for fact in table.outcomes:
        ET.SubElement(shape, "output", {"name": fact.name, "label": fact.label, "typeRef": _type(fact)})
    for name in ("omdat", "grondslag"):
        ET.SubElement(shape, "annotation", {"name": name})
    for row in table.rows:
        _rule(shape, table, row)


def _rule(shape: ET.Element, table: Table, row: Row) -> None:
    rule = ET.SubElement(shape, "rule", {"id": _id("regel", row.id)})
    ET.SubElement(rule, "description").text = row.id
    for cell in row.cells:
        entry = ET.SubElement(rule, "inputEntry")
        ET.SubElement(entry, "text").text = feel_test(cell)
    for fact in table.outcomes:
        entry = ET.SubElement(rule, "outputEntry")
        ET.SubElement(entry, "text").text = feel_result(row.results.get(fact.name), fact)
    for text in (row.because, row.ground):
        entry = ET.SubElement(rule, "annotationEntry")
        ET.SubElement(entry, "text").text = text


def feel_test(cell: Cell) -> str:
    """The cell as a FEEL unary test; `?` is the value of the column."""
    if cell.test is Test.ANY:
        return "-"
    test = _known_test(cell)
    if cell.test is Test.NEVER_KNOWN:
        return "null"
    return f"? = null or ({test})" if cell.or_unknown else test


def feel_result(result: Result | None, fact: Fact) -> str:
    """The outcome as a FEEL expression; nothing said is null."""
    if result is None:
        return "null"
    parts = [part.name if isinstance(part, Reference) else _literal(part) for part in result]
    return f"[{', '.join(parts)}]" if fact.type.is_list else parts[0]


def _known_test(cell: Cell) -> str:
    words = ", ".join(_literal(word) for word in cell.words)
    if cell.test is Test.RANGES:
        return " or ".join(_range(part) for part in cell.ranges)
    if cell.test is Test.ONE_OF:
        return words if not cell.or_unknown else f"list contains([{words}], ?)"
    contains = [f"list contains(?, {_literal(word)})" for word in cell.words]
    return {
        Test.NONE_OF: f"? != null and not(list contains([{words}], ?))",
        Test.KNOWN: "? != null",
        Test.NEVER_KNOWN: "null",
        Test.HAS_ANY: " or ".join(contains),
        Test.HAS_ALL: " and ".join(contains),
        Test.HAS_NONE: f"? != null and not({' or '.join(contains)})",
        Test.EMPTY: "? != null and count(?) = 0",
        Test.NOT_EMPTY: "? != null and count(?) > 0",
        Test.FIRST: f"? != null and count(?) > 0 and list contains([{words}], ?[1])",
    }[cell.test]


def _range(part: Range) -> str:
    if part.low is None:
        return f"? <= {part.high}"
    if part.high is None:
        return f"? >= {part.low}"
    return f"? = {part.low}" if part.low == part.high else f"(? >= {part.low} and ? <= {part.high})"


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _type(fact: Fact) -> str:
    return "Any" if fact.type.is_list else _FEEL_TYPE.get(fact.type, "string")


def _id(kind: str, name: str) -> str:
    return f"{kind}_" + re.sub(r"[^A-Za-z0-9_-]", "_", name)
