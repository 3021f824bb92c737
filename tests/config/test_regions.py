import pytest

from config.gemeenten import GEMEENTEN
from config.regions import REGIONS, UnknownRegion, load_region
from config.settings import DEFAULT_REGION


def test_every_region_has_known_gemeenten_and_its_centrumgemeente_among_them():
    for region in REGIONS.values():
        assert set(region.gemeenten) <= set(GEMEENTEN)
        assert region.centrumgemeente in region.gemeenten


def test_no_gemeente_belongs_to_two_regions():
    codes = [code for region in REGIONS.values() for code in region.gemeenten]
    assert len(codes) == len(set(codes))


def test_the_first_region_is_rotterdam_rijnmond():
    assert load_region(DEFAULT_REGION).centrumgemeente == "GM0599"


def test_an_unknown_region_is_refused():
    with pytest.raises(UnknownRegion):
        load_region("")
