"""What is wrong with a rule file: where, what is allowed, and what was probably meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong at one place. `line` counts from 1; 0 when the whole file is meant."""

    file: str
    message: str
    line: int = 0
    row: str = ""
    column: str = ""
    allowed: str = ""
    meant: str = ""

    def __str__(self) -> str:
        """One Dutch sentence with the place in front."""
        place = [self.file]
        place += [f"regel {self.row}"] if self.row else []
        place += [f"kolom {self.column}"] if self.column else []
        place += [f"bestandsregel {self.line}"] if self.line else []
        parts = [f"{', '.join(place)}: {self.message.rstrip('.')}."]
        parts += [f"Toegestaan: {self.allowed}."] if self.allowed else []
        parts += [f"Bedoelde u „{self.meant}”?"] if self.meant else []
        return " ".join(parts)


class RuleSetErrors(ValueError):
    """A rule set does not load; `findings` holds everything that is wrong, not only the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class GrammarError(ValueError):
    """A piece of a cell cannot be read."""

    def __init__(self, message: str, allowed: str = "", meant: str = "") -> None:
        self.message, self.allowed, self.meant = message, allowed, meant
        super().__init__(message)


def closest(word: str, words: Iterable[str]) -> str:
    """The allowed word that looks most like `word`, or nothing."""
    found = get_close_matches(word[:LONGEST], list(words), n=1, cutoff=0.6)
    return found[0] if found else ""


def shown(text: str) -> str:
    """A cell's text short enough for a message."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
