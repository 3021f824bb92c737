"""`toegang gebruiker`: accounts at the command line: the first functioneel beheerder, and when nobody gets in."""

import argparse
import getpass
import sys
from typing import Any

from sqlalchemy.orm import Session

from config.clock import SystemClock
from config.gemeenten import UnknownGemeente
from config.gemeenten import find as find_gemeente
from config.settings import Settings
from intake.access import Act, Action, audit
from intake.cli.frame.answers_file import iso_date
from intake.cli.frame.database import do_act, operator
from intake.cli.frame.failure import BadInput
from intake.cli.frame.register import known_organisation, no_organisation
from intake.login.accounts import EmailTaken, Link, NewAccount, TooManyLinks, WeakPassword, find_account, set_password
from intake.people import staff
from intake.people.organisations import Appointment, Registration, register_organisation
from intake.people.staff import StaffRefused
from intake.tables.account import Account, Role
from intake.tables.organisation import Organisation, OrganisationKind

CLOCK = SystemClock()
ROLES = tuple(role.value for role in Role if role is not Role.SYSTEEM)


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("gebruiker", help="maak en beheer accounts")
    acts = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, dest="doe")
    new = acts.add_parser("nieuw", help="maak een account en toon de link waarmee de persoon een wachtwoord kiest")
    new.add_argument("email", metavar="E-MAIL")
    new.add_argument("--naam", required=True)
    new.add_argument("--functie", required=True)
    _role_options(new, required=True)
    show = acts.add_parser("toon", help="toon de accounts met hun rollen")
    show.add_argument("email", metavar="E-MAIL", nargs="?")
    role = acts.add_parser("rol", help="geef een rol, of beëindig die")
    role.add_argument("email", metavar="E-MAIL")
    _role_options(role, required=True)
    role.add_argument("--beeindig", action="store_true", help="de rol eindigt na vandaag (of na --tot)")
    for name, told in (
        ("blokkeer", "niemand komt meer binnen"),
        ("deblokkeer", "het account mag weer gebruikt worden"),
    ):
        acts.add_parser(name, help=told).add_argument("email", metavar="E-MAIL")
    password = acts.add_parser("wachtwoord", help="toon een link waarmee de persoon een nieuw wachtwoord kiest")
    password.add_argument("email", metavar="E-MAIL")
    password.add_argument("--typ", action="store_true", help="typ het wachtwoord hier in plaats van een link te maken")
    for act, run_it in _ACTS.items():
        acts.choices[act].set_defaults(run=run, act=run_it)


def run(arguments: argparse.Namespace) -> int:
    """Do it, in one transaction.

    Raises:
        BadInput: it cannot be done; says why and what then.
    """
    return do_act(arguments, StaffRefused, EmailTaken, TooManyLinks, WeakPassword)


def _new(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    works_for = _organisation(session, arguments.organisatie)
    made, link = staff.invite(
        Act(session, operator(CLOCK.now()), CLOCK),
        NewAccount(email=arguments.email, naam=arguments.naam, functie=arguments.functie),
        Appointment(organisation_id=works_for.id, role=Role(arguments.rol), van=CLOCK.today(), tot=arguments.tot),
    )
    print(f"{made.email} is {arguments.rol} bij {works_for.naam}.")
    _print_link(link, settings)


def _show(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings
    wanted = _account(session, arguments.email).id if arguments.email else None
    for one in staff.people(Act(session, operator(CLOCK.now()), CLOCK)):
        if wanted not in {None, one.account.id}:
            continue
        last = one.account.last_login_at
        print(f"{one.account.email}  {one.account.naam}, {one.account.functie}")
        marks = [f"laatst ingelogd {last.date().isoformat()}" if last else "nog nooit ingelogd"]
        marks += ["geblokkeerd"] if one.account.blocked_at else []
        marks += ["90 dagen niet gebruikt"] if one.unused else []
        marks += ["vraagt een link"] if one.waits_for_link else []
        print(f"    {', '.join(marks)}")
        for held in one.roles:
            until = f" tot en met {held.tot.isoformat()}" if held.tot else ""
            print(f"    {held.role.value} bij {held.organisation}, vanaf {held.van.isoformat()}{until}")


def _role(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings
    actor, found = operator(CLOCK.now()), _account(session, arguments.email)
    works_for, role = _organisation(session, arguments.organisatie), Role(arguments.rol)
    if not arguments.beeindig:
        staff.give_role(
            Act(session, actor, CLOCK),
            found.id,
            Appointment(organisation_id=works_for.id, role=role, van=arguments.van or CLOCK.today(), tot=arguments.tot),
        )
        print(f"{found.email} is {role.value} bij {works_for.naam}.")
        return
    person = staff.person(Act(session, actor, CLOCK), found.id)
    held = [one for one in person.roles if (one.organisation, one.role, one.ended) == (works_for.naam, role, False)]
    if not held:
        raise BadInput(f"{found.email} heeft deze rol niet bij {works_for.naam}.")
    last_day = arguments.tot or CLOCK.today()
    for one in held:
        staff.end_role(Act(session, actor, CLOCK), found.id, one.membership_id, tot=last_day)
    print(f"{found.email} is na {last_day.isoformat()} geen {role.value} meer bij {works_for.naam}.")


def _block(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings
    found = _account(session, arguments.email)
    staff.block(Act(session, operator(CLOCK.now()), CLOCK), found.id)
    print(f"{found.email} is geblokkeerd. Alle sessies zijn beëindigd.")


def _unblock(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    del settings
    found = _account(session, arguments.email)
    staff.unblock(Act(session, operator(CLOCK.now()), CLOCK), found.id)
    print(f"{found.email} mag weer inloggen.")


def _password(session: Session, settings: Settings, arguments: argparse.Namespace) -> None:
    found, actor = _account(session, arguments.email), operator(CLOCK.now())
    if not arguments.typ:
        _print_link(staff.new_link(Act(session, actor, CLOCK), found.id), settings)
        return
    set_password(session, found, _typed_password(), now=CLOCK.now())
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=found, detail="wachtwoord_gezet")
    print(f"Het wachtwoord van {found.email} is gewijzigd. Alle sessies zijn beëindigd.")


_ACTS = {
    "nieuw": _new,
    "toon": _show,
    "rol": _role,
    "blokkeer": _block,
    "deblokkeer": _unblock,
    "wachtwoord": _password,
}


def _role_options(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--organisatie",
        required=required,
        metavar="NAAM",
        help="naam van de organisatie, of de CBS-code van een gemeente (die komt er dan bij als zij er nog niet is)",
    )
    parser.add_argument("--rol", required=required, choices=ROLES)
    parser.add_argument("--van", type=iso_date, metavar="DATUM", help="eerste dag (gewoon: vandaag)")
    parser.add_argument("--tot", type=iso_date, metavar="DATUM", help="laatste dag (gewoon: geen)")


def _account(session: Session, email: str) -> Account:
    found = find_account(session, email)
    if found is None:
        raise BadInput(f"er is geen account “{email[:80]}”. Bekijk ze met: toegang gebruiker toon")
    return found


def _organisation(session: Session, wanted: str) -> Organisation:
    """The organisation of this name or CBS code; a gemeente that does not take part yet is registered.

    Raises:
        BadInput: there is none, or more than one.
    """
    found = known_organisation(session, wanted)
    if found is not None:
        return found
    try:
        gemeente = find_gemeente(wanted.strip().upper())
    except UnknownGemeente as error:
        raise no_organisation(session, wanted) from error
    return register_organisation(
        session,
        Registration(kind=OrganisationKind.GEMEENTE, naam=f"Gemeente {gemeente.naam}", gemeente_code=gemeente.code),
        now=CLOCK.now(),
    )


def _typed_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Nieuw wachtwoord: ")
    if first != getpass.getpass("Nog een keer: "):
        raise BadInput("de twee wachtwoorden zijn niet gelijk. Er is niets gewijzigd.")
    return first


def _print_link(link: Link, settings: Settings) -> None:
    print("Geef deze link zelf aan de persoon; Toegang stuurt geen mail. De link werkt één keer, een uur lang:")
    print(f"  {settings.base_url}/uitnodiging/{link.token}")
