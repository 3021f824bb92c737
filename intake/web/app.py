"""The application put together: blueprints, filters, limits, and the checks that it must pass to start."""

from werkzeug.middleware.proxy_fix import ProxyFix

from config.clock import Clock
from config.settings import Settings
from intake.store import Database
from intake.web import besluit, dossier, letters, log, login, melding, people, places, referrals, rights, rulesets
from intake.web.frame import about, assets, dates, page, problems, refusals, typed, words
from intake.web.frame.access import guard
from intake.web.frame.csrf import protect
from intake.web.frame.headers import harden
from intake.web.frame.request import Application, prepare

MEGABYTE = 1024 * 1024
MAX_FIELDS = 2_000
ROOMS = (melding, dossier, referrals, besluit, letters, places, rulesets, people, login, log, rights)
MENU = tuple(entry for room in ROOMS for entry in room.ENTRIES)
SHARED = (about.blueprint, assets.blueprint, typed.blueprint)
"""Pages and files of the frame itself."""


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
    for blueprint in (*SHARED, *(one for room in ROOMS for one in room.BLUEPRINTS)):
        app.register_blueprint(blueprint)
    page.register(app, MENU)
    dates.register(app)
    words.register(app)
    problems.register(app)
    refusals.register(app)
    protect(app)
    harden(app)
    guard(app)
    return app
