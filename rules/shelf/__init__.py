"""The dated folders of the regions: loading a set whole, as texts, and which one is in force."""

from rules.shelf.bundle import FILE_NAME, MAX_FILE, Bundle, load_bundle, parse_bundle, read_bundle
from rules.shelf.shelf import SETS, days_of, declared, version_of

__all__ = [
    "FILE_NAME",
    "MAX_FILE",
    "SETS",
    "Bundle",
    "days_of",
    "declared",
    "load_bundle",
    "parse_bundle",
    "read_bundle",
    "version_of",
]
