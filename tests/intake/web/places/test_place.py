"""The places of a provider, kept by the provider."""

from tests.intake.region import a_place


def test_a_provider_keeps_its_places(log_in, database, people):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=3, bezet=1)
    provider = log_in("haven")
    provider.get("/plekken")
    button = provider.page.button_like("Opslaan")
    stale = provider.page
    provider.press(button, {"capaciteit": "0"}, status=400)
    provider.press(button, {"capaciteit": "veel"}, status=400)
    provider.press(button, {"capaciteit": "5"})
    assert "4 vrij" in provider.page.text
    provider.page = stale
    provider.press(button, {"capaciteit": "9"}, status=409)
