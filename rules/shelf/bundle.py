"""A rule set as plain texts: what a draft edits and what a published version keeps, independent of any folder.

A bundle holds its own files and, beside them, the words (`feiten.yaml`) and the national guard rails with which it was
made. So a version that was in force gives the same advice years later, whatever was shipped since.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from rules.cases.scenario import SCENARIO_FILE
from rules.engine.ruleset import RuleSet
from rules.reading.guards import HEAD
from rules.shelf.load import NATIONAL, VOCABULARY_FILE, load_ruleset, read_ruleset
from rules.shelf.shelf import SETS
from rules.values.findings import Finding, RuleSetErrors

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}\.(?:csv|yaml)")
REGION_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
MAX_FILES = 100
MAX_FILE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bundle:
    """The texts of one set: `own` by file name, `shared` (facts and national set) by path under the root."""

    regio: str
    day: date
    own: Mapping[str, str]
    shared: Mapping[str, str]

    @property
    def scenarios(self) -> str:
        """The text of its scenarios, empty when it has none."""
        return self.own.get(SCENARIO_FILE, "")

    @property
    def digest(self) -> str:
        """A hash of every text in it, the scenarios included: two bundles with the same digest are the same."""
        digest = hashlib.sha256(f"{self.regio}/{self.day.isoformat()}".encode())
        for name, text in sorted({**self.own, **self.shared}.items()):
            content = text.encode()
            digest.update(f"\n{name}:{len(content)}\n".encode())
            digest.update(content)
        return f"sha256:{digest.hexdigest()}"

    def with_file(self, name: str, text: str) -> "Bundle":
        """The same bundle with one of its own files replaced or added."""
        return replace(self, own=MappingProxyType({**self.own, name: text}))


def read_bundle(folder: Path) -> Bundle:
    """The texts of the set in a folder `<regio>/<first day>/`, with the words and guard rails beside it.

    A folder of its own, without those beside it, is read with the ones that came with the program.

    Raises:
        OSError: a file cannot be read.
        RuleSetErrors: a file is no text in UTF-8.
        ValueError: the folder is not named after a day.
    """
    beside = folder.parent.parent
    root = beside if (beside / VOCABULARY_FILE).is_file() else SETS
    own = {path.name: _text(path) for path in _files(folder)}
    national = root / NATIONAL
    shared = {VOCABULARY_FILE: _text(root / VOCABULARY_FILE)}
    for place in sorted(national.iterdir()) if national.is_dir() else ():
        if place.is_dir():
            for path in _files(place):
                shared[f"{NATIONAL}/{place.name}/{path.name}"] = _text(path)
    return Bundle(folder.parent.name, date.fromisoformat(folder.name), MappingProxyType(own), MappingProxyType(shared))


def _text(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        finding = Finding(path.name, "dit is geen tekst in UTF-8", line, allowed="bewaar het bestand als CSV UTF-8")
        raise RuleSetErrors([finding]) from error


def load_bundle(bundle: Bundle) -> RuleSet:
    """The rule set that the texts of a bundle make; checked exactly as one in a folder is.

    Raises:
        RuleSetErrors: with every fault in every file, or the guard rails that it breaks with an example.
    """
    with _in_a_folder(bundle) as folder:
        return load_ruleset(folder)


def parse_bundle(bundle: Bundle) -> RuleSet:
    """As `load_bundle`, but not held against the guard rails: quick, for a look at a draft or a set known to be good.

    Raises:
        RuleSetErrors: with every fault in every file.
    """
    with _in_a_folder(bundle) as folder:
        return read_ruleset(folder)


@contextmanager
def _in_a_folder(bundle: Bundle) -> Iterator[Path]:
    findings = _refused(bundle)
    if findings:
        raise RuleSetErrors(findings)
    with tempfile.TemporaryDirectory(prefix="regelset-") as place:
        root = Path(place)
        folder = root / bundle.regio / bundle.day.isoformat()
        for name, text in bundle.shared.items():
            _write(root / name, text)
        for name, text in bundle.own.items():
            _write(folder / name, text)
        yield folder


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and FILE_NAME.fullmatch(path.name))


def _refused(bundle: Bundle) -> list[Finding]:
    """What may never become a file: names that lead elsewhere, too much text, or no head at all."""
    found = []
    if REGION_NAME.fullmatch(bundle.regio) is None:
        found.append(Finding(HEAD, f"„{bundle.regio[:60]}” kan geen naam van een regio zijn"))
    if len(bundle.own) + len(bundle.shared) > MAX_FILES:
        found.append(Finding(HEAD, "er zijn te veel bestanden", allowed=f"hoogstens {MAX_FILES}"))
    for name, text in bundle.own.items():
        if FILE_NAME.fullmatch(name) is None:
            found.append(Finding(name[:60], "zo kan een bestand niet heten", allowed="mijn-tabel.csv, regelset.yaml"))
        if len(text) > MAX_FILE:
            found.append(Finding(name[:60], "het bestand is te groot", allowed=f"hoogstens {MAX_FILE // 1024} kB"))
    for name in bundle.shared:
        parts = name.split("/")
        if not all(FILE_NAME.fullmatch(part) or re.fullmatch(r"[a-z0-9-]+", part) for part in parts):
            found.append(Finding(name[:60], "zo kan een bestand niet heten"))
    if HEAD not in bundle.own:
        found.append(Finding(HEAD, "het bestand ontbreekt"))
    return found


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
