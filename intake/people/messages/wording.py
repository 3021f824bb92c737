"""What a message says to who reads it now, made of its kind, its case, the organisation it names and its words."""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM, in_hours
from intake.people.messages.kind import OF_THE_MESSAGE, SENTENCES, MessageKind, Told, gaps
from intake.places.leaving import REASONS, Vertrek
from intake.tables.message import Message
from intake.tables.organisation import Organisation
from reports.letters.words import day
from rules.values import Urgentie

REFERENCE = re.compile(r"\b[0-9]{4}-[0-9]{6}\b", re.ASCII)
_OF_A_CASE = re.compile(r"(verwijzing|overdracht) (?=[0-9]{4}-[0-9]{6}\b)", re.ASCII)
OUT_OF_REACH = "een zaak die u niet (meer) kunt openen"
HOW_SOON: Mapping[str, str] = {
    Urgentie.NU: "nu bellen",
    Urgentie.VANDAAG: "vandaag",
    Urgentie.HOOG: "binnen 2 werkdagen",
    Urgentie.VERHOOGD: "binnen 5 werkdagen",
    Urgentie.REGULIER: "gewone termijn",
}
"""How urgent, as a message says it: people read words, not codes."""


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _moment(moment: datetime) -> str:
    return f"{day(moment.astimezone(AMSTERDAM).date())} om {in_hours(moment)}"


def _call(number: str) -> str:
    return f" Bel {number}." if number else ""


WORDS: Mapping[str, Callable[[str], str]] = {
    "bel": _call,
    "dag": lambda kept: f"{date.fromisoformat(kept):%d-%m-%Y}",
    "dag_voluit": lambda kept: day(date.fromisoformat(kept)),
    "door": str,
    "hoe_snel": lambda kept: HOW_SOON[kept],
    "moment": lambda kept: _moment(datetime.fromisoformat(kept)),
    "nummer": str,
    "plek": str,
    "reden": lambda kept: _lower(REASONS[Vertrek(kept)]),
    "rol": str,
    "uiterlijk": lambda kept: in_hours(datetime.fromisoformat(kept)),
    "van": str,
}
"""How each kept word is said: moments and days in ISO 8601, codes by their list, names and numbers as they are."""


@dataclass(frozen=True, slots=True)
class _Case:
    """The case in a sentence: its number, or that the reader may not know which."""

    zaak: str
    bij_zaak: str


def sentence(session: Session, told: Told) -> str:
    """What is told, as the timeline of its own case shows it: without the number in front."""
    names = _names(session, [told.about])
    return _filled(told.kind, told.words, _Case("deze zaak", "van deze zaak"), names.get(told.about, ""))


def texts(session: Session, messages: Iterable[Message], reached: frozenset[uuid.UUID]) -> list[str]:
    """What each message says; of whose id is not in `reached`, no number of the case."""
    found = list(messages)
    names = _names(session, [one.about_id for one in found])
    return [_text(one, names.get(one.about_id, ""), reached=one.id in reached) for one in found]


def _text(message: Message, name: str, *, reached: bool) -> str:
    kind = MessageKind(message.kind)
    if kind is MessageKind.OPGESCHREVEN:
        return _as_written(message.text or "", reached=reached)
    number = message.reference or ""
    case = _Case(number, number) if reached else _Case(OUT_OF_REACH, f"bij {OUT_OF_REACH}")
    said = _filled(kind, message.words, case, name)
    if number and not gaps(kind) & {"zaak", "bij_zaak"}:
        said = f"{case.zaak}: {said}"
    return capitalised(said)


def _filled(kind: MessageKind, words: Mapping[str, str], case: _Case, organisation: str) -> str:
    values = {name: WORDS[name](words[name]) for name in gaps(kind) - OF_THE_MESSAGE}
    return SENTENCES[kind].format(**values, zaak=case.zaak, bij_zaak=case.bij_zaak, organisatie=organisation)


def _as_written(text: str, *, reached: bool) -> str:
    """The kept text; that something was withdrawn, but no number, of what is out of reach."""
    if reached:
        return text
    return capitalised(REFERENCE.sub(OUT_OF_REACH, _OF_A_CASE.sub(r"\1 bij ", text)))


def _names(session: Session, ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    query = select(Organisation.id, Organisation.naam).where(Organisation.id.in_(wanted))
    return {row[0]: row[1] for row in session.execute(query)}


def capitalised(text: str) -> str:
    """The text with a capital in front."""
    return text[:1].upper() + text[1:]
