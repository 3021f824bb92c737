"""What a call brings along: its body, its query and its headers, read strictly before any verb sees them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import Request
from marshmallow import ValidationError

from intake.api.frame.operation import JSON, Operation
from intake.api.frame.problems import Fault, Problem, Refusal, http_problem, invalid
from intake.store import UnreadableJson, read_json

MERGE_PATCH = "application/merge-patch+json"
_VERSION = re.compile(r'"([0-9]{1,9})"\Z')
_PRECONDITION = Problem(
    status=412,
    kind="voorwaarde-klopt-niet",
    title="Het is intussen gewijzigd",
    detail="De versie in If-Match is niet de versie van nu. Er is niets opgeslagen. Vraag de stand op en probeer het "
    "opnieuw met de ETag die u dan krijgt.",
)


def check_accept(request: Request, operation: Operation) -> None:
    """Go on only when the caller takes what we would send.

    Raises:
        Refusal: it does not (406).
    """
    if request.accept_mimetypes and not request.accept_mimetypes[operation.produces]:
        raise Refusal(
            Problem(
                status=406,
                kind="niet-aanvaard",
                title="Wij sturen iets anders",
                detail=f"Dit adres stuurt {operation.produces}. Zet dat in de header Accept.",
            )
        )


def read_query(request: Request, operation: Operation) -> Mapping[str, Any]:
    """The query parameters, each once and each known.

    Raises:
        Refusal: one is not (400).
    """
    doubles = [name for name, values in request.args.lists() if len(values) > 1]
    if doubles:
        raise Refusal(invalid([Fault("query", doubles[0][:60], "Deze parameter staat er twee keer.")]))
    given = request.args.to_dict()
    if operation.query is None:
        if given:
            raise Refusal(invalid([Fault("query", name[:60], "Deze parameter bestaat hier niet.") for name in given]))
        return {}
    try:
        found: Mapping[str, Any] = operation.query.load(given)
    except ValidationError as error:
        raise Refusal(invalid(_faults(error, "query"))) from error
    return found


def read_body(request: Request, operation: Operation) -> Any:
    """The body as the operation's schema gives it; none for an operation without one.

    Raises:
        Refusal: another type than JSON (415), too large (413), or not as the schema says (400).
    """
    if operation.body is None:
        return None
    _check_type(request, operation)
    try:
        data = read_json(request.get_data(cache=False))
    except UnreadableJson as error:
        raise Refusal(replace(http_problem(400, {}), detail=str(error))) from error
    try:
        return operation.body.load(data)
    except ValidationError as error:
        raise Refusal(invalid(_faults(error, "body"))) from error


def read_key(request: Request, operation: Operation) -> str:
    """The Idempotency-Key, where one is needed.

    Raises:
        Refusal: it was not sent (400).
    """
    sent = request.headers.get("Idempotency-Key", "")
    if operation.needs_key and not sent:
        told = (
            "Stuur een eigen, unieke sleutel mee, bijvoorbeeld een UUID. Herhaal hem als u dezelfde aanvraag herhaalt."
        )
        raise Refusal(invalid([Fault("header", "Idempotency-Key", told)]))
    return sent


def read_version(request: Request, operation: Operation) -> int | None:
    """The version in `If-Match`; none when it was not sent.

    Raises:
        Refusal: it is no ETag of ours (400).
    """
    sent = request.headers.get("If-Match", "")
    if not operation.takes_version or not sent:
        return None
    found = _VERSION.match(sent.strip())
    if found is None:
        raise Refusal(invalid([Fault("header", "If-Match", "Stuur de ETag die u kreeg, met de aanhalingstekens.")]))
    return int(found[1])


def changed_meanwhile() -> Refusal:
    """The version of `If-Match` is not the one of now."""
    return Refusal(_PRECONDITION)


def _check_type(request: Request, operation: Operation) -> None:
    allowed = (JSON, MERGE_PATCH) if operation.method == "PATCH" else (JSON,)
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if request.mimetype not in allowed or charset not in {"utf-8", "utf8"} or encoding != "identity":
        raise Refusal(
            Problem(
                status=415,
                kind="verkeerd-type",
                title="Dit soort inhoud kennen wij hier niet",
                detail=f"Stuur {' of '.join(allowed)} in UTF-8, niet ingepakt.",
            )
        )


def _faults(error: ValidationError, where: str) -> list[Fault]:
    messages = error.messages if isinstance(error.messages, dict) else {"": error.messages}
    return [Fault(where, path if where == "body" else path[1:], text) for path, text in _leaves("", messages)]


def _leaves(path: str, messages: object) -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _leaves(path if key in {"", "_schema"} else f"{path}/{_printable(key)}", inner)
    elif isinstance(messages, list) and messages:
        yield path, str(messages[0])


def _printable(key: object) -> str:
    """A key as part of a JSON pointer (RFC 6901)."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in str(key)[:60])
    return shown.replace("~", "~0").replace("/", "~1")
