"""One file from which an installation can come back: the database and a manifest of what must be in it.

The manifest holds a hash per table, where each chain of the audit log ends, and the hash of the database in the file;
it is sealed with a key that follows from the master key. The master key itself is never in it: keep it elsewhere.
"""

import hashlib
import hmac
import json
import lzma
import shutil
import uuid
import zipfile
import zlib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select

FORMAT = 1
MANIFEST, SEAL, CONTENT = "manifest.json", "manifest.zegel", "database"
BATCH = 2_000
CHUNK = 1024 * 1024
VERSION_TABLE = "alembic_version"
UNREADABLE = (OSError, EOFError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
"""What reading an archive raises when a byte of it is not as it was."""


class BackupDamaged(ValueError):
    """The file is no backup of ours, or not as it was made; the message is Dutch and says what is wrong."""


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows a table has, and the SHA-256 over all of them in the order of their keys."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a database held at one moment: engine, version of the schema, ends of the audit log, sum of each table."""

    engine: str
    schema: str
    anchors: tuple[str, ...]
    tables: dict[str, TableSum]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the database in the file must be. `anchors` are the ends of the audit log, `key_id` names the master key."""

    format: int
    made_at: str
    engine: str
    schema: str
    key_id: str
    content_sha256: str
    anchors: tuple[str, ...]
    tables: dict[str, TableSum]


def table_sums(connection: Connection) -> dict[str, TableSum]:
    """The sum of every table, whatever version the schema has."""
    known = MetaData()
    known.reflect(connection)
    tables = sorted((table for table in known.tables.values() if table.name != VERSION_TABLE), key=lambda one: one.name)
    return {table.name: _sum(connection, table) for table in tables}


def write(path: Path, content: Path, manifest: Manifest, master_key: bytes) -> None:
    """Put the dump in `content` and the manifest in one file, 0600; it appears whole or not at all."""
    text = json.dumps(asdict(manifest), sort_keys=True, indent=1).encode()
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        part.touch(mode=0o600)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            archive.writestr(MANIFEST, text)
            archive.writestr(SEAL, _seal(master_key, text))
            archive.write(content, CONTENT)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read(path: Path, masters: tuple[bytes, ...], into: Path) -> Manifest:
    """Unpack the dump to `into`, and give the manifest, when every byte is as it was made with one of `masters`.

    Raises:
        BackupDamaged: cut off, changed, of another master key, or no backup at all.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            text, seal = archive.read(MANIFEST), archive.read(SEAL).decode("ascii")
            into.touch(mode=0o600)
            with archive.open(CONTENT) as source, into.open("wb") as target:
                shutil.copyfileobj(source, target, CHUNK)
    except UNREADABLE as error:
        raise BackupDamaged(f"{path.name} is geen hele back-up: het bestand is afgebroken of veranderd.") from error
    manifest = _manifest(path, text)
    master_key = next((one for one in masters if key_id(one) == manifest.key_id), None)
    if master_key is None:
        raise BackupDamaged(f"{path.name} hoort bij een andere hoofdsleutel. Zet die erbij in TOEGANG_MASTER_KEY_OOK.")
    if not hmac.compare_digest(seal, _seal(master_key, text)):
        raise BackupDamaged(f"{path.name} is veranderd: het zegel van de lijst klopt niet.")
    if file_sha256(into) != manifest.content_sha256:
        raise BackupDamaged(f"{path.name} is veranderd: de database in het bestand klopt niet met de lijst.")
    return manifest


def differences(manifest: Manifest, found: dict[str, TableSum]) -> tuple[str, ...]:
    """The tables that are not as the manifest says."""
    names = sorted(manifest.tables.keys() | found.keys())
    return tuple(name for name in names if manifest.tables.get(name) != found.get(name))


def describe(found: Content, dumped: Path, *, made_at: datetime, master_key: bytes) -> Manifest:
    """The manifest of what was found in the database, and went to the file `dumped` at this moment."""
    return Manifest(
        format=FORMAT,
        made_at=made_at.isoformat(timespec="seconds"),
        engine=found.engine,
        schema=found.schema,
        key_id=key_id(master_key),
        content_sha256=file_sha256(dumped),
        anchors=found.anchors,
        tables=found.tables,
    )


def key_id(master_key: bytes) -> str:
    """A name for the master key, from which it cannot be guessed."""
    return hmac.digest(master_key, b"toegang backup key id", "sha256").hex()[:16]


def file_sha256(path: Path) -> str:
    """SHA-256 of the file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sum(connection: Connection, table: Table) -> TableSum:
    order = list(table.primary_key.columns) or list(table.columns)
    digest, rows = hashlib.sha256(), 0
    streamed = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*order))
    for row in streamed:
        digest.update(json.dumps([_spelled(value) for value in row], sort_keys=True, default=str).encode())
        rows += 1
    return TableSum(rows, digest.hexdigest())


def _spelled(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes | memoryview) else value


def _manifest(path: Path, text: bytes) -> Manifest:
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise BackupDamaged(f"{path.name} is gemaakt met een andere versie van Toegang.")
        tables = {name: TableSum(**one) for name, one in told.pop("tables").items()}
        return Manifest(**{**told, "anchors": tuple(told["anchors"])}, tables=tables)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, BackupDamaged):
            raise
        raise BackupDamaged(f"{path.name} is geen back-up van Toegang.") from error


def _seal(master_key: bytes, text: bytes) -> str:
    key = hmac.digest(master_key, b"toegang backup seal", "sha256")
    return hmac.digest(key, text, "sha256").hex()
