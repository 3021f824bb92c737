"""Which desk a besluit means: one answer, for the referral and for the letter."""

import pytest

from intake.letters.data import letter_data
from intake.places.candidate import candidates_for, needs_of
from intake.places.desk import desk_meant, desks_for, meant
from intake.tables.letter import Letter, LetterKind
from intake.tables.organisation import Organisation
from intake.tables.place import PlacementPurpose
from tests.intake.region import CAPELLE, CLOCK, NOW, ROTTERDAM

HERE = Organisation(naam="Centraal Onthaal Rotterdam", gemeente_code=ROTTERDAM)
OTHER_NAME = Organisation(naam="Loket Rotterdam", gemeente_code=ROTTERDAM)
ELSEWHERE = Organisation(naam="Centraal Onthaal Capelle", gemeente_code=CAPELLE)
NOWHERE = Organisation(naam="Steunpunt", gemeente_code=None)
DESKS = (NOWHERE, ELSEWHERE, OTHER_NAME, HERE)


@pytest.mark.parametrize(
    ("naam", "gemeente", "order"),
    [
        ("Centraal Onthaal", ROTTERDAM, (HERE, OTHER_NAME, ELSEWHERE)),
        ("Centraal Onthaal", "", (ELSEWHERE, HERE)),
        ("", CAPELLE, (ELSEWHERE,)),
        ("Wijkteam", CAPELLE, (ELSEWHERE,)),
        ("Wijkteam", "GM0344", ()),
        ("", "", ()),
    ],
)
def test_the_gemeente_says_more_than_the_name_and_both_say_most(naam, gemeente, order):
    assert meant(DESKS, naam=naam, gemeente=gemeente) == order


@pytest.mark.parametrize(("naam", "gemeente"), [("Rotterdam", CAPELLE), ("Rotterdam", ""), ("", ROTTERDAM)])
def test_the_referral_and_the_letter_mean_the_same_desk(session, region, naam, gemeente):
    case = region.an_intake(session)
    decided = region.a_besluit(
        session, case, bestemming_soort="gemeente", bestemming_naam=naam, bestemming_gemeente=gemeente or None
    )
    asked = candidates_for(session, decided, needs_of({}, CLOCK.today()), PlacementPurpose.TRAJECT, own=frozenset())[0]
    written = Letter(
        kind=LetterKind.VERWIJSBRIEF, gemeente_id=case.gemeente_id, intake_id=case.id, besluit_id=decided.id,
        organisation_id=case.organisation_id, asked_by=case.worker_id, asked_at=NOW,
    )  # fmt: skip
    assert desk_meant(session, decided).id == asked.organisation_id
    assert letter_data(session, written).bestemming.naam == asked.naam


def test_a_besluit_that_names_no_kind_of_organisation_means_no_desk(session, region):
    decided = region.a_besluit(session, region.an_intake(session), bestemming_soort="iets anders")
    assert desks_for(session, decided) == ()
    assert desk_meant(session, decided) is None
