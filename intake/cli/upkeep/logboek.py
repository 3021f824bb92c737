"""`toegang controleer-logboek`: whether the audit log is as it was written; names the first broken row per chain."""

import argparse
import uuid
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.clock import SystemClock
from intake.access.audit import verify_log
from intake.cli.frame.database import installed_database
from intake.cli.frame.failure import BadInput
from intake.keys import NO_TENANT, CannotOpen
from intake.tables.audit import AuditHead
from intake.tables.organisation import Organisation
from intake.upkeep import chain


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("controleer-logboek", help="controleer of het logboek niet veranderd is")
    parser.add_argument("--anker", action="store_true", help="leg na de controle vast waar het logboek nu eindigt")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print each broken chain; exit code 1 when there is one.

    Raises:
        BadInput: the anchors or the keys cannot be read.
    """
    with installed_database() as (database, settings), database.reading() as session:
        try:
            anchors = chain.kept_anchor(settings.instance)
            broken = verify_log(session, anchors)
        except chain.AnchorFileDamaged as error:
            raise BadInput(str(error)) from error
        except CannotOpen as error:
            raise BadInput(
                "de sleutel van het logboek is niet te openen. Klopt TOEGANG_MASTER_KEY (of master.key)?"
            ) from error
        names = _names(session)
        for one in broken:
            print(f"{names.get(one.chain_id, 'onbekende organisatie')}. {one}")
        if broken:
            return 1
        rows = session.scalar(select(func.coalesce(func.sum(AuditHead.seq), 0)))
        print(f"Het logboek klopt: {rows} regels, vergeleken met {len(anchors)} ankers.")
        if arguments.anker:
            made = chain.keep_anchor(session, settings.instance, now=SystemClock().now())
            print(f"{len(made)} ankers vastgelegd in {settings.instance / chain.FILE}.")
    return 0


def _names(session: Session) -> dict[uuid.UUID, str]:
    found = {row.id: row.naam for row in session.scalars(select(Organisation))}
    return found | {NO_TENANT: "Zonder gemeente"}
