"""Accounts, for the functioneel beheerder: who works here, with which roles, and the link to hand over."""

import uuid
from datetime import date
from urllib.parse import urljoin

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Act, Action
from intake.login import sessions
from intake.login.accounts import EmailTaken, Link, NewAccount
from intake.people import power, staff
from intake.people.organisations import Appointment
from intake.people.power import ProposalGone
from intake.people.staff import StaffRefused
from intake.tables.account import Account, Role
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.listing import cut, page_number
from intake.web.frame.request import clock, rollback, session, settings

blueprint = Blueprint("accounts", __name__, url_prefix="/beheer/accounts")

ROLES = tuple(role for role in Role if role is not Role.SYSTEEM)
FIELDS = ("email", "naam", "functie", "organisatie", "rol", "van", "tot")
LONGEST = 254
WAITS = "Dit wacht op een tweede beheerder. U en de persoon om wie het gaat, zien wat die beslist."


@blueprint.get("")
@action(Action.MANAGE_ACCOUNTS)
def index() -> str:
    """Everybody who works for the organisations that one manages."""
    return _list()


@blueprint.post("")
@action(Action.MANAGE_ACCOUNTS)
def invite() -> ResponseReturnValue:
    """A new account; its link is shown once, on the page that follows."""
    typed = _typed()
    try:
        made = power.invite(
            act(),
            NewAccount(email=typed["email"], naam=typed["naam"], functie=typed["functie"]),
            Appointment(
                organisation_id=_id(typed["organisatie"]),
                role=_role(typed["rol"]),
                van=clock().today(),
                tot=_day(typed["tot"]),
            ),
        )
    except (StaffRefused, EmailTaken) as error:
        rollback()
        return make_response(_list(typed, {"email": str(error)}), 400)
    return _link_page(made.account, made.link, waits=made.waits)


@blueprint.post("/voorstellen")
@action(Action.MANAGE_ACCOUNTS)
def answer() -> ResponseReturnValue:
    """A second beheerder agrees or refuses, or who asked takes it back."""
    answered = power.ANSWERS.get(request.form.get("antwoord", ""))
    if answered is None:
        return make_response(_list(errors={"voorstel": "Kies wat u vindt van het voorstel."}), 400)
    try:
        power.answer(act(), _id(request.form.get("voorstel", "")), answered)
    except (ProposalGone, StaffRefused) as error:
        rollback()
        return make_response(_list(errors={"voorstel": str(error)}), 409)
    flash("Uw antwoord is vastgelegd. De persoon om wie het gaat, hoort het.", "success")
    return redirect(url_for("accounts.index"), 303)


@blueprint.get("/<uuid:account_id>")
@action(Action.MANAGE_ACCOUNTS)
def show(account_id: uuid.UUID) -> str:
    """One person: roles, last login, living sessions."""
    return _page(account_id)


@blueprint.post("/<uuid:account_id>/link")
@action(Action.MANAGE_ACCOUNTS)
def link(account_id: uuid.UUID) -> ResponseReturnValue:
    """Another link to choose a password, shown once."""
    made = staff.new_link(act(), account_id)
    return _link_page(session().get_one(Account, account_id), made)


@blueprint.post("/<uuid:account_id>/rollen")
@action(Action.MANAGE_ACCOUNTS)
def give_role(account_id: uuid.UUID) -> ResponseReturnValue:
    """Another role, from one day to another."""
    typed = _typed()
    try:
        waits = power.give_role(
            act(),
            account_id,
            Appointment(
                organisation_id=_id(typed["organisatie"]),
                role=_role(typed["rol"]),
                van=_day(typed["van"]) or clock().today(),
                tot=_day(typed["tot"]),
            ),
        )
    except StaffRefused as error:
        rollback()
        return make_response(_page(account_id, typed, {"rol": str(error)}), 400)
    flash(WAITS if waits else "De rol is gegeven. De persoon logt opnieuw in.", "success")
    return redirect(url_for("accounts.show", account_id=account_id), 303)


@blueprint.post("/<uuid:account_id>/rollen/<uuid:membership_id>/beeindigen")
@action(Action.MANAGE_ACCOUNTS)
def end_role(account_id: uuid.UUID, membership_id: uuid.UUID) -> ResponseReturnValue:
    """The role ends after today."""
    staff.end_role(act(), account_id, membership_id, tot=clock().today())
    flash("De rol eindigt na vandaag.", "success")
    return redirect(url_for("accounts.show", account_id=account_id), 303)


@blueprint.post("/<uuid:account_id>/blokkeren")
@action(Action.MANAGE_ACCOUNTS)
def block(account_id: uuid.UUID) -> ResponseReturnValue:
    """Nobody gets in with this account any more."""
    staff.block(act(), account_id)
    return _done(account_id, "Het account is geblokkeerd. De persoon is overal uitgelogd.")


@blueprint.post("/<uuid:account_id>/deblokkeren")
@action(Action.MANAGE_ACCOUNTS)
def unblock(account_id: uuid.UUID) -> ResponseReturnValue:
    """The account may be used again."""
    staff.unblock(act(), account_id)
    return _done(account_id, "Het account mag weer gebruikt worden.")


@blueprint.post("/<uuid:account_id>/sessies")
@action(Action.MANAGE_ACCOUNTS)
def end_sessions(account_id: uuid.UUID) -> ResponseReturnValue:
    """Log the person out everywhere."""
    staff.end_sessions(act(), account_id)
    return _done(account_id, "De persoon is overal uitgelogd.")


@blueprint.post("/<uuid:account_id>/tweede-stap")
@action(Action.MANAGE_ACCOUNTS)
def forget_second_factor(account_id: uuid.UUID) -> ResponseReturnValue:
    """A lost phone: the second step is set up anew at the next login, when a second beheerder agrees."""
    power.forget_second_factor(act(), account_id)
    return _done(account_id, WAITS)


def _done(account_id: uuid.UUID, told: str) -> ResponseReturnValue:
    flash(told, "success")
    return redirect(url_for("accounts.show", account_id=account_id), 303)


def _list(typed: dict[str, str] | None = None, errors: dict[str, str] | None = None) -> str:
    actor = the_actor()
    everybody = staff.people(Act(session(), actor, clock()))
    return render_template(
        "people/accounts/index.html",
        found=cut(everybody, page_number(request.args)),
        unused=sum(one.unused and one.account.blocked_at is None for one in everybody),
        organisations=staff.managed(session(), actor),
        roles=ROLES,
        waiting=power.waiting(act()),
        typed=typed or dict.fromkeys(FIELDS, ""),
        errors=errors or {},
    )


def _page(account_id: uuid.UUID, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None) -> str:
    actor = the_actor()
    found = staff.person(Act(session(), actor, clock()), account_id)
    return render_template(
        "people/accounts/show.html",
        found=found,
        own=account_id == actor.account_id,
        sessions=sessions.living(session(), account_id, now=clock().now()),
        organisations=staff.managed(session(), actor),
        roles=ROLES,
        typed=typed or dict.fromkeys(FIELDS, ""),
        errors=errors or {},
    )


def _link_page(account: Account, made: Link, *, waits: bool = False) -> str:
    address = urljoin(settings().base_url + "/", url_for("invitation.show", token=made.token).lstrip("/"))
    return render_template("people/accounts/link.html", account=account, link=made, address=address, waits=waits)


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "")[:LONGEST].strip() for name in FIELDS}


def _id(text: str) -> uuid.UUID:
    """The id that a select box sent; what is none belongs to nothing."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def _role(text: str) -> Role:
    known = {role.value: role for role in ROLES}
    if text not in known:
        raise StaffRefused("Kies een rol uit de lijst.")
    return known[text]


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise StaffRefused("Schrijf de dag als jjjj-mm-dd, bijvoorbeeld 2027-01-31.") from error
