"""The reference of a call, which people can tell each other and the logs know."""

import secrets
from typing import cast

from flask import g


def trace_id() -> str:
    """The reference of this call."""
    if "trace_id" not in g:
        g.trace_id = secrets.token_hex(6)
    return cast("str", g.trace_id)
