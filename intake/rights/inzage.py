"""The client's copy of the whole file (AVG art. 15, Wmo 2015 art. 5.3.2): everything recorded, and who looked at it.

The rows are found from the tables themselves (`intake.rights.destruction.case_rows`), so a table that is added later is
in it by itself.
"""

import base64
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy.orm import Session

from forms import INTAKE_FORM
from forms.client import client_name
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.keys import sealing
from intake.rights.destruction import case_rows
from intake.rights.who_looked import Look, looks_at
from intake.tables.intake import Intake
from intake.tables.sealed import EncryptedBlob
from reports.copies import Copy, Line, Part
from reports.letters import phrases

TECHNICAL = frozenset({"bsn_index", "achternaam_index", "adres_index", "index_version"})
DOCUMENTS = frozenset({"pdf"})
"""Sealed columns that hold a document and not JSON."""


@dataclass(frozen=True, slots=True)
class Inzage:
    """The copy in two forms: `data` for a machine, `copy` to print."""

    reference: str
    data: Mapping[str, Any]
    copy: Copy


def give_inzage(act: Act, intake_id: uuid.UUID) -> Inzage:
    """Everything there is about this case, for the client; that it was made is in the log.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    case = policy.fetch(act.session, act.actor, Action.EXPORT_FILE, Intake, intake_id)
    looks = looks_at(act.session, case)
    rows = {
        model.__tablename__: [_opened(act.session, row) for row in found]
        for model, found in case_rows.rows_of(act.session, case)
    }
    answers = sealing.get(act.session, case, "answers")
    data = {
        "kenmerk": case.reference,
        "gemaakt_op": act.clock.now().isoformat(timespec="seconds"),
        "gegevens": rows,
        "wie_keek": [_plain_look(look) for look in looks],
    }
    audit.record(act.session, act.actor, Action.EXPORT_FILE, about=case)
    copy = Copy(
        titel="Kopie van uw dossier",
        kenmerk=case.reference,
        naam=client_name(answers),
        datum=act.clock.today(),
        delen=_parts(answers, rows, looks),
    )
    return Inzage(case.reference, data, copy)


def _opened(session: Session, row: Any) -> dict[str, Any]:
    """Every column of the row, what is sealed opened."""
    told: dict[str, Any] = {}
    for column in row.__table__.columns:
        if column.name in TECHNICAL:
            continue
        key = row.__mapper__.get_property_by_column(column).key
        value = getattr(row, key)
        if isinstance(column.type, EncryptedBlob) and value is not None:
            value = _unsealed(session, row, key)
        told[column.name] = _plain(value)
    return told


def _unsealed(session: Session, row: Any, key: str) -> Any:
    if key in DOCUMENTS:
        return base64.b64encode(sealing.get_document(session, row, key)).decode()
    return sealing.get(session, row, key)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _plain_look(look: Look) -> dict[str, Any]:
    return {
        "dag": look.day.isoformat(),
        "eerste": look.first.isoformat(),
        "laatste": look.last.isoformat(),
        "aantal": look.times,
        "wie": look.name,
        "functie": look.function,
        "organisatie": look.organisation,
        "wat": look.act,
        "waarom_het_mocht": look.because,
        "geweigerd": look.refused,
        "spoed": look.emergency,
    }


def _parts(
    answers: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]], looks: tuple[Look, ...]
) -> tuple[Part, ...]:
    sections = tuple(
        Part(
            section.titel,
            tuple(
                Line(one.label, INTAKE_FORM.as_text(one.key, answers[one.key]))
                for one in section.questions
                if one.key in answers
            ),
        )
        for section in INTAKE_FORM.sections
    )
    happened = sorted(rows.get("event", []), key=lambda row: (row["at"], row["number"]))
    timeline = Part(
        "Wat er gebeurde", tuple(Line(_moment(row["at"]), f"{row['text']} ({row['name']})") for row in happened)
    )
    besluiten = Part("Besluiten", tuple(_besluit(row) for row in rows.get("besluit", [])))
    corrections = Part("Verbeteringen", tuple(_correction(row) for row in rows.get("correction", [])))
    seen = Part("Wie uw gegevens bekeek", tuple(_look_line(look) for look in looks))
    return tuple(part for part in (*sections, besluiten, corrections, timeline, seen) if part.regels)


def _besluit(row: Mapping[str, Any]) -> Line:
    reason = f" Reden om af te wijken: {row['reden']}" if row["reden"] else ""
    what = phrases.decided(row["voorzieningen"], row["overbrugging"])
    return Line(
        row["decided_on"], f"{what}. Besloten door {row['naam']}, {row['functie']}, namens {row['namens']}.{reason}"
    )


def _correction(row: Mapping[str, Any]) -> Line:
    key = row["question"]
    before, after = (INTAKE_FORM.as_text(key, row[name]) for name in ("before", "after"))
    label = INTAKE_FORM.question(key).label
    return Line(_moment(row["at"]), f"{label}: was “{before}”, is nu “{after}”. Waarom: {row['reason']}")


def _look_line(look: Look) -> Line:
    who = ", ".join(part for part in (look.name, look.function, look.organisation) if part)
    times = f" ({look.times} keer)" if look.times > 1 else ""
    why = f" Dit mocht omdat: {look.because}." if look.because else ""
    refused = " Dit werd geweigerd." if look.refused else ""
    return Line(_moment(look.first.isoformat()), f"{who}: {look.act}{times}.{why}{refused}")


def _moment(text: str) -> str:
    return text[:16].replace("T", " ")
