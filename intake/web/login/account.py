"""One's own account: password, second factor, where one is logged in, and for which organisation one works."""

import uuid

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from intake.access import Action
from intake.log import signals
from intake.login import factors, passkeys, providers, sessions
from intake.login.accounts import WeakPassword, set_password
from intake.people.organisations import workplaces
from intake.web.frame.access import action, the_visit
from intake.web.frame.request import clock, commit, session
from intake.web.login.login import LONGEST_PASSWORD, let_in
from intake.web.login.step import this_step

blueprint = Blueprint("account", __name__)
LONGEST_PART = 20


@blueprint.get("/account")
@action(Action.OWN_ACCOUNT)
def show() -> str:
    """The account of who is logged in."""
    return _page()


@blueprint.post("/account/wachtwoord")
@action(Action.OWN_ACCOUNT)
def change_password() -> Response:
    """Another password, for who knows the present one; every other session ends."""
    found, step = the_visit(), this_step()
    present, chosen = request.form.get("huidig", ""), request.form.get("nieuw", "")[:LONGEST_PASSWORD]
    candidate = factors.prepare(session(), found.account.email, address=request.remote_addr or "", now=step.now)
    commit()
    if not candidate.proves(present[:LONGEST_PASSWORD]):
        return make_response(_page({"huidig": "Dit is niet uw huidige wachtwoord."}), 400)
    try:
        set_password(session(), found.account, chosen, now=step.now)
    except WeakPassword as weak:
        return make_response(_page({"nieuw": str(weak)}), 400)
    started = sessions.exchange(session(), found.session, found.account, now=step.now)
    factors.log_change(step, found.account, "wachtwoord_gewijzigd")
    flash("Uw wachtwoord is gewijzigd. Op andere apparaten bent u uitgelogd.", "success")
    return let_in(started, redirect(url_for("account.show"), 303))


@blueprint.post("/account/woonadres")
@action(Action.OWN_ACCOUNT)
def keep_address() -> Response:
    """Where one lives oneself, if one wants to say so; for the signals in the log."""
    postcode, house = request.form.get("postcode", "")[:LONGEST_PART], request.form.get("huisnummer", "")[:LONGEST_PART]
    try:
        signals.keep_home(session(), the_visit().account, postcode=postcode, house=house)
    except signals.NoAddress as wrong:
        return make_response(_page({"postcode": str(wrong)}, (postcode, house)), 400)
    factors.log_change(this_step(), the_visit().account, "woonadres_gewijzigd")
    flash("Uw woonadres is bewaard." if postcode.strip() else "Uw woonadres is gewist.", "success")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/organisatie")
@action(Action.OWN_ACCOUNT)
def choose_organisation() -> Response:
    """From now on work for another organisation in which one holds a role."""
    found, wanted = the_visit(), request.form.get("organisatie", "")
    places = workplaces(session(), found.account.id, clock().today())
    chosen = next((place for place in places if str(place.organisation_id) == wanted), None)
    if chosen is None:
        raise NotFound
    found.session.organisation_id = chosen.organisation_id
    flash(f"U werkt nu voor {chosen.naam}.", "success")
    return redirect(url_for("home.show"), 303)


@blueprint.post("/account/herstelcodes")
@action(Action.OWN_FACTOR)
def renew_codes() -> str:
    """Ten new recovery codes, shown this once; asks for a fresh second factor."""
    found = the_visit()
    if found.account.totp_secret is None:
        raise NotFound
    codes = factors.renew_recovery_codes(session(), found.account)
    factors.log_change(this_step(), found.account, "herstelcodes_vernieuwd")
    return render_template("login/recovery.html", codes=codes, naar=url_for("account.show"))


@blueprint.post("/account/sessies/<uuid:session_id>/beeindigen")
@action(Action.OWN_ACCOUNT)
def end_session(session_id: uuid.UUID) -> Response:
    """Log out another browser of one's own."""
    found, now = the_visit(), clock().now()
    if session_id not in {one.id for one in sessions.living(session(), found.account.id, now=now)}:
        raise NotFound
    sessions.end(session(), session_id, now=now)
    flash("Dat apparaat is uitgelogd.", "success")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/sessies/beeindigen")
@action(Action.OWN_ACCOUNT)
def end_other_sessions() -> Response:
    """Log out everywhere but here."""
    found = the_visit()
    sessions.end_all(session(), found.account.id, now=clock().now(), but=found.session.id)
    flash("U bent op alle andere apparaten uitgelogd.", "success")
    return redirect(url_for("account.show"), 303)


def _page(errors: dict[str, str] | None = None, typed_home: tuple[str, str] | None = None) -> str:
    found, now = the_visit(), clock().now()
    return render_template(
        "login/account/show.html",
        account=found.account,
        here=found.session,
        others=[one for one in sessions.living(session(), found.account.id, now=now) if one.id != found.session.id],
        places=workplaces(session(), found.account.id, clock().today()),
        passkeys=passkeys.passkeys(session(), found.account.id),
        obliged=providers.is_obliged(session(), found.account.id, now=now),
        codes_left=factors.recovery_codes_left(session(), found.account),
        home=typed_home or signals.kept_home(session(), found.account),
        errors=errors or {},
    )
