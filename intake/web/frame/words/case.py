"""The states of a case, its terms, letters and end, as a worker reads them."""

from collections.abc import Mapping

from intake.dossier import Intrekking, Uitstroom
from intake.tables.deadline import DeadlineKind, DeadlineState
from intake.tables.expertise import ExpertiseState
from intake.tables.intake import IntakeState
from intake.tables.letter import LetterKind, LetterState
from intake.web.frame.words.mark import Mark

INTAKE_STATE: Mapping[str, Mark] = {
    IntakeState.INGEDIEND: Mark("Wacht op besluit", "warning"),
    IntakeState.IN_EXPERTISE: Mark("Bij het expertiseteam", "info"),
    IntakeState.BESLOTEN: Mark("Besloten", "info"),
    IntakeState.VERWEZEN: Mark("Verwezen", "info"),
    IntakeState.GEEN_PLEK: Mark("Nog geen plek", "urgent"),
    IntakeState.GEPLAATST: Mark("Geplaatst", "success"),
    IntakeState.AFGESLOTEN: Mark("Afgesloten"),
    IntakeState.INGETROKKEN: Mark("Ingetrokken"),
}
UITSTROOM: Mapping[str, str] = {one: one.words for one in Uitstroom}
INTREKKING: Mapping[str, str] = {one: one.words for one in Intrekking}
DEADLINE: Mapping[str, str] = {
    DeadlineKind.EERSTE_CONTACT: "Eerste contact",
    DeadlineKind.PERSOONLIJK_PLAN: "Persoonlijk plan van de cliënt",
    DeadlineKind.ONDERZOEK: "Onderzoek klaar",
    DeadlineKind.BESLUIT: "Besluit op de aanvraag",
    DeadlineKind.BEZWAAR: "Bezwaar maken kan tot en met",
}
DEADLINE_STATE: Mapping[str, Mark] = {
    DeadlineState.LOOPT: Mark("Loopt", "info"),
    DeadlineState.OPGESCHORT: Mark("Staat stil", "warning"),
    DeadlineState.GEHAALD: Mark("Gehaald", "success"),
    DeadlineState.VERVALLEN: Mark("Vervallen"),
}
LETTER_KIND: Mapping[str, str] = {
    LetterKind.ONTVANGSTBEVESTIGING: "Ontvangstbevestiging",
    LetterKind.VERWIJSBRIEF: "Verwijsbrief",
}
LETTER_STATE: Mapping[str, Mark] = {
    LetterState.WORDT_GEMAAKT: Mark("Wordt gemaakt", "info"),
    LetterState.KLAAR: Mark("Klaar", "success"),
    LetterState.MISLUKT: Mark("Niet gelukt", "urgent"),
}
EXPERTISE_STATE: Mapping[str, Mark] = {
    ExpertiseState.GEVRAAGD: Mark("Wacht op beoordeling", "warning"),
    ExpertiseState.BEOORDEELD: Mark("Beoordeeld", "success"),
    ExpertiseState.INGETROKKEN: Mark("Ingetrokken"),
}
