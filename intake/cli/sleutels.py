"""`toegang sleutels`: change the keys of the gemeenten while people go on working."""

import argparse
from typing import Any

from sqlalchemy import select

from config.clock import SystemClock
from intake import audit, key_rotation
from intake.action import Action
from intake.cli.database import installed_database, operator
from intake.cli.failure import BadInput
from intake.crypto import CannotOpen
from intake.database import Database
from intake.tables.organisation import Organisation, OrganisationKind


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("sleutels", help="toon of vernieuw de sleutels van de gemeenten")
    acts = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, dest="doe")
    acts.add_parser("toon", help="toon welke sleutel hoeveel dossiers afsluit").set_defaults(run=run, act=_show)
    turn = acts.add_parser("draai", help="maak nieuwe sleutels; de app mag blijven draaien")
    turn.add_argument("--gemeente", metavar="CODE", help="alleen deze gemeente (CBS-code)")
    turn.set_defaults(run=run, act=_turn)
    clean = acts.add_parser("opruimen", help="verwijder oude sleutels; doe dit een uur of langer na het draaien")
    clean.set_defaults(run=run, act=_clean)


def run(arguments: argparse.Namespace) -> int:
    """Do it.

    Raises:
        BadInput: a key cannot be opened, or there is no such gemeente.
    """
    with installed_database() as (database, _):
        try:
            arguments.act(database, arguments)
        except CannotOpen as error:
            raise BadInput("een sleutel is niet te openen. Klopt TOEGANG_MASTER_KEY (of master.key)?") from error
    return 0


def _show(database: Database, arguments: argparse.Namespace) -> None:
    del arguments
    with database.reading() as session:
        names = {one.id: one.naam for one in session.scalars(select(Organisation))}
        for use in key_rotation.uses(session):
            print(f"{names.get(use.gemeente_id, 'zonder gemeente')}: sleutel {use.version}, {use.cases} dossiers")


def _turn(database: Database, arguments: argparse.Namespace) -> None:
    with database.reading() as session:
        query = select(Organisation).where(Organisation.kind == OrganisationKind.GEMEENTE)
        if arguments.gemeente:
            query = query.where(Organisation.gemeente_code == arguments.gemeente)
        gemeenten = list(session.scalars(query.order_by(Organisation.naam)))
    if not gemeenten:
        raise BadInput("deze gemeente doet niet mee.")
    for one in gemeenten:
        done = key_rotation.rotate(database, one.id)
        with database.unit_of_work() as session:
            actor = operator(SystemClock().now())
            audit.record(session, actor, Action.RUN_JOB, about=one, detail=f"sleutel_gedraaid dossiers={done}")
        print(f"{one.naam}: nieuwe sleutel, {done} dossiers opnieuw afgesloten.")
    print("Oude sleutels verwijderen: over een uur of later, met toegang sleutels opruimen.")


def _clean(database: Database, arguments: argparse.Namespace) -> None:
    del arguments
    with database.unit_of_work() as session:
        gone = key_rotation.retire(session)
    print(f"{gone} oude sleutels verwijderd.")
