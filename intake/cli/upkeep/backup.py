"""`toegang backup` and `toegang herstel`: the whole installation in one file, and back; checked both ways."""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from config.clock import SystemClock
from config.settings import Settings
from intake.access.audit import Break, verify_log
from intake.cli.frame.database import installed_database
from intake.cli.frame.environment import installed_settings
from intake.cli.frame.failure import BadInput
from intake.keys import CannotOpen, session_info
from intake.rights import destruction
from intake.store import Database, SchemaNotCurrent, newest_schema, open_database
from intake.upkeep import backup, chain
from intake.upkeep.backup import BackupDamaged, Content, Manifest, NotEmpty, ToolFailed

FOLDER = "backups"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup that was read and found whole."""

    manifest: Manifest
    content: Path


def register(commands: Any) -> None:
    """Add both subcommands."""
    out = commands.add_parser("backup", help="maak één bestand met de hele database, en controleer het")
    out.add_argument("bestand", metavar="BESTAND", nargs="?", type=Path, help="gewoon: een nieuw bestand in backups/")
    out.add_argument("--controleer", action="store_true", help="maak niets; controleer of dit bestand heel is")
    out.set_defaults(run=run_backup)
    back = commands.add_parser("herstel", help="zet een back-up terug en controleer wat er dan staat")
    back.add_argument("bestand", metavar="BESTAND", type=Path)
    back.add_argument("--overschrijf", action="store_true", help="ook als de database niet leeg is")
    back.set_defaults(run=run_restore)


def run_backup(arguments: argparse.Namespace) -> int:
    """Make a backup and read it back, or only check one; exit code 1 when the audit log in it is broken.

    Raises:
        BadInput: it cannot be made, or the file is not whole.
    """
    if arguments.controleer:
        if arguments.bestand is None:
            raise BadInput("noem het bestand dat u wilt controleren.")
        return _check(arguments.bestand, installed_settings())
    with installed_database() as (database, settings):
        path = arguments.bestand or _new_name(settings)
        if path.exists():
            raise BadInput(f"{path} bestaat al. Kies een andere naam; een back-up wordt nooit overschreven.")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as room:
            content = Path(room) / "uit"
            _write(path, content, database, settings)
    return _check(path, settings)


def run_restore(arguments: argparse.Namespace) -> int:
    """Put a backup back; the file is checked before anything is touched, and the database after it.

    Raises:
        BadInput: the file is not whole, the database is not empty, or what came back is not what was kept.
    """
    settings = installed_settings()
    with tempfile.TemporaryDirectory(prefix="toegang-herstel-") as room:
        unpacked = _unpack(arguments.bestand, settings, Path(room) / "terug")
        database = open_database(settings.database_url, *settings.masters)
        try:
            _refuse_other_engine(unpacked.manifest, database)
            kept = backup.restore(database.engine, unpacked.content, overwrite=arguments.overschrijf)
            with database.engine.connect() as connection:
                _compare(unpacked.manifest, backup.content_of(connection))
            again = _destroy_again(database, settings)
        except (NotEmpty, ToolFailed) as error:
            raise BadInput(str(error)) from error
        finally:
            database.dispose()
    print(f"Teruggezet: de stand van {unpacked.manifest.made_at}, {_size(unpacked.manifest)}. Alle tabellen kloppen.")
    if again:
        word = "dossier" if again == 1 else "dossiers"
        print(f"{again} {word} van vóór de back-up waren vernietigd en zijn opnieuw vernietigd.")
    if kept is not None:
        print(f"Wat er stond, is bewaard als {kept}. Gooi dat bestand weg als u het niet meer nodig hebt.")
    print("Voer nu uit: toegang controleer-logboek")
    return 0


def _destroy_again(database: Database, settings: Settings) -> int:
    """What was destroyed since the backup does not come back; in an older schema the worker does it, once upgraded."""
    if database.engine.dialect.name == "sqlite":
        database.upgrade()
    try:
        database.assert_current()
    except SchemaNotCurrent:
        return 0
    with database.unit_of_work() as session:
        return destruction.destroy_again(session, settings.instance)


def _write(path: Path, content: Path, database: Database, settings: Settings) -> None:
    try:
        found = backup.dump(database.engine, content)
    except ToolFailed as error:
        raise BadInput(str(error)) from error
    manifest = backup.describe(found, content, made_at=SystemClock().now(), master_key=settings.master_key)
    backup.write(path, content, manifest, settings.master_key)


def _check(path: Path, settings: Settings) -> int:
    """Read the file as a restore would; a SQLite database is opened too, its audit log verified."""
    with tempfile.TemporaryDirectory(prefix="toegang-controle-") as room:
        unpacked = _unpack(path, settings, Path(room) / "terug")
        broken = _broken_log(unpacked, settings)
    print(f"{path} is heel: de stand van {unpacked.manifest.made_at}, {_size(unpacked.manifest)}.")
    print("De hoofdsleutel zit er niet in. Bewaar die apart: zonder die sleutel is deze back-up niet te lezen.")
    for one in broken:
        print(f"Let op: het logboek in deze back-up klopt niet. {one}")
    return 1 if broken else 0


def _unpack(path: Path, settings: Settings, into: Path) -> Unpacked:
    try:
        manifest = backup.read(path, settings.masters, into)
    except BackupDamaged as error:
        raise BadInput(str(error)) from error
    if manifest.engine == "sqlite":
        damage = backup.damage_of(into)
        if damage:
            raise BadInput(f"{path.name} is niet heel: {damage}")
        with backup.opened_copy(into) as copy, copy.connect() as connection:
            _compare(manifest, backup.content_of(connection))
    return Unpacked(manifest, into)


def _broken_log(unpacked: Unpacked, settings: Settings) -> list[Break]:
    if unpacked.manifest.engine != "sqlite" or unpacked.manifest.schema != newest_schema():
        return []
    until = dict(line.rsplit(" ", 2)[0:2] for line in unpacked.manifest.anchors)
    anchors = tuple(
        one for one in chain.kept_anchor(settings.instance) if one.seq <= int(until.get(str(one.chain_id), 0))
    )
    info = session_info(*settings.masters)
    with backup.opened_copy(unpacked.content) as copy, Session(copy, info=info) as session:
        try:
            return verify_log(session, anchors)
        except CannotOpen as error:
            raise BadInput("de sleutel van het logboek in deze back-up is niet te openen.") from error


def _compare(manifest: Manifest, found: Content) -> None:
    wrong = backup.differences(manifest, found.tables)
    if wrong:
        raise BadInput(f"deze tabellen zijn niet zoals zij bewaard werden: {', '.join(wrong)}.")
    if found.anchors != manifest.anchors:
        raise BadInput("het logboek eindigt niet waar het eindigde toen de back-up werd gemaakt.")


def _refuse_other_engine(manifest: Manifest, database: Database) -> None:
    if manifest.engine != database.engine.dialect.name:
        raise BadInput(
            f"deze back-up is van {manifest.engine} en de database is {database.engine.dialect.name}. "
            "Zet TOEGANG_DATABASE_URL op een database van dezelfde soort."
        )


def _new_name(settings: Settings) -> Path:
    moment = SystemClock().now().strftime("%Y%m%dT%H%M%SZ")
    return settings.instance / FOLDER / f"toegang-{moment}.backup"


def _size(manifest: Manifest) -> str:
    rows = sum(one.rows for one in manifest.tables.values())
    return f"{len(manifest.tables)} tabellen met {rows} rijen"
