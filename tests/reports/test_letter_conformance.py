"""An outside judge reads the file: every rule of PDF/A-2a and PDF/UA-1 that a machine can check."""

import pytest

from reports.letters import NEUTRAAL, Geadresseerde, Logo, Thema, render_letter
from reports.letters.theme import LogoType
from tests.reports.builders import (
    a_decided_letter,
    a_letter,
    a_receipt,
    a_refusal,
    a_shielded_letter,
    a_transfer,
    a_youth_letter,
)

page = pytest.importorskip("page", reason="page-validation is not installed")

SHIELD = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="19"/></svg>'
WITH_LOGO = Thema("test", "#154273", Logo(SHIELD, LogoType.SVG, "Wapen van Capelle"))
LETTERS = {
    "referral": (a_letter(), NEUTRAAL),
    "decision": (a_decided_letter(), NEUTRAAL),
    "refusal": (a_refusal(), NEUTRAAL),
    "transfer": (a_transfer(), NEUTRAAL),
    "youth": (a_youth_letter(), NEUTRAAL),
    "shielded": (a_shielded_letter(), NEUTRAAL),
    "receipt": (a_receipt(), NEUTRAAL),
    "logo": (a_letter(), WITH_LOGO),
    "scripts": (a_letter(geadresseerde=Geadresseerde("ሰላም مرحبا Київ \U0001f600", afhalen_bij="ons")), NEUTRAAL),
    "long": (a_letter(vraag="Een regel.\n" * 150), NEUTRAAL),
}


@pytest.mark.parametrize("profile", ["2a", "ua1"])
@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_keeps_every_rule_of_both_standards(name, profile):
    letter, theme = LETTERS[name]
    report = page.validate_pdf_bytes(render_letter(letter, thema=theme).pdf, profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant
