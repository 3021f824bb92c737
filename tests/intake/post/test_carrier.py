"""Handing post in: taken, refused for good, or not now; nothing hangs and nothing leaks."""

import uuid

import pytest

from config.post import gateway
from intake.post import carrier
from intake.post.carrier import NotNow, Parcel, Problem, Refused
from tests.intake.post.servers import a_gateway, a_mail_server

PARCEL = Parcel(uuid.UUID(int=9), "jan@voorbeeld.test", "Eén bericht", "Beste Jan,\n\nDag.\n.\nTot ziens, Zoë\n")


def test_a_mail_arrives_as_it_was_written_with_a_number_that_stays_the_same():
    with a_mail_server() as box:
        assert carrier.send_mail(box.server, PARCEL) is None
        assert carrier.send_mail(box.server, PARCEL) is None
    first, second = box.taken
    assert first.get_content().replace("\r\n", "\n") == PARCEL.text
    assert (first["Subject"], first["To"], first["From"]) == (
        "Eén bericht",
        "jan@voorbeeld.test",
        "Toegang <toegang@voorbeeld.test>",
    )
    assert first["Message-ID"] == second["Message-ID"] == f"<{PARCEL.id}@voorbeeld.test>"


@pytest.mark.parametrize(
    ("answer", "came"),
    [
        ("550 geen postbus", Refused(Problem.ADRES_GEWEIGERD)),
        ("553 dat is geen adres", Refused(Problem.ADRES_GEWEIGERD)),
    ],
)
def test_an_address_that_is_refused_comes_back(answer, came):
    with a_mail_server() as box:
        box.answers = [answer]
        assert carrier.send_mail(box.server, PARCEL) == came
        assert box.taken == []


@pytest.mark.parametrize("answer", ["450 even niet", "452 vol", "421 dicht"])
def test_a_server_that_is_busy_is_asked_again_later(answer):
    with a_mail_server() as box:
        box.answers = [answer]
        with pytest.raises(NotNow):
            carrier.send_mail(box.server, PARCEL)


def test_a_server_that_is_away_or_hangs_up_is_asked_again_later():
    with a_mail_server() as box:
        box.hangs_up = True
        with pytest.raises(NotNow):
            carrier.send_mail(box.server, PARCEL)
        gone = box.server
    with pytest.raises(NotNow):
        carrier.send_mail(gone, PARCEL)


@pytest.mark.parametrize("address", ["jan@voorbeeld.test\r\nBcc: ander@elders.test", "geen adres", "", "a@b\nc"])
def test_an_address_with_a_second_line_in_it_reaches_nobody(address):
    with a_mail_server() as box:
        came = carrier.send_mail(box.server, Parcel(PARCEL.id, address, "x", "y"))
        assert came == Refused(Problem.ADRES_GEWEIGERD)
        assert box.taken == []


def test_a_text_message_is_handed_in_with_the_key_and_a_number_that_stays_the_same():
    with a_gateway() as box:
        assert carrier.send_text(box.gateway, Parcel(PARCEL.id, "0612345678", "", "Dag")) is None
    assert box.taken == [{"id": str(PARCEL.id), "to": "0612345678", "text": "Dag"}]
    assert box.keys == ["Bearer sleutel"]


@pytest.mark.parametrize(
    ("code", "problem"),
    [(401, Problem.AANMELDEN_GEWEIGERD), (403, Problem.AANMELDEN_GEWEIGERD), (422, Problem.ADRES_GEWEIGERD)],
)
def test_what_the_gateway_refuses_comes_back(code, problem):
    with a_gateway() as box:
        box.codes = [code]
        assert carrier.send_text(box.gateway, PARCEL) == Refused(problem)


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_gateway_that_is_busy_is_asked_again_later(code):
    with a_gateway() as box:
        box.codes = [code]
        with pytest.raises(NotNow):
            carrier.send_text(box.gateway, PARCEL)


def test_a_gateway_that_leads_elsewhere_is_not_followed():
    with a_gateway() as box:
        box.codes = [302]
        with pytest.raises(NotNow):
            carrier.send_text(gateway(box.gateway.url, "sleutel"), PARCEL)
        assert box.taken == []
