"""A message is worded when it is read: with today's name of an organisation, and no number of what is out of reach."""

import uuid
from datetime import UTC, datetime

import pytest

from intake.people.messages import message, wording
from intake.people.messages.kind import OF_THE_MESSAGE, SENTENCES, MessageKind, Told, gaps
from intake.people.messages.message import Behind, Subject, To
from intake.tables.message import Message
from intake.tables.organisation import Organisation
from tests.intake.region import CLOCK
from tests.intake.told import heard_by

NUMBER = "2026-423500"
KEPT = {
    "bel": "010 123 45 67",
    "dag": "2026-12-31",
    "dag_voluit": "2027-01-01",
    "door": "Samira Bakker",
    "hoe_snel": "U1",
    "moment": "2026-12-01T17:00:00+00:00",
    "nummer": "010 123 45 67",
    "plek": "Kamers",
    "reden": "eigen_woning",
    "rol": "fg",
    "uiterlijk": "2026-12-01T17:00:00+00:00",
    "van": "Proefsysteem",
}


def something(region, kind: MessageKind) -> Told:
    words = {name: KEPT[name] for name in gaps(kind) - OF_THE_MESSAGE}
    about = region.organisations["haven"] if "organisatie" in gaps(kind) else None
    return Told(kind, about, words)


def kept(session, region, kind: MessageKind) -> Message:
    to, behind = To(region.organisations["wijkteam"]), Behind(Subject.VERWIJZING, uuid.uuid4(), NUMBER)
    made = message.send(session, something(region, kind), to=to, behind=behind, clock=CLOCK)
    session.flush()
    return made


def written(text: str) -> Message:
    return Message(id=uuid.uuid4(), kind=MessageKind.OPGESCHREVEN.value, text=text, words={})


def read(session, one: Message, *, reached: bool) -> str:
    (text,) = wording.texts(session, [one], frozenset([one.id] if reached else []))
    return text


@pytest.mark.parametrize("kind", SENTENCES, ids=str)
def test_every_kind_reads_as_a_sentence_with_the_number_of_its_case_or_without_any(session, region, kind):
    one = kept(session, region, kind)
    for reached in (True, False):
        text = read(session, one, reached=reached)
        assert text.endswith(".")
        assert text[0].isupper() or text[0].isdigit()
        assert "{" not in text
        assert "None" not in text
        assert (NUMBER in text) is reached
        assert (wording.OUT_OF_REACH in text.lower()) is not reached


@pytest.mark.parametrize("kind", SENTENCES, ids=str)
def test_no_sentence_of_a_message_is_kept(session, region, kind):
    assert kept(session, region, kind).text is None


def test_a_message_names_an_organisation_as_it_is_called_today(session, region):
    one = kept(session, region, MessageKind.GEACCEPTEERD)
    assert read(session, one, reached=True) == f"{NUMBER}: De Haven heeft de verwijzing geaccepteerd."
    session.get_one(Organisation, region.organisations["haven"]).naam = "De Nieuwe Haven"
    session.flush()
    assert read(session, one, reached=True) == f"{NUMBER}: De Nieuwe Haven heeft de verwijzing geaccepteerd."


def test_what_was_written_before_there_were_kinds_is_read_as_it_was(session):
    one = written(f"Nieuwe verwijzing {NUMBER}: vandaag.")
    assert read(session, one, reached=True) == one.text
    assert read(session, one, reached=False) == f"Nieuwe verwijzing bij {wording.OUT_OF_REACH}: vandaag."


def test_the_hour_is_said_as_it_is_in_the_netherlands(session, region):
    until = datetime(2026, 7, 1, 22, 30, tzinfo=UTC).isoformat()
    said = wording.sentence(
        session, Told(MessageKind.BED_GEVRAAGD, region.organisations["haven"], {"bel": "", "uiterlijk": until})
    )
    assert said == "Een plek voor vannacht is gevraagd bij De Haven. Antwoord uiterlijk 0.30 uur."


def test_the_subject_of_what_is_not_a_case_carries_no_number(session, region):
    to, behind = To(region.organisations["wijkteam"]), Behind(Subject.LOGBOEK, region.organisations["wijkteam"])
    message.send(session, Told(MessageKind.LOGBOEK_WACHT), to=to, behind=behind, clock=CLOCK)
    session.flush()
    assert heard_by(session, region.actor(session)) == ["Het logboek is langer dan 31 dagen niet beoordeeld."]
