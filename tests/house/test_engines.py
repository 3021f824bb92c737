"""The list of what runs on one engine only stays short and true."""

from pathlib import Path

from tests.engines import ENGINES, ONE_IS_ENOUGH, STILL_BOTH, TESTS, engines_of


def test_what_the_lists_name_is_there():
    assert [name for name in (*ONE_IS_ENOUGH, *STILL_BOTH) if not (TESTS / name).exists()] == []


def test_nothing_is_excepted_from_what_no_list_holds():
    assert [
        name for name in STILL_BOTH if not {one.as_posix() for one in Path(name).parents} & ONE_IS_ENOUGH.keys()
    ] == []


def test_the_data_layer_runs_on_both_engines():
    for name in ("access", "besluit", "case", "keys", "referrals", "store", "tables", "upkeep", "web/log"):
        assert engines_of(TESTS / "intake" / name / "test_x.py") == ENGINES, name
    assert engines_of(TESTS / "intake/web/dossier/test_x.py") == ENGINES[:1]
