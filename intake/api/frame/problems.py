"""Which problem a system gets for which failure (RFC 9457): what it is, what to do, and a reference. In Dutch."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from forms import InvalidAnswers
from intake.access import Forbidden, NotFound
from intake.besluit import NoExpertise, ReasonMissing, ReviewPending
from intake.case import CaseClosed
from intake.dossier.deciding import NothingDeviates
from intake.keys import CannotOpen
from intake.letters import LetterNotReady
from intake.people.systems import NoSuchPerson
from intake.places import PlaceConflict, PlaceRefused, PlaceTaken
from intake.referrals.sending import ChoiceRefused, NoBesluit, StateConflict
from intake.store import KeyRefused, KeyReused

MEDIA_TYPE = "application/problem+json"
KIND = "urn:toegang:probleem:"
REFERENCE = "urn:toegang:kenmerk:"
AGAIN_SECONDS = 10
MOST_FAULTS = 50
WHOLE = "bestand"
"""What the form calls the answers as a whole."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one part of the call. `where` is `body`, `query` or `header`; `name` a key or a pointer."""

    where: str
    name: str
    detail: str

    def to_dict(self) -> dict[str, str]:
        """As it stands in `errors`."""
        named = {"pointer": self.name} if self.where == "body" else {"name": self.name}
        return {"in": self.where, **named, "detail": self.detail}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One answer to a call that failed."""

    status: int
    kind: str
    title: str
    detail: str
    errors: Sequence[Fault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """Raised with the problem that is the answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Row:
    """Status, kind and title for a failure of the domain; its own Dutch message is the detail unless one is given."""

    status: int
    kind: str
    title: str
    detail: str = ""


_BUSY = _Row(
    503,
    "niet-bereikbaar",
    "Toegang is even niet bereikbaar",
    "Er is niets opgeslagen. Stuur de aanvraag straks opnieuw.",
)
_MEANWHILE = _Row(
    409,
    "iemand-was-u-voor",
    "Iemand was u voor",
    "Iemand anders wijzigde dit op hetzelfde moment. Er is niets opgeslagen. Vraag de stand op en probeer het opnieuw.",
)
_NOT_HERE = _Row(404, "niet-gevonden", "Dit is er niet", "Het bestaat niet, of het is niet voor uw organisatie.")
_ROWS: Mapping[type[Exception], _Row] = {
    NotFound: _NOT_HERE,
    NoResultFound: _NOT_HERE,
    Forbidden: _Row(
        403,
        "niet-toegestaan",
        "Deze sleutel mag dit niet",
        "Vraag de functioneel beheerder van uw organisatie om een sleutel die dit mag.",
    ),
    NoSuchPerson: _Row(400, "medewerker-onbekend", "Deze medewerker kan dit niet"),
    NothingDeviates: _Row(400, "niets-wijkt-af", "Er wijkt niets af van het advies"),
    ReasonMissing: _Row(400, "reden-ontbreekt", "De reden ontbreekt"),
    ChoiceRefused: _Row(400, "keuze-kan-niet", "Deze keuze kan niet"),
    PlaceRefused: _Row(400, "aantal-kan-niet", "Deze aantallen kunnen niet"),
    KeyRefused: _Row(
        400,
        "sleutel-ongeldig",
        "Deze Idempotency-Key kan niet",
        "Gebruik 8 tot 200 zichtbare ASCII-tekens, bijvoorbeeld een UUID.",
    ),
    KeyReused: _Row(
        409,
        "sleutel-hergebruikt",
        "Deze Idempotency-Key is al gebruikt",
        "Met deze sleutel is al een andere inhoud gestuurd. Er is niets opgeslagen. Gebruik een nieuwe sleutel.",
    ),
    StateConflict: _Row(409, "verwijzing-veranderd", "Deze verwijzing is intussen veranderd"),
    PlaceConflict: _Row(409, "plek-veranderd", "Deze plek is intussen veranderd"),
    PlaceTaken: _Row(409, "plek-vergeven", "Deze plek is net vergeven"),
    CaseClosed: _Row(409, "zaak-gesloten", "Deze zaak is gesloten"),
    ReviewPending: _Row(409, "expertise-kijkt-mee", "Het expertiseteam kijkt nog mee"),
    NoBesluit: _Row(409, "geen-besluit", "Er is nog geen besluit"),
    NoExpertise: _Row(409, "geen-expertiseteam", "Er is geen expertiseteam in het register"),
    LetterNotReady: _Row(409, "brief-niet-klaar", "De brief is er nog niet"),
    IntegrityError: _MEANWHILE,
    StaleDataError: _MEANWHILE,
    OperationalError: _BUSY,
    DBAPIError: _BUSY,
    PoolTimeout: _BUSY,
    CannotOpen: _Row(
        503, "sleutels-niet-beschikbaar", "Deze gegevens zijn nu niet te lezen", "Bel de beheerder en noem het kenmerk."
    ),
}
BROKEN = Problem(
    status=500,
    kind="fout",
    title="Er ging iets mis",
    detail="Dit is een fout in Toegang. Er is niets opgeslagen. Probeer het nog eens; noem anders het kenmerk.",
)
_HTTP: Mapping[int, tuple[str, str, str]] = {
    400: ("onleesbaar", "Dit kunnen wij niet lezen", "Kijk de aanvraag na."),
    404: ("niet-gevonden", "Dit is er niet", "Kijk het adres na: in /api/v1/openapi.json staan alle adressen."),
    405: ("methode-kan-niet", "Dit kan hier niet", "Kijk in de header Allow welke methoden hier kunnen."),
    413: ("te-groot", "Dit is te groot", "Een aanvraag is ten hoogste 1 MB. Er is niets opgeslagen."),
}


def problem_of(error: Exception) -> Problem:
    """The problem for this failure; `BROKEN` for one that nobody foresaw."""
    if isinstance(error, Refusal):
        return error.problem
    if isinstance(error, InvalidAnswers):
        return invalid([Fault("body", _pointer(key), text) for key, text in error.errors.items()])
    row = next((_ROWS[kind] for kind in type(error).__mro__ if kind in _ROWS), None)
    if row is None:
        return BROKEN
    waits = row.status == _BUSY.status or isinstance(error, LetterNotReady)
    return Problem(
        status=row.status,
        kind=row.kind,
        title=row.title,
        detail=row.detail or str(error),
        headers={"Retry-After": str(AGAIN_SECONDS)} if waits else {},
        more={"status_verwijzing": error.state.value} if isinstance(error, StateConflict) else {},
    )


def invalid(faults: Sequence[Fault]) -> Problem:
    """The problem of a call with parts that are wrong."""
    return Problem(
        status=400,
        kind="ongeldige-invoer",
        title="Een deel van de aanvraag klopt niet",
        detail="Er is niets opgeslagen. Onder errors staat wat er niet klopt en wat wel kan.",
        errors=faults[:MOST_FAULTS],
    )


def http_problem(status: int, headers: Mapping[str, str]) -> Problem:
    """The problem for a refusal by the web server's own rules."""
    kind, title, detail = _HTTP.get(
        status, _HTTP[400] if status < BROKEN.status else ("fout", BROKEN.title, BROKEN.detail)
    )
    return Problem(status=status, kind=kind, title=title, detail=detail, headers=headers)


def respond(problem: Problem, *, trace_id: str) -> Response:
    """The problem on the wire."""
    content: dict[str, Any] = {
        "type": KIND + problem.kind,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": REFERENCE + trace_id,
        **problem.more,
    }
    if problem.errors:
        content["errors"] = [one.to_dict() for one in problem.errors]
    answer = Response(as_json(content), problem.status, mimetype=MEDIA_TYPE)
    answer.headers.update(problem.headers)
    return answer


def as_json(content: object) -> str:
    """The content on the wire."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _pointer(key: str) -> str:
    """A key of the form (`woongeschiedenis.0.van`) as JSON pointer (RFC 6901)."""
    if key == WHOLE:
        return ""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in key.split("."))
