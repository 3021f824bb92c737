"""The pages on which rules are read, written, tried, checked and published."""

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

__all__ = ["BLUEPRINTS"]
