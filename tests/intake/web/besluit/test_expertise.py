"""The expertise function on the pages: asked, answering, and what can be done meanwhile."""


def test_the_expertise_function_gives_its_view(log_in, case):
    worker = log_in("worker")
    worker.get(f"/intakes/{case.id}")
    worker.press("Stel de vraag", {"vraag": "Past dit wel?"})
    expert = log_in("expert")
    assert "Vandaag" in expert.get("/expertise").text
    expert.follow(next(name for name in expert.page.links() if name.startswith("Vraag van")))
    assert "Past dit wel?" in expert.page.text
    expert.press("Beoordeling versturen", {"beoordeling": ""}, status=400)
    expert.press("Beoordeling versturen", {"beoordeling": "24-uursopvang past."})
    worker.get(f"/intakes/{case.id}")
    assert "24-uursopvang past." in worker.page.text


def test_who_waits_for_the_expertise_function_is_offered_only_what_can_be_done_now(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Stel de vraag", {"vraag": "Past dit wel?"})
    assert "Volg het advies" not in client.page.text
    assert "Over vannacht besluit u nu al." in client.page.text
    client.press("Vraag intrekken en zelf besluiten")
    client.press(client.page.button_like("Volg het advies"))
    assert "Volgt het advies" in client.page.text
