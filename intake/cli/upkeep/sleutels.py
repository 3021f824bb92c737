"""`toegang sleutels`: change the keys of the gemeenten, and the master key, while people go on working."""

import argparse
from typing import Any

from sqlalchemy import select

from config.clock import SystemClock
from config.settings import Settings, SettingsError, replace_own_master
from intake.access import Action, audit
from intake.cli.frame.database import installed_database, operator
from intake.cli.frame.failure import BadInput
from intake.keys import KEY_ID_BYTES, NO_TENANT, CannotOpen, key_id
from intake.store import Database
from intake.tables.organisation import Organisation, OrganisationKind
from intake.upkeep import rotation

KINDS = {
    "dossiers": "de sleutel waarmee de dossiers van een gemeente zijn afgesloten",
    "zoeken": "de sleutel waarmee een bsn, achternaam of adres wordt gevonden",
    "logboek": "de sleutel die de regels van het logboek aan elkaar vastmaakt",
}
EXPLAINED = (
    "Vernieuw sleutels terwijl mensen doorwerken: elk jaar, en meteen als iemand een sleutel gezien kan hebben. "
    "De hoofdsleutel vervangt u in vier stappen; docs/beheer.md legt ze uit."
)


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "sleutels", help="toon of vernieuw de sleutels van de gemeenten", description=EXPLAINED
    )
    acts = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, dest="doe")
    acts.add_parser("toon", help="toon welke sleutel hoeveel afsluit").set_defaults(run=run, act=_show)
    turn = acts.add_parser("draai", help="maak nieuwe sleutels voor de gemeenten; de app mag blijven draaien")
    turn.add_argument("--gemeente", metavar="CODE", help="alleen deze gemeente (CBS-code)")
    what = "; ".join(f"{kind}: {told}" for kind, told in KINDS.items())
    turn.add_argument("--soort", choices=KINDS, action="append", help=f"alleen deze soort ({what})")
    turn.set_defaults(run=run, act=_turn)
    clean = acts.add_parser("opruimen", help="verwijder oude sleutels; doe dit een uur of langer na het draaien")
    clean.set_defaults(run=run, act=_clean)
    new = acts.add_parser(
        "nieuwe-hoofdsleutel",
        help="maak een nieuwe hoofdsleutel naast de oude (alleen als hij in de instance-map staat)",
    )
    new.set_defaults(run=run, act=_new_master)
    again = acts.add_parser(
        "hoofdsleutel", help="sluit alles af met de nieuwe hoofdsleutel; de app mag blijven draaien"
    )
    again.set_defaults(run=run, act=_master)


def run(arguments: argparse.Namespace) -> int:
    """Do it.

    Raises:
        BadInput: a key cannot be opened, or there is no such gemeente.
    """
    with installed_database() as (database, settings):
        try:
            arguments.act(database, settings, arguments)
        except CannotOpen as error:
            raise BadInput(
                "een sleutel is niet te openen. Er is niets overschreven. Klopt TOEGANG_MASTER_KEY (of master.key)? "
                "Is de hoofdsleutel vervangen, zet de oude dan in TOEGANG_MASTER_KEY_OOK."
            ) from error
    return 0


def _show(database: Database, settings: Settings, arguments: argparse.Namespace) -> None:
    del arguments
    with database.reading() as session:
        names = {one.id: one.naam for one in session.scalars(select(Organisation))}
        for use in rotation.tenant_key_uses(session):
            print(f"{names.get(use.gemeente_id, 'zonder gemeente')}: sleutel {use.version}, {use.cases} dossiers")
        masters = rotation.master_uses(session)
    for one, number in sorted(masters.items(), key=lambda pair: pair[0] != key_id(settings.master_key)):
        print(f"Hoofdsleutel {one.hex()} ({_told(settings, one)}): sluit {number} sleutels en geheimen af.")


def _told(settings: Settings, one: bytes) -> str:
    assert len(one) == KEY_ID_BYTES
    if one == key_id(settings.master_key):
        return "de nieuwe"
    return "een oude" if one in {key_id(other) for other in settings.other_masters} else "ONBEKEND: niet te openen"


def _turn(database: Database, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings
    with database.reading() as session:
        query = select(Organisation).where(Organisation.kind == OrganisationKind.GEMEENTE)
        if arguments.gemeente:
            query = query.where(Organisation.gemeente_code == arguments.gemeente)
        gemeenten = list(session.scalars(query.order_by(Organisation.naam)))
    if not gemeenten:
        raise BadInput("deze gemeente doet niet mee.")
    for one in gemeenten:
        for kind in arguments.soort or KINDS:
            print(f"{one.naam}: {_turn_one(database, one, kind)}")
    if not arguments.gemeente and "logboek" in (arguments.soort or KINDS):
        print(f"Zonder gemeente: {_turn_log(database, None)}")
    print("Oude sleutels verwijderen: over een uur of later, met toegang sleutels opruimen.")


def _turn_one(database: Database, gemeente: Organisation, kind: str) -> str:
    if kind == "logboek":
        return _turn_log(database, gemeente)
    if kind == "dossiers":
        done = rotation.rotate_tenant_keys(database, gemeente.id)
        told = f"nieuwe sleutel, {done} dossiers opnieuw afgesloten."
    else:
        progress = rotation.rotate_index(database, gemeente.id)
        done, told = progress.done, f"nieuwe zoeksleutel, {progress.done} dossiers opnieuw vindbaar gemaakt."
        if progress.left:
            told += f" {progress.left} dossiers waren niet te openen en zijn niet gewijzigd."
    _log(database, gemeente, f"sleutel_gedraaid soort={kind} dossiers={done}")
    return told


def _turn_log(database: Database, gemeente: Organisation | None) -> str:
    with database.unit_of_work() as session:
        since = audit.renew_log_keys(session, gemeente.id if gemeente else NO_TENANT)
    _log(database, gemeente, f"sleutel_gedraaid soort=logboek vanaf_regel={since}")
    return f"nieuwe sleutel voor het logboek, vanaf regel {since}."


def _clean(database: Database, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings, arguments
    with database.unit_of_work() as session:
        gone = rotation.retire_tenant_keys(session) + rotation.retire_index(session)
    print(f"{gone} oude sleutels verwijderd.")
    print("De oude sleutels van het logboek blijven: zonder die is het logboek van toen niet te controleren.")


def _new_master(database: Database, settings: Settings, arguments: argparse.Namespace) -> None:
    del database, arguments
    try:
        replace_own_master(settings.instance)
    except SettingsError as error:
        raise BadInput(
            f"{error} Zet een nieuwe sleutel in TOEGANG_MASTER_KEY en de oude in TOEGANG_MASTER_KEY_OOK."
        ) from error
    print(f"Er is een nieuwe hoofdsleutel. De oude staat in {settings.instance / 'master.key.ook'} en opent nog alles.")
    print("Start Toegang nu opnieuw, en voer dan uit: toegang sleutels hoofdsleutel")


def _master(database: Database, settings: Settings, arguments: argparse.Namespace) -> None:
    del arguments
    done = rotation.rotate_master(database)
    with database.reading() as session:
        left = sum(rotation.master_uses(session).values()) - rotation.master_uses(session)[key_id(settings.master_key)]
    _log(database, None, f"hoofdsleutel_gedraaid waarden={done}")
    print(f"{done} sleutels en geheimen opnieuw afgesloten. Nog met een oude hoofdsleutel: {left}.")
    if not left:
        print("De oude hoofdsleutel kan weg uit TOEGANG_MASTER_KEY_OOK (of master.key.ook), na een herstart.")
        print("Bewaar hem zo lang u back-ups van voor vandaag bewaart: die zijn er alleen mee te lezen.")


def _log(database: Database, about: Organisation | None, detail: str) -> None:
    with database.unit_of_work() as session:
        audit.record(session, operator(SystemClock().now()), Action.RUN_JOB, about=about, detail=detail)
