"""The audit log in plain Dutch: what was done, and by which rule it was allowed."""

from collections.abc import Mapping

from intake.access.action import Action
from intake.access.rules import Relation
from intake.people.staff import staff
from intake.tables.audit import Outcome

ACTS: Mapping[str, str] = {
    Action.PUBLIC: "Opende een pagina voor iedereen",
    Action.SIGN_IN: "Inloggen of uitloggen",
    Action.HOME: "Opende de startpagina",
    Action.OWN_ACCOUNT: "Wijzigde het eigen account",
    Action.OWN_FACTOR: "Wijzigde de eigen tweede stap",
    Action.READ_DRAFT: "Bekeek het concept van de intake",
    Action.START_DRAFT: "Begon de intake",
    Action.EDIT_DRAFT: "Vulde de intake in",
    Action.DISCARD_DRAFT: "Gooide het concept weg",
    Action.SUBMIT_INTAKE: "Diende de intake in",
    Action.READ_INTAKE: "Bekeek de intake",
    Action.EDIT_INTAKE: "Wijzigde de intake",
    Action.WITHDRAW_INTAKE: "Trok de intake in",
    Action.SHOW_BSN: "Bekeek het burgerservicenummer",
    Action.BREAK_GLASS: "Opende de intake met spoed (doorbreken)",
    Action.READVISE: "Liet het advies opnieuw maken",
    Action.TAKE_BESLUIT: "Nam een besluit",
    Action.SUSPEND_TERM: "Zette een termijn stil",
    Action.ASK_REVIEW: "Vroeg het expertiseteam om mee te kijken",
    Action.READ_REVIEW: "Bekeek de beoordeling van het expertiseteam",
    Action.GIVE_REVIEW: "Gaf een beoordeling",
    Action.READ_REFERRAL: "Bekeek de verwijzing",
    Action.SEND_REFERRAL: "Verwees door",
    Action.WITHDRAW_REFERRAL: "Trok de verwijzing in",
    Action.ANSWER_REFERRAL: "Antwoordde op de verwijzing",
    Action.EXPLAIN_REFERRAL: "Lichtte de verwijzing toe",
    Action.READ_LETTER: "Opende een brief",
    Action.MAKE_LETTER: "Maakte een brief",
    Action.READ_PLACE: "Bekeek een plek",
    Action.EDIT_PLACE: "Wijzigde een plek",
    Action.READ_RULES: "Bekeek de regels",
    Action.EDIT_RULES: "Wijzigde een concept van regels",
    Action.PUBLISH_RULES: "Stelde regels vast of trok ze in",
    Action.READ_AUDIT: "Bekeek het logboek",
    Action.REVIEW_AUDIT: "Beoordeelde het logboek",
    Action.WHO_LOOKED: "Bekeek wie het dossier opende",
    Action.EXPORT_FILE: "Maakte een kopie van het dossier voor de cliënt",
    Action.CORRECT_FILE: "Verbeterde een gegeven",
    Action.DESTROY_FILE: "Werkte aan de vernietiging van het dossier",
    Action.RESTRICT_FILE: "Beperkte het gebruik van het dossier, of gaf het een merkteken",
    Action.READ_REGISTER: "Bekeek het register van verwerkingen",
    Action.RUN_JOB: "Voerde een taak uit",
    Action.MANAGE_ACCOUNTS: "Wijzigde een account",
    Action.MANAGE_SIGN_IN: "Wijzigde een inlogdienst",
}
BECAUSE: Mapping[str, str] = {
    Relation.OWN_GEMEENTE: "werkt bij de gemeente die het dossier heeft",
    Relation.OWN_ORGANISATION: "werkt bij de organisatie die de melding deed",
    Relation.ADDRESSED: "de verwijzing is aan deze organisatie gericht",
    Relation.REFERRAL: "het dossier is naar deze organisatie verwezen",
    Relation.ROUTED: "het dossier is met deze organisatie gedeeld",
    Relation.REGION: "het expertiseteam is om advies gevraagd",
    Relation.EMERGENCY: "spoed: iemand opende het dossier zonder gewone toegang",
    Relation.ANYWHERE: "mag deze gegevens overal bekijken; er staat geen cliënt in",
    Relation.REGION_LOG: "werkt bij de organisatie van de regio en bewaakt het logboek",
    Relation.SYSTEM: "automatisch, door Toegang zelf",
}
OUTCOMES: Mapping[str, str] = {
    Outcome.DONE: "Gedaan",
    Outcome.REFUSED: "Geweigerd",
    Outcome.FAILED: "Mislukt",
}


def act(code: str) -> str:
    """What was done, as a client reads it."""
    return ACTS.get(code, code)


def because(rule: str) -> str:
    """Why it was allowed, from the id of the rule in the log; empty when the log names none."""
    return BECAUSE.get(rule.rpartition("/")[2], "")


def roles(text: str) -> str:
    """The roles in a row of the log."""
    return ", ".join(staff.ROLES.get(role, role) for role in text.split())
