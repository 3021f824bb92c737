"""The front door: `create_app` knows every room, and nothing else does."""

import os

from config import log
from config.clock import Clock, SystemClock
from config.settings import Settings, load_settings
from intake.access import require_locked
from intake.api import app as api
from intake.rights import emergency
from intake.store import open_database
from intake.web.app import build
from intake.web.frame.request import Application


def create_app(settings: Settings, clock: Clock | None = None) -> Application:
    """The application for these settings.

    The embedded database gets its schema here; a PostgreSQL database must have it already.

    Raises:
        SchemaNotCurrent: the database is at another version than this program.
        NotLocked: in production, PostgreSQL does not keep the tenants apart.
        NobodyHears: in production, a gemeente has nobody who hears of emergency access.
        RouteWithoutAction: a page does not say which action it is.
    """
    time = clock or SystemClock()
    database = open_database(settings.database_url, *settings.masters)
    if settings.database_url.startswith("sqlite"):
        database.upgrade()
    else:
        database.assert_current()
    if settings.production:
        with database.engine.connect() as connection:
            require_locked(connection)
        with database.reading() as session:
            emergency.require_recipients(session, time.today())
    app = build(settings=settings, clock=time, database=database)
    api.mount(app, settings=settings, clock=time, database=database)
    return app


def from_environment() -> Application:
    """The application for a server such as gunicorn: `gunicorn "wsgi:from_environment()"`."""
    settings = load_settings(os.environ)
    log.configure(settings)
    return create_app(settings)
