"""The identity provider of an organisation, for its functioneel beheerder: set it, try it, oblige it, stop it."""

import uuid
from datetime import date

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Act, Action
from intake.login import providers
from intake.login.providers import SettingsRefused, Wanted
from intake.login.reaching import ProviderFailed
from intake.tables.oidc import IdentityProvider
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.request import clock, rollback, session
from intake.web.login.sso import directory, return_address

blueprint = Blueprint("oidc_settings", __name__, url_prefix="/beheer/inlogdiensten")

FIELDS = ("naam", "issuer", "client_id", "tweede_factor", "domeinen", "verplicht", "nood", "van", "tot")
LONGEST = 4_000
Typed = dict[str, str]


@blueprint.get("")
@action(Action.MANAGE_SIGN_IN)
def index() -> str:
    """The providers of one's organisation, and the form for the first."""
    return _index()


@blueprint.post("")
@action(Action.MANAGE_SIGN_IN)
def register() -> ResponseReturnValue:
    """A provider for one's organisation."""
    try:
        made = providers.register(act(), _wanted(), fetcher=directory().fetcher)
    except SettingsRefused as refused:
        rollback()
        return make_response(_index(_typed(), {refused.field: str(refused)}), 400)
    flash("De inlogdienst is toegevoegd. Geef het terugkeeradres hieronder op bij de inlogdienst.", "success")
    return redirect(url_for("oidc_settings.show", identity_provider_id=made.id), 303)


@blueprint.get("/<uuid:identity_provider_id>")
@action(Action.MANAGE_SIGN_IN)
def show(identity_provider_id: uuid.UUID) -> str:
    """One provider: its settings, who is linked, whether it answers."""
    return _page(identity_provider_id)


@blueprint.post("/<uuid:identity_provider_id>")
@action(Action.MANAGE_SIGN_IN)
def change(identity_provider_id: uuid.UUID) -> ResponseReturnValue:
    """Other settings."""
    actor = the_actor()
    try:
        row = providers.change(
            Act(session(), actor, clock()), identity_provider_id, _wanted(), fetcher=directory().fetcher
        )
    except SettingsRefused as refused:
        rollback()
        return make_response(_page(identity_provider_id, _typed(), {refused.field: str(refused)}), 400)
    directory().forget(row.issuer)
    flash("De instellingen zijn opgeslagen.", "success")
    return redirect(url_for("oidc_settings.show", identity_provider_id=identity_provider_id), 303)


@blueprint.post("/<uuid:identity_provider_id>/proberen")
@action(Action.MANAGE_SIGN_IN)
def try_it(identity_provider_id: uuid.UUID) -> ResponseReturnValue:
    """Ask the provider for its addresses and keys, while no transaction is open."""
    issuer, now = providers.open_provider(session(), the_actor(), identity_provider_id).issuer, clock().now()
    rollback()
    directory().forget(issuer)
    try:
        directory().metadata(issuer, now=now)
        directory().keys(issuer, now=now)
    except ProviderFailed as failed:
        told = f"De inlogdienst antwoordt niet zoals het hoort ({failed.code}). Controleer het adres van de uitgever."
        flash(told, "error")
    else:
        flash("De inlogdienst antwoordt: de adressen en de sleutels zijn gevonden.", "success")
    return redirect(url_for("oidc_settings.show", identity_provider_id=identity_provider_id), 303)


@blueprint.post("/<uuid:identity_provider_id>/stoppen")
@action(Action.MANAGE_SIGN_IN)
def stop(identity_provider_id: uuid.UUID) -> ResponseReturnValue:
    """Nobody comes in through it any more."""
    providers.stop(act(), identity_provider_id)
    flash("De inlogdienst is gestopt. Wie zo was ingelogd, is uitgelogd.", "success")
    return redirect(url_for("oidc_settings.index"), 303)


@blueprint.post("/<uuid:identity_provider_id>/koppelingen/<uuid:link_id>/verwijderen")
@action(Action.MANAGE_SIGN_IN)
def unlink(identity_provider_id: uuid.UUID, link_id: uuid.UUID) -> ResponseReturnValue:
    """One person is not linked any more."""
    providers.unlink(act(), identity_provider_id, link_id)
    flash("De koppeling is verwijderd. Met een nieuwe uitnodiging kan de persoon opnieuw koppelen.", "success")
    return redirect(url_for("oidc_settings.show", identity_provider_id=identity_provider_id), 303)


def _index(typed: Typed | None = None, errors: dict[str, str] | None = None) -> str:
    actor = the_actor()
    found = providers.providers(session(), actor)
    return render_template(
        "login/providers/index.html",
        providers=found,
        may_add=all(one.stopped_at is not None for one in found),
        typed=typed or dict.fromkeys(FIELDS, "") | {"van": clock().today().isoformat(), "tweede_factor": "mfa"},
        administrators=providers.administrators(session(), actor, clock().today()),
        errors=errors or {},
    )


def _page(identity_provider_id: uuid.UUID, typed: Typed | None = None, errors: dict[str, str] | None = None) -> str:
    actor = the_actor()
    row = providers.open_provider(session(), actor, identity_provider_id)
    return render_template(
        "login/providers/show.html",
        provider=row,
        typed=typed or _typed_of(row),
        linked=providers.linked(session(), row),
        administrators=providers.administrators(session(), actor, clock().today()),
        back=return_address(row.id),
        errors=errors or {},
    )


def _typed() -> Typed:
    """What was typed, save the secret: that is never shown again."""
    return {name: request.form.get(name, "")[:LONGEST] for name in FIELDS}


def _typed_of(row: IdentityProvider) -> Typed:
    return {
        "naam": row.naam,
        "issuer": row.issuer,
        "client_id": row.client_id,
        "tweede_factor": "\n".join(row.second_factor_values),
        "domeinen": "\n".join(row.domains),
        "verplicht": "ja" if row.obliged else "",
        "nood": str(row.emergency_account_id or ""),
        "van": row.van.isoformat(),
        "tot": row.tot.isoformat() if row.tot else "",
    }


def _wanted() -> Wanted:
    typed = _typed()
    return Wanted(
        naam=typed["naam"],
        issuer=typed["issuer"],
        client_id=typed["client_id"],
        client_secret=request.form.get("client_secret", "").strip(),
        second_factor_values=tuple(typed["tweede_factor"].splitlines()),
        domains=tuple(typed["domeinen"].split()),
        obliged=typed["verplicht"] == "ja",
        emergency_account_id=_id(typed["nood"]),
        van=_day("van", typed["van"]) or clock().today(),
        tot=_day("tot", typed["tot"]),
    )


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _day(name: str, text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        told = "Schrijf de dag als jjjj-mm-dd, bijvoorbeeld 2027-01-31."
        raise SettingsRefused(name, told) from error
