"""Outcomes that have a meaning outside the tables: words of `feiten.yaml` on which a bed, a clock or a number hangs."""

from enum import StrEnum


class Voorziening(StrEnum):
    """What can be provided; in the order in which people are offered it: the lightest help at home first."""

    PREVENTIE = "preventie"
    BEGELEIDING_THUIS = "begeleiding_thuis"
    BESCHERMD_THUIS = "beschermd_thuis"
    BESCHERMD_WONEN = "beschermd_wonen"
    NACHTOPVANG = "nachtopvang"
    OPVANG_24UURS = "opvang_24uurs"
    JONGERENOPVANG = "jongerenopvang"
    GEZINSOPVANG = "gezinsopvang"
    VROUWENOPVANG = "vrouwenopvang"
    VERPLEEGKUNDIGE_OPVANG = "verpleegkundige_opvang"
    HOUSING_FIRST = "housing_first"
    HULP_BIJ_HUISVESTING = "hulp_bij_huisvesting"
    EU_TERUGKEER = "eu_terugkeer"
    GEEN_MAATWERK = "geen_maatwerk"


class Overbrugging(StrEnum):
    """What happens tonight and until the provision starts (Wmo 2015 art. 2.3.3)."""

    GEEN = "geen"
    OPVANG_VANDAAG = "tijdelijke_opvang_vandaag"
    OVERBRUGGINGSZORG = "overbruggingszorg"
    BLIJFT_WAAR_VEILIG = "blijft_waar_veilig"


BED_TONIGHT = Overbrugging.OPVANG_VANDAAG
"""What `overbrugging` says when somebody needs a bed tonight."""
SHELTERS = (
    Voorziening.OPVANG_24UURS,
    Voorziening.NACHTOPVANG,
    Voorziening.GEZINSOPVANG,
    Voorziening.JONGERENOPVANG,
    Voorziening.VROUWENOPVANG,
    Voorziening.VERPLEEGKUNDIGE_OPVANG,
)
FAMILY_SHELTERS = (Voorziening.GEZINSOPVANG, Voorziening.VROUWENOPVANG)
"""Provisions that are a bed in a shelter, and those of them that take children."""
CRISIS = "crisisdienst"
YOUTH_CRISIS = "crisis_jeugd"
"""The kind of destination, and what precedes the Wmo, when it is crisis help that is needed."""
