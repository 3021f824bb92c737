"""Nobody else's page can make a form be sent in our name: the origin of every change is checked, and its token.

The token of a session is bound to that session, and names it, so that what was typed on a page of a session that has
ended finds its owner; that of the login page, where there is no session yet, is bound to a cookie.
"""

import hmac
import secrets
import uuid
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from markupsafe import Markup
from werkzeug.exceptions import BadRequest

from intake.access import Action
from intake.web.frame.access import action_of
from intake.web.frame.request import settings
from intake.web.frame.visit import visit

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
COOKIE = "toegang_formulier"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LABEL = b"csrf token"
SEED_BYTES = 32
TOKEN_LENGTH = 64
"""Of the token proper, in hexadecimal digits; the id of its session may follow."""


class ForeignRequest(BadRequest):
    """The form did not come from one of our pages, or its page is too old."""

    description = "Dit formulier komt niet van onze pagina, of de pagina was te oud."


class StalePage(ForeignRequest):
    """It came from one of our pages, as the browser says, but of another session than the one that goes on now."""


def protect(app: Flask) -> None:
    """Check every request that can change something, and hand `csrf_field` to the templates."""
    app.before_request(_check)
    app.after_request(_keep_seed)
    app.add_template_global(csrf_field)
    app.add_template_global(csrf_token)


def csrf_token() -> str:
    """The token for forms on this page (and for the header of a script's request)."""
    found = visit()
    return token_of(_secret()) + (found.session.id.hex if found else "")


def csrf_field() -> Markup:
    """The hidden field that every form with `method="post"` needs."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def token_belongs_to(csrf_secret: bytes, token: str) -> bool:
    """Whether the token was made for this session."""
    return hmac.compare_digest(token_of(csrf_secret).encode(), token[:TOKEN_LENGTH].encode(errors="replace"))


def session_of(token: str) -> uuid.UUID | None:
    """The session that a token says it is of; proves nothing before `token_belongs_to` agrees."""
    try:
        return uuid.UUID(hex=token[TOKEN_LENGTH:])
    except ValueError:
        return None


def sent_token() -> str:
    """The token that came with the request."""
    return request.headers.get(HEADER) or request.form.get(FIELD, "")


def _check() -> None:
    if request.method in SAFE or request.routing_exception is not None:
        return
    if not _from_here():
        raise ForeignRequest
    if visit() is None and request.endpoint and action_of(current_app, request.endpoint) is not Action.PUBLIC:
        return  # nobody is logged in: access refuses it, and can tell that from a forged request
    if not token_belongs_to(_secret(), sent_token()):
        raise StalePage


def _from_here() -> bool:
    """Whether the browser says that one of our own pages sends this; a browser always says so for a form."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        referrer = request.headers.get("Referer")
        return site is not None or referrer is None or _host_of(referrer) == request.host
    return _host_of(origin) == request.host


def _host_of(address: str) -> str | None:
    """The host and port that an address names; none for what is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None


def _secret() -> bytes:
    found = visit()
    if found is not None:
        return found.session.csrf_secret
    return hmac.digest(settings().secret_key.encode(), _seed().encode(), "sha256")


def _seed() -> str:
    if "csrf_seed" not in g:
        sent = request.cookies.get(_cookie_name(), "")
        g.csrf_seed = sent if len(sent) == 2 * SEED_BYTES else secrets.token_hex(SEED_BYTES)
        g.csrf_seed_is_new = g.csrf_seed != sent
    return str(g.csrf_seed)


def _keep_seed(response: Response) -> Response:
    if g.get("csrf_seed_is_new"):
        response.set_cookie(
            _cookie_name(), g.csrf_seed, secure=settings().production, httponly=True, samesite="Lax", path="/"
        )
    return response


def _cookie_name() -> str:
    return f"__Host-{COOKIE}" if settings().production else COOKIE


def token_of(secret: bytes) -> str:
    """The token that belongs to this secret."""
    return hmac.new(secret, LABEL, "sha256").hexdigest()
