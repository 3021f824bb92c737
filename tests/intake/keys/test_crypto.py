"""What is said about a person lies sealed, and opens only where it was put."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from intake.keys.cipher import CannotOpen, Keyring
from intake.keys.crypto import Place, keyed_hash, open_bytes, open_sealed, seal, seal_bytes, unwrap_secret, wrap_secret
from intake.keys.keys import KEYRING, destroy_case_key, preload_case_keys, session_info
from intake.store.database import Database
from intake.tables.letter import Letter
from intake.tables.sealed import NotSealed

PLACE = Place("intake.answers", uuid.uuid4(), uuid.uuid4(), uuid.uuid4())
ANSWERS = {"achternaam": "Ørsted-Qvist", "bsn": "999990019", "rijen": [{"van": "2024-01-01"}], "leeg": None}


def test_what_was_sealed_opens_again_in_another_session(database: Database):
    with database.unit_of_work() as session:
        sealed = seal(session, PLACE, ANSWERS)
    with database.session() as session:
        assert open_sealed(session, PLACE, sealed) == ANSWERS


def test_a_sealed_value_shows_nothing_and_never_looks_the_same_twice(session: Session):
    first, second = seal(session, PLACE, ANSWERS), seal(session, PLACE, ANSWERS)
    assert first != second
    assert b"999990019" not in first
    assert "Ørsted".encode() not in first


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, column="intake.facts"),
        replace(PLACE, row_id=uuid.uuid4()),
        replace(PLACE, zaak_id=uuid.uuid4()),
        replace(PLACE, gemeente_id=uuid.uuid4()),
    ],
    ids=["column", "row", "case", "tenant"],
)
def test_a_value_moved_elsewhere_is_refused(session: Session, elsewhere: Place):
    sealed = seal(session, PLACE, ANSWERS)
    seal(session, elsewhere, "so that a key exists there")
    with pytest.raises(CannotOpen):
        open_sealed(session, elsewhere, sealed)


def test_one_changed_byte_is_refused(session: Session):
    sealed = bytearray(seal(session, PLACE, ANSWERS))
    sealed[-1] ^= 1
    with pytest.raises(CannotOpen):
        open_sealed(session, PLACE, bytes(sealed))


def test_a_document_is_sealed_as_it_is(session: Session):
    assert open_bytes(session, PLACE, seal_bytes(session, PLACE, b"%PDF-\x00\xff")) == b"%PDF-\x00\xff"


def test_destroying_the_key_of_a_case_makes_it_unreadable_and_no_other(session: Session):
    other = replace(PLACE, zaak_id=uuid.uuid4())
    sealed, kept = seal(session, PLACE, "weg"), seal(session, other, "blijft")
    destroy_case_key(session, PLACE.gemeente_id, PLACE.zaak_id)
    with pytest.raises(CannotOpen):
        open_sealed(session, PLACE, sealed)
    assert open_sealed(session, other, kept) == "blijft"


def test_another_master_key_opens_nothing(database: Database):
    with database.unit_of_work() as session:
        sealed = seal(session, PLACE, ANSWERS)
    with Session(database.engine, info=session_info(b"x" * 32)) as session, pytest.raises(CannotOpen):
        open_sealed(session, PLACE, sealed)


def test_an_old_master_key_still_opens_after_a_new_one_came(database: Database):
    with database.unit_of_work() as session:
        sealed = seal(session, PLACE, ANSWERS)
        keyring: Keyring = session.info[KEYRING]
    with Session(database.engine, info=session_info(b"n" * 32, *keyring.masters)) as session:
        assert open_sealed(session, PLACE, sealed) == ANSWERS


def test_a_key_made_in_a_transaction_that_failed_is_not_used_again(session: Session):
    seal(session, PLACE, ANSWERS)
    session.rollback()
    sealed = seal(session, PLACE, ANSWERS)
    session.commit()
    assert open_sealed(session, PLACE, sealed) == ANSWERS


def test_a_session_without_keys_says_so(database: Database):
    with Session(database.engine) as session, pytest.raises(CannotOpen, match="session_info"):
        seal(session, PLACE, ANSWERS)


def test_a_master_key_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        session_info(b"short")


def test_the_keys_of_a_list_are_opened_with_one_query(database: Database):
    places = [replace(PLACE, zaak_id=uuid.uuid4()) for _ in range(20)]
    with database.unit_of_work() as session:
        sealed = [seal(session, place, number) for number, place in enumerate(places)]
    with database.session() as session:
        preload_case_keys(session, [place.zaak_id for place in places])
        session.get_bind = None  # type: ignore[method-assign,assignment] # from here on no query can be sent
        assert [open_sealed(session, *pair) for pair in zip(places, sealed, strict=True)] == list(range(20))


def test_a_secret_of_one_account_does_not_open_for_another(session: Session):
    mine, yours = uuid.uuid4(), uuid.uuid4()
    wrapped = wrap_secret(session, b"JBSWY3DP", mine)
    assert unwrap_secret(session, wrapped, mine) == b"JBSWY3DP"
    with pytest.raises(CannotOpen):
        unwrap_secret(session, wrapped, yours)


def test_what_is_counted_cannot_be_read(session: Session):
    assert keyed_hash(session, "jan@capelle.nl") == keyed_hash(session, "jan@capelle.nl")
    assert "jan" not in keyed_hash(session, "jan@capelle.nl")


def test_a_sealed_column_refuses_what_is_in_clear(session: Session):
    with pytest.raises(Exception, match="seal a value") as caught:
        session.execute(insert(Letter).values(id=uuid.uuid4(), pdf=b"%PDF-in clear"))
    assert isinstance(caught.value.__cause__ or caught.value, NotSealed)
