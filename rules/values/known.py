"""Outcomes that have a meaning outside the tables: words of `feiten.yaml` on which a bed, a clock or a number hangs."""

BED_TONIGHT = "tijdelijke_opvang_vandaag"
"""What `overbrugging` says when somebody needs a bed tonight (Wmo 2015 art. 2.3.3)."""
SHELTERS = ("opvang_24uurs", "nachtopvang", "gezinsopvang", "jongerenopvang", "vrouwenopvang", "verpleegkundige_opvang")
FAMILY_SHELTERS = ("gezinsopvang", "vrouwenopvang")
"""Provisions that are a bed in a shelter, and those of them that take children."""
CRISIS = "crisisdienst"
YOUTH_CRISIS = "crisis_jeugd"
"""The kind of destination, and what precedes the Wmo, when it is crisis help that is needed."""
