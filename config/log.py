"""Logging as one JSON object a line on standard error; what looks like a bsn never gets in."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from config.settings import Settings

_NINE_DIGITS = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}
"""What every record has; the rest was given as `extra`."""
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def _mask(match: re.Match[str]) -> str:
    digits = match.group()
    total = sum(weight * int(digit) for weight, digit in zip(_BSN_WEIGHTS, digits, strict=True))
    return "*********" if total % 11 == 0 else digits


def without_bsn(text: str) -> str:
    """`text` with each number that could be a bsn (nine digits that pass the elfproef) masked."""
    return _NINE_DIGITS.sub(_mask, text)


class JsonFormatter(logging.Formatter):
    """One line of JSON a record, control characters escaped, so that no value can forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        moment = datetime.fromtimestamp(record.created, UTC)
        entry: dict[str, str] = {
            "tijd": moment.isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "bron": record.name,
            "bericht": without_bsn(record.getMessage()),
        }
        for name in record.__dict__.keys() - _STANDARD:
            entry[name] = without_bsn(str(record.__dict__[name]))
        if record.exc_info:
            entry["spoor"] = without_bsn(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=True)


def configure(settings: Settings) -> None:
    """Send all logging to standard error as JSON at the level of the settings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for noisy in ("alembic", "weasyprint", "fontTools", "waitress.queue"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
