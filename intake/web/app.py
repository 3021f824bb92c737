"""The application put together: blueprints, filters, limits, and the checks that it must pass to start."""

from werkzeug.middleware.proxy_fix import ProxyFix

from config.clock import Clock
from config.settings import Settings
from intake.store.database import Database
from intake.web import (
    about,
    account,
    accounts,
    api_token,
    assets,
    break_glass,
    client_rights,
    closing,
    dates,
    draft,
    expertise,
    home,
    intake,
    invitation,
    letter,
    log,
    login,
    mark,
    message,
    oidc,
    oidc_settings,
    page,
    passkey,
    place,
    problems,
    referral,
    refusals,
    rules,
    rules_draft,
    rules_file,
    rules_inspection,
    rules_publish,
    rules_table,
    rules_try,
    stay,
    term,
    transfer,
    typed,
    who_looked,
    words,
)
from intake.web.access import guard
from intake.web.csrf import protect
from intake.web.headers import harden
from intake.web.request import Application, prepare

MEGABYTE = 1024 * 1024
MAX_FIELDS = 2_000
BLUEPRINTS = (
    about,
    account,
    accounts,
    api_token,
    assets,
    break_glass,
    client_rights,
    closing,
    draft,
    expertise,
    home,
    intake,
    invitation,
    letter,
    log,
    login,
    mark,
    message,
    oidc,
    oidc_settings,
    passkey,
    place,
    referral,
    rules,
    rules_draft,
    rules_file,
    rules_inspection,
    rules_publish,
    rules_table,
    rules_try,
    stay,
    term,
    transfer,
    typed,
    who_looked,
)


def build(*, settings: Settings, clock: Clock, database: Database) -> Application:
    """The application on this database; refuses to be built when a route does not name its action."""
    app = Application(__package__, static_folder="static", template_folder="templates")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=MEGABYTE,
        MAX_FORM_MEMORY_SIZE=MEGABYTE,
        MAX_FORM_PARTS=MAX_FIELDS,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    prepare(app, settings=settings, clock=clock, database=database)
    for module in BLUEPRINTS:
        app.register_blueprint(module.blueprint)
    page.register(app)
    dates.register(app)
    words.register(app)
    log.register(app)
    problems.register(app)
    refusals.register(app)
    protect(app)
    harden(app)
    guard(app)
    return app
