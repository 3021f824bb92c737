"""A hidden place is a property of the receiver: of its kind, or because somebody marked it."""

import pytest

from intake.places import hidden
from intake.tables.besluit import Besluit
from intake.tables.organisation import Organisation, OrganisationKind


@pytest.mark.parametrize(
    ("kind", "marked", "is_so"),
    [
        (OrganisationKind.VROUWENOPVANG, False, True),
        (OrganisationKind.AANBIEDER, True, True),
        (OrganisationKind.AANBIEDER, False, False),
        (OrganisationKind.WIJKTEAM, False, False),
    ],
)
def test_a_place_is_hidden_by_its_kind_or_by_its_mark(kind, marked, is_so):
    assert hidden.is_hidden(Organisation(kind=kind, afgeschermd=marked)) is is_so


@pytest.mark.parametrize(
    ("kind", "products", "is_so"),
    [
        ("vrouwenopvang", [], True),
        ("aanbieder", ["vrouwenopvang"], True),
        ("aanbieder", ["opvang_24uurs"], False),
    ],
)
def test_a_besluit_hides_from_the_moment_it_is_taken(kind, products, is_so):
    assert hidden.is_meant([Besluit(bestemming_soort=kind, voorzieningen=products)]) is is_so
