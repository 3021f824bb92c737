"""What the domain refuses. Its message is a Dutch sentence made for who reads it; here stands what is above it."""

from collections.abc import Mapping

from forms import InvalidAnswers
from intake.besluit import NoExpertise, ReasonMissing, ReviewPending, ReviewRefused
from intake.case import CaseClosed, TermError
from intake.dossier.deciding import NothingDeviates
from intake.failures.failure import OWN_WORDS, Failure, ToSystem
from intake.letters import LetterNotReady
from intake.login.accounts import TooManyLinks
from intake.melding import EditConflict
from intake.people.staff import StaffRefused
from intake.people.systems import NoSuchPerson
from intake.places import PlaceConflict, PlaceRefused, PlaceTaken
from intake.referrals.sending import ChoiceRefused, HandOverNeeded, HasPlace, KeepsCase, NoBesluit, StateConflict
from intake.rights import CorrectionConflict
from intake.rights.destruction import DestructionRefused
from intake.store import KeyRefused, KeyReused

BAD, CONFLICT = 400, 409
NOT_READABLE = ToSystem(
    "ongeldige-invoer",
    "Er is niets opgeslagen. Onder errors staat wat er niet klopt en wat wel kan.",
    "Een deel van de aanvraag klopt niet",
)
BAD_KEY = ToSystem(
    "sleutel-ongeldig",
    "Gebruik 8 tot 200 zichtbare ASCII-tekens, bijvoorbeeld een UUID.",
    "Deze Idempotency-Key kan niet",
)
USED_KEY = ToSystem(
    "sleutel-hergebruikt",
    "Met deze sleutel is al een andere inhoud gestuurd. Er is niets opgeslagen. Gebruik een nieuwe sleutel.",
    "Deze Idempotency-Key is al gebruikt",
)
EVERYWHERE: Mapping[type[Exception], Failure] = {
    StateConflict: Failure(
        CONFLICT, "Deze verwijzing is intussen veranderd", OWN_WORDS, ToSystem("verwijzing-veranderd")
    ),
    PlaceConflict: Failure(CONFLICT, "Deze plek is intussen veranderd", OWN_WORDS, ToSystem("plek-veranderd")),
    PlaceTaken: Failure(CONFLICT, "Deze plek is net vergeven", OWN_WORDS, ToSystem("plek-vergeven")),
    CaseClosed: Failure(CONFLICT, "Deze zaak is gesloten", OWN_WORDS, ToSystem("zaak-gesloten")),
    NoBesluit: Failure(CONFLICT, "Er is nog geen besluit", OWN_WORDS, ToSystem("geen-besluit")),
    ReviewPending: Failure(CONFLICT, "Het expertiseteam kijkt nog mee", OWN_WORDS, ToSystem("expertise-kijkt-mee")),
    NoExpertise: Failure(
        CONFLICT, "Er is geen expertiseteam in het register", OWN_WORDS, ToSystem("geen-expertiseteam")
    ),
    ChoiceRefused: Failure(BAD, "Dit kan nog niet", OWN_WORDS, ToSystem("keuze-kan-niet", title="Deze keuze kan niet")),
    InvalidAnswers: Failure(BAD, "Sommige antwoorden passen niet bij elkaar", OWN_WORDS, NOT_READABLE),
    KeyRefused: Failure(BAD, "Open het formulier opnieuw", OWN_WORDS, BAD_KEY),
    KeyReused: Failure(CONFLICT, "Dit is al eerder verstuurd", OWN_WORDS, USED_KEY),
}
ON_PAGES: Mapping[type[Exception], Failure] = {
    EditConflict: Failure(CONFLICT, "Dit concept is intussen veranderd", OWN_WORDS),
    CorrectionConflict: Failure(CONFLICT, "Deze intake is intussen gewijzigd", OWN_WORDS),
    HandOverNeeded: Failure(CONFLICT, "Dit gaat met een overdracht", OWN_WORDS),
    HasPlace: Failure(CONFLICT, "De cliënt heeft al een plek", OWN_WORDS),
    KeepsCase: Failure(CONFLICT, "U behandelt deze zaak zelf", OWN_WORDS),
    ReviewRefused: Failure(BAD, "Dit kan nog niet", OWN_WORDS),
    TermError: Failure(BAD, "Dit kan niet met deze termijn", OWN_WORDS),
    DestructionRefused: Failure(CONFLICT, "Dit dossier wordt nu niet vernietigd", OWN_WORDS),
    StaffRefused: Failure(CONFLICT, "Dit kan niet met dit account", OWN_WORDS),
    TooManyLinks: Failure(CONFLICT, "Te veel links vandaag", OWN_WORDS),
}
"""What no operation of the interface does."""
TO_SYSTEMS: Mapping[type[Exception], Failure] = {
    NoSuchPerson: Failure(BAD, "Deze medewerker kan dit niet", system=ToSystem("medewerker-onbekend")),
    NothingDeviates: Failure(BAD, "Er wijkt niets af van het advies", system=ToSystem("niets-wijkt-af")),
    ReasonMissing: Failure(BAD, "De reden ontbreekt", system=ToSystem("reden-ontbreekt")),
    PlaceRefused: Failure(BAD, "Deze aantallen kunnen niet", system=ToSystem("aantal-kan-niet")),
    LetterNotReady: Failure(CONFLICT, "De brief is er nog niet", system=ToSystem("brief-niet-klaar")),
}
"""What a page answers where it happens, beside the field or with a page of its own."""
REFUSED: Mapping[type[Exception], Failure] = {**EVERYWHERE, **ON_PAGES, **TO_SYSTEMS}
