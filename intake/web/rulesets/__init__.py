"""The pages on which rules are read, written, tried, checked and published."""

from intake.access import Action
from intake.web.frame.menu import Entry
from intake.web.rulesets import draft, file, inspection, publish, rules, table, trying

BLUEPRINTS = (
    draft.blueprint,
    file.blueprint,
    inspection.blueprint,
    publish.blueprint,
    rules.blueprint,
    table.blueprint,
    trying.blueprint,
)
ENTRIES = (
    Entry(
        "Regels",
        "rules.show",
        Action.READ_RULES,
        frozenset(one.blueprint.name for one in (draft, file, inspection, publish, rules, table, trying)),
    ),
)

__all__ = ["BLUEPRINTS", "ENTRIES"]
