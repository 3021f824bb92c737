"""The page of a case and the list of cases: what is shown, to whom, and how."""


def test_the_bsn_is_covered_until_somebody_asks(log_in, database, people):
    with database.unit_of_work() as session:
        case = people.an_intake(session, bsn="999990019", bsn_status="bekend")
    client = log_in("worker")
    assert "999990019" not in client.get(f"/intakes/{case.id}").response.text
    client.follow("Toon het burgerservicenummer")
    assert "999990019" in client.page.text


def test_the_case_of_another_gemeente_is_not_there(log_in, case):
    client = log_in("stranger")
    client.get(f"/intakes/{case.id}", status=404)
    assert case.reference not in client.get("/intakes").response.text


def test_a_list_can_be_narrowed_and_sorted(log_in, case):
    client = log_in("worker")
    client.get("/intakes")
    assert "Jan Kanariepiet" in client.page.text
    client.press("Toon", {"staat": "geplaatst"})
    assert "Jan Kanariepiet" not in client.page.text
    client.get("/intakes?staat=%27%3B&urgentie=xx&volgorde=naam&pagina=-3")
    assert "Jan Kanariepiet" in client.page.text


def test_a_task_is_ticked_off(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    button = client.page.button_like("Gedaan")
    client.press(button)
    assert button not in client.page.buttons()


def test_what_people_type_is_shown_as_text(log_in, database, people):
    nasty = "<script>alert(1)</script> {{7*7}} \"' &amp; 't Hoff"
    with database.unit_of_work() as session:
        case = people.an_intake(session, verhaal=nasty, achternaam="<b>Bobby")
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    assert nasty in client.page.text
    assert "<b>Bobby" in client.page.text
