"""One application for a whole run of tests, set on the database, the clock and the settings of each test."""

from dataclasses import dataclass, field
from typing import Any

from config.clock import Clock
from config.settings import Settings
from intake.store.database import Database
from intake.web.app import build
from intake.web.frame.request import CLOCK, DATABASE, SETTINGS, Application


@dataclass
class Standing:
    """The application of `build` for settings without proxies.

    To put it together takes longer than most pages. All that it keeps of a test are its extensions, its configuration
    and what was mounted on it; these are as new for the next.
    """

    app: Application | None = None
    extensions: dict[str, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)

    def on(self, *, settings: Settings, clock: Clock, database: Database) -> Application:
        """The application, as if it was built for this."""
        assert not settings.proxies
        if self.app is None:
            self.app = build(settings=settings, clock=clock, database=database)
            self.extensions, self.config = dict(self.app.extensions), dict(self.app.config)
        about = {DATABASE: database, CLOCK: clock, SETTINGS: settings}
        _make(self.app.extensions, self.extensions | about)
        told = {"SECRET_KEY": settings.secret_key, "TRUSTED_HOSTS": list(settings.trusted_hosts)}
        _make(self.app.config, self.config | told | {"SESSION_COOKIE_SECURE": settings.production})
        vars(self.app).pop("wsgi_app", None)
        return self.app


def _make(kept: dict[str, Any], wanted: dict[str, Any]) -> None:
    kept.clear()
    kept.update(wanted)
