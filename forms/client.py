"""What the answers tell of the client's name."""

from collections.abc import Mapping
from typing import Any

NAME_UNKNOWN = "Naam nog onbekend"


def client_name(answers: Mapping[str, Any]) -> str:
    """The client's name as far as the answers know it."""
    given = answers.get("roepnaam") or answers.get("voorletters") or ""
    parts = (given, answers.get("voorvoegsel", ""), answers.get("achternaam", ""))
    return " ".join(str(part) for part in parts if part) or NAME_UNKNOWN
