"""The edge of the interface: what is refused before any verb sees it, and how every answer looks."""

import json
import uuid

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from config.edge import HEADERS
from intake.api.frame import admission
from intake.tables.audit import AuditEvent, Outcome
from intake.tables.intake import Intake
from tests.intake.api.conftest import Caller
from tests.intake.region import A_MAN_IN_HIS_CAR

DEEP = b"[" * 100_000 + b"]" * 100_000
UNREADABLE = {
    "deep": DEEP,
    "not a number": b'{"a": NaN}',
    "infinite": b'{"a": -Infinity}',
    "too large a number": b'{"a": 1e400}',
    "too many digits": b'{"a": ' + b"9" * 5_000 + b"}",
    "a key twice": b'{"geboortedatum": "1980-01-01", "geboortedatum": "1990-01-01"}',
    "utf-16": json.dumps({"a": 1}).encode("utf-16"),
    "bad utf-8": b'{"a": "\xff"}',
    "a lone surrogate": b'{"verhaal": "\\ud800"}',
    "half": b'{"a": ',
    "nothing": b"",
}
WRONG = {
    "a scalar": b"3",
    "null": b"null",
    "a list": b"[]",
    "NUL in a text": b'{"verhaal": "a\\u0000b"}',
    "a text that turns direction": json.dumps({"verhaal": "a\u202eb"}).encode(),
    "full-width digits": json.dumps({"bsn": "１２３４５６７８２"}).encode(),
    "a number as text": b'{"kinderen_mee": "2"}',
    "year 1": b'{"geboortedatum": "0001-01-01"}',
}


def test_every_answer_has_the_headers_of_the_house(caller):
    for answer in (
        caller().get("/plekken"),
        caller().get("/niets"),
        Caller(caller().app).get("/plekken"),
        caller().get("/openapi.json"),
        caller().call("DELETE", "/plekken"),
    ):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert "Authorization" in answer.headers["Vary"]
        assert "Server" not in answer.headers


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_not_json_in_one_meaning_is_refused(caller, what):
    answer = caller().call("POST", "/routeadviezen", data=UNREADABLE[what], Content_Type="application/json")
    assert answer.status_code == 400
    assert answer.json["type"] == "urn:toegang:probleem:onleesbaar"


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_answer_is_refused_by_name(caller, what):
    answer = caller().call("POST", "/routeadviezen", data=WRONG[what], Content_Type="application/json")
    assert answer.status_code == 400
    assert answer.json["errors"]


def test_a_body_over_a_megabyte_is_refused(caller, database):
    big = json.dumps({"verhaal": "a" * 1_100_000}).encode()
    answer = caller().call("POST", "/intakes", data=big, Content_Type="application/json", Idempotency_Key="a" * 8)
    assert answer.status_code == 413
    with database.unit_of_work() as session:
        assert session.scalar(select(func.count()).select_from(Intake)) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": "application/json; charset=utf-16"},
        {"Content_Type": "application/json", "Content_Encoding": "gzip"},
        {},
    ],
)
def test_another_type_than_json_is_refused(caller, headers):
    assert caller().call("POST", "/routeadviezen", data=b"{}", **headers).status_code == 415


def test_who_accepts_no_json_is_told_what_there_is(caller):
    answer = caller().get("/plekken", Accept="text/html")
    assert answer.status_code == 406
    assert "application/json" in answer.json["detail"]
    assert caller().get("/plekken", Accept="application/*").status_code == 200


def test_another_method_names_the_ones_that_are_there(caller):
    answer = caller().call("DELETE", "/plekken")
    assert answer.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} == set(answer.headers["Allow"].split(", "))
    asked = caller().call("OPTIONS", "/plekken")
    assert (asked.status_code, asked.data) == (204, b"")
    assert "Access-Control-Allow-Origin" not in asked.headers


def test_head_answers_as_get_without_the_content(caller):
    answer = caller().call("HEAD", "/plekken")
    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize("path", ["/plekken/", "/plekken//", "/plekken/nee", "/PLEKKEN", "/", ""])
def test_a_path_that_is_not_ours_is_not_there(caller, path):
    assert caller().get(path).status_code == 404


@pytest.mark.parametrize("query", ["?aantal=0", "?aantal=101", "?aantal=１", "?x=1", "?aantal=2&aantal=3", "?na=x"])
def test_a_query_that_we_do_not_know_is_refused_by_name(caller, query):
    answer = caller().get(f"/plekken{query}")
    assert answer.status_code == 400
    assert answer.json["errors"][0]["name"] in {"aantal", "x", "na"}


def test_another_host_is_refused(caller):
    assert caller().get("/openapi.json", Host="evil.example").status_code == 400


@pytest.mark.parametrize(
    "sent", ["", "Basic dTpw", "Bearer", "Bearer x", "Bearer toegang_x y", f"Bearer {'x' * 5000}", "bearer toegang_é"]
)
def test_without_a_key_that_works_nothing_is_told(caller, sent):
    answer = Caller(caller().app).get("/plekken", Authorization=sent)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="toegang"'


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_of_a_key_may_be_written_in_any_case(caller, scheme):
    known = caller()
    assert Caller(known.app).get("/plekken", Authorization=f"{scheme} {known.key}").status_code == 200


def test_a_wrong_key_is_in_the_log(caller, database):
    Caller(caller().app, "toegang_onzin").get("/plekken")
    with database.unit_of_work() as session:
        query = select(func.count()).where(AuditEvent.detail == "sleutel_onbekend")
        assert session.scalar(query) == 1


def test_what_a_key_may_not_is_in_the_log_with_its_system(caller, database):
    caller("haven").get(f"/verwijzingen/{uuid.uuid4()}")
    with database.unit_of_work() as session:
        found = session.scalars(select(AuditEvent).where(AuditEvent.outcome == Outcome.REFUSED)).one()
        assert (found.user_name, found.functie) == ("Proef", "koppeling van De Haven")


def test_too_many_calls_are_told_when_to_come_back_and_others_are_not_kept_waiting(caller, monkeypatch):
    monkeypatch.setattr(admission, "CALLS", 3)
    busy, other = caller("haven"), caller("anker")
    answers = [busy.get("/plekken") for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert other.get("/plekken").status_code == 200


def test_wrong_keys_from_one_address_are_counted_and_good_ones_go_on(caller, monkeypatch):
    monkeypatch.setattr(admission, "WRONG_KEYS", 2)
    good = caller()
    wrong = [Caller(good.app, "toegang_onzin").get("/plekken").status_code for _ in range(3)]
    assert wrong == [401, 401, 429]
    assert good.get("/plekken").status_code == 200


def test_a_failure_that_nobody_foresaw_tells_a_reference_and_nothing_else(caller, engine, caplog):
    system = caller()

    def fail(_connection, _cursor, statement, *_rest):
        if "FROM place" in statement:
            raise RuntimeError("geheim 999990019")

    event.listen(engine, "before_cursor_execute", fail)
    answer = system.get("/plekken")
    event.remove(engine, "before_cursor_execute", fail)
    assert answer.status_code == 500
    assert "999990019" not in answer.text + caplog.text
    assert answer.json["instance"].rpartition(":")[2] in caplog.text
    assert system.get("/plekken").status_code == 200


def test_a_database_that_does_not_answer_is_a_503_with_when_to_come_back(caller, engine):
    system = caller()

    def fail(_connection, _cursor, statement, *_rest):
        if "FROM place" in statement:
            raise OperationalError("geheim", {}, Exception())

    event.listen(engine, "before_cursor_execute", fail)
    answer = system.get("/plekken")
    event.remove(engine, "before_cursor_execute", fail)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"


def test_pages_and_interface_do_not_share_a_way_in(caller, app):
    system = caller()
    page = app.test_client().get("/intakes", headers={"Authorization": f"Bearer {system.key}"})
    assert page.status_code == 303
    assert page.location.startswith("/inloggen")


def test_an_intake_can_be_filed_with_every_question_of_the_form_unknown(caller):
    answer = caller().file(dict.fromkeys(A_MAN_IN_HIS_CAR))
    assert answer.status_code == 201
    assert answer.json["advies"]["overbrugging"]
