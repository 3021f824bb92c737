"""The people of the region: for whom each of them works, as what. The same names mean the same people in all tests."""

from dataclasses import dataclass
from datetime import date

from intake.tables.account import Role


@dataclass(frozen=True, slots=True)
class Post:
    """A role in an organisation of the region, up to and including `tot`."""

    works_for: str
    role: Role
    tot: date | None = None


ALWAYS = {
    "worker": Post("wijkteam", Role.WIJKTEAMMEDEWERKER),
    "stranger": Post("wijkteam_rotterdam", Role.WIJKTEAMMEDEWERKER),
    "desk": Post("onthaal", Role.REGIONALE_TOEGANG),
    "expert": Post("expertise", Role.EXPERTISE),
    "haven": Post("haven", Role.AANBIEDER),
    "anker": Post("anker", Role.AANBIEDER),
}
"""Who is there in every region."""
WHEN_ASKED = {
    "mia": Post("wijkteam", Role.WIJKTEAMMEDEWERKER),
    "leader": Post("capelle", Role.TEAMLEIDER),
    "leader2": Post("capelle", Role.TEAMLEIDER),
    "leader_b": Post("rotterdam", Role.TEAMLEIDER),
    "beleid": Post("capelle", Role.BELEID),
    "anna": Post("capelle", Role.BELEID),
    "bas": Post("capelle", Role.BELEID),
    "beheerder": Post("capelle", Role.FUNCTIONEEL_BEHEERDER),
    "beheerder_haven": Post("haven", Role.FUNCTIONEEL_BEHEERDER),
    "logbeheerder": Post("capelle", Role.LOGBEHEERDER),
    "logbeheerder_b": Post("rotterdam", Role.LOGBEHEERDER),
    "logbeheerder_regio": Post("regio", Role.LOGBEHEERDER),
    "fg": Post("capelle", Role.FG),
    "fg_b": Post("rotterdam", Role.FG),
    "expert_b": Post("expertise_elders", Role.EXPERTISE),
    "elders": Post("utrecht", Role.REGIONALE_TOEGANG),
    "utrecht": Post("utrecht", Role.AANBIEDER),
    "vertrokken": Post("wijkteam", Role.WIJKTEAMMEDEWERKER, tot=date(2026, 11, 22)),
}
"""Who comes when a test asks for them; `_b` is of gemeente B, which is Rotterdam."""
CAST = ALWAYS | WHEN_ASKED
