"""Two at once, and the same once more: nothing double, nothing lost."""

import threading
import uuid

from sqlalchemy import func, select

from intake.tables.intake import Intake
from intake.tables.place import Place, PlaceState
from tests.intake.region import A_MAN_IN_HIS_CAR, a_place

ANSWERS = {**A_MAN_IN_HIS_CAR, "melding_datum": "2026-11-23"}
AT_ONCE = 6


def at_once(act):
    """What each of them got."""
    start, got = threading.Barrier(AT_ONCE), []

    def run(number):
        start.wait()
        got.append(act(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return got


def test_the_same_request_sent_at_once_files_one_case_and_gives_one_answer(caller, database):
    system, key = caller(), str(uuid.uuid4())
    got = at_once(lambda _: system.file(ANSWERS, key))
    assert {one.status_code for one in got} == {201}
    assert len({one.data for one in got}) == 1
    with database.unit_of_work() as session:
        assert session.scalar(select(func.count()).select_from(Intake)) == 1


def test_of_two_bodies_with_one_key_sent_at_once_one_is_filed(caller, database):
    system, key = caller(), str(uuid.uuid4())
    got = at_once(lambda number: system.file({**ANSWERS, "roepnaam": f"Jan{number}"}, key).status_code)
    assert sorted(got) == [201, *[409] * (AT_ONCE - 1)]
    with database.unit_of_work() as session:
        assert session.scalar(select(func.count()).select_from(Intake)) == 1


def test_of_changes_to_one_version_of_a_place_one_is_made(caller, database, people):
    with database.unit_of_work() as session:
        place_id = a_place(session, people, "haven", capaciteit=3, state=PlaceState.OPEN).id
    haven = caller("haven")
    got = at_once(
        lambda number: haven.send("PATCH", f"/plekken/{place_id}", {"wachtweken": number + 1, "versie": 1}).status_code
    )
    assert sorted(got) == [200, *[409] * (AT_ONCE - 1)]
    with database.unit_of_work() as session:
        assert session.scalars(select(Place)).one().version == 2
