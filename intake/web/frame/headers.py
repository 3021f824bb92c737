"""The headers of every answer, errors included: what a browser may do with our pages, which is little."""

import secrets

from flask import Flask, Response, g, request

from config.edge import HEADERS, POLICY_OF_DOCUMENTS

NONCE_BYTES = 18
PDF = "application/pdf"

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)


def harden(app: Flask) -> None:
    """Set the headers on every answer, and hand `csp_nonce` to the templates."""
    app.after_request(_set_headers)
    app.add_template_global(csp_nonce)


def csp_nonce() -> str:
    """The nonce of this answer, 144 random bits."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(NONCE_BYTES)
    return str(g.csp_nonce)


def _set_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    is_document = response.mimetype == PDF
    policy = POLICY_OF_DOCUMENTS if is_document else POLICY.format(nonce=csp_nonce())
    response.headers["Content-Security-Policy"] = policy
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=86400"
    elif "immutable" not in response.headers.get("Cache-Control", ""):
        response.headers["Cache-Control"] = "no-store"
    response.vary.add("Cookie")
    return response
