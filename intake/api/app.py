"""The interface put together: an application of its own, with no cookies, no pages and no session of a browser."""

import logging
from functools import cache
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from config.clock import Clock
from config.edge import HEADERS, POLICY_OF_DOCUMENTS
from config.settings import Settings
from intake.api import advice, besluit, dossier, letters, melding, places, referrals
from intake.api.frame import openapi, problems
from intake.api.frame.operation import JSON, PDF, Operation
from intake.api.frame.problems import Problem
from intake.api.frame.serving import SURROUNDINGS, Surroundings, view_of
from intake.api.frame.trace import trace_id
from intake.failures import BROKEN
from intake.store import MAX_BYTES, Database

LOG = logging.getLogger(__name__)
PREFIX = "/api/v1"
POLICY = "default-src 'none'; frame-ancestors 'none'"
OPERATIONS: tuple[Operation, ...] = tuple(
    operation
    for module in (advice, melding, dossier, besluit, referrals, letters, places)
    for operation in module.OPERATIONS
)


def mount(main: Flask, *, settings: Settings, clock: Clock, database: Database) -> Flask:
    """Serve the interface under `/api/v1` of this application; gives the interface."""
    made = build(settings=settings, clock=clock, database=database)
    main.wsgi_app = DispatcherMiddleware(main.wsgi_app, {PREFIX: made.wsgi_app})  # type: ignore[method-assign]
    return made


def build(*, settings: Settings, clock: Clock, database: Database) -> Flask:
    """The interface on this database. Its paths begin where the prefix ends."""
    app = Flask(__package__, static_folder=None)
    app.config.update(TRUSTED_HOSTS=list(settings.trusted_hosts), MAX_CONTENT_LENGTH=MAX_BYTES)
    app.url_map.strict_slashes, app.url_map.merge_slashes = True, False
    app.extensions[SURROUNDINGS] = Surroundings(database, clock, settings.region)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    for operation in OPERATIONS:
        rule = operation.path.replace("{id}", "<uuid:row_id>")
        app.add_url_rule(rule, operation.name, view_of(operation), methods=[operation.method])
    app.add_url_rule("/openapi.json", "openapi", _openapi, methods=["GET"])
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _failed)
    app.after_request(_harden)
    return app


@cache
def description() -> dict[str, Any]:
    """What `/openapi.json` says."""
    return openapi.describe(OPERATIONS, server=PREFIX)


def _openapi() -> Response:
    """The description; open to everybody, since it tells of nobody."""
    return Response(problems.as_json(description()), mimetype=JSON)


def _refused(error: HTTPException) -> Response:
    """A refusal of the web server's own: no such path, another method, too large, another host."""
    if isinstance(error, SecurityError):
        told = "Op dit adres is Toegang niet te vinden. Kijk het adres na."
        unknown = Problem(status=400, kind="onbekend-adres", title="Dit adres kennen wij niet", detail=told)
        return problems.respond(unknown, trace_id=trace_id())
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return problems.respond(problems.http_problem(error.code or BROKEN.status, kept), trace_id=trace_id())


def _failed(error: Exception) -> Response:
    """Every other failure. The log gets its kind and place, never its text: that may hold personal data."""
    problem = problems.problem_of(error)
    if problem.status >= BROKEN.status:
        frames = error.__traceback__
        while frames is not None and frames.tb_next is not None:
            frames = frames.tb_next
        where = f"{frames.tb_frame.f_code.co_filename}:{frames.tb_lineno}" if frames else "?"
        LOG.error("%s %s: %s at %s", trace_id(), request.endpoint, type(error).__name__, where)
    return problems.respond(problem, trace_id=trace_id())


def _harden(response: Response) -> Response:
    if request.method == "OPTIONS":
        response.status_code = 204
        response.headers.pop("Content-Type", None)
    response.headers.update(HEADERS)
    response.headers["Content-Security-Policy"] = POLICY_OF_DOCUMENTS if response.mimetype == PDF else POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["API-Version"] = openapi.VERSION
    response.vary.add("Authorization")
    return response
