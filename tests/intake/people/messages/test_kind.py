"""What a message can say: every kind has its sentence, and nothing is told that the sentence has no room for."""

import uuid

import pytest

from intake.people.messages.kind import OF_THE_MESSAGE, SENTENCES, MessageKind, Told, WordsDoNotFit, gaps
from intake.people.messages.wording import WORDS

SOMEBODY = uuid.UUID(int=7)


def test_every_kind_has_its_sentence_and_what_was_written_has_none():
    assert set(SENTENCES) == set(MessageKind) - {MessageKind.OPGESCHREVEN}


def test_every_gap_in_a_sentence_can_be_filled_and_every_word_is_used():
    asked = set().union(*(gaps(one) for one in SENTENCES))
    assert asked - OF_THE_MESSAGE == set(WORDS)


@pytest.mark.parametrize(
    ("kind", "about", "words"),
    [
        (MessageKind.GEACCEPTEERD, None, {}),
        (MessageKind.GEEN_PLEK, SOMEBODY, {}),
        (MessageKind.NIEUWE_VERWIJZING, None, {}),
        (MessageKind.NIEUWE_VERWIJZING, None, {"hoe_snel": "U1", "naam": "Yara"}),
        (MessageKind.OPGESCHREVEN, None, {"tekst": "Yara is er"}),
    ],
)
def test_what_the_sentence_has_no_room_for_is_not_told(kind, about, words):
    with pytest.raises(WordsDoNotFit, match=str(kind)):
        Told(kind, about, words)
