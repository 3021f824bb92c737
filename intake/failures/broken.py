"""What is not there, not for you, or broken: failures whose own message nobody reads, told in fixed sentences."""

from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from intake.access import Forbidden, NotFound
from intake.failures.failure import Failure, ToPerson, ToSystem
from intake.keys import CannotOpen

NO_PAGE = "Deze pagina is er niet"
NO_PAGE_FOR_YOU = ToPerson(
    "De pagina bestaat niet, of is niet voor u.", "Controleer het adres, of ga naar de startpagina."
)
NOT_HERE = "Dit is er niet"
NO_ROW_FOR_YOU = ToSystem("niet-gevonden", "Het bestaat niet, of het is niet voor uw organisatie.", NOT_HERE)
UNREADABLE = "Dit kunnen wij niet lezen"
BUSY = Failure(
    503,
    "Toegang is even niet bereikbaar",
    ToPerson(
        "Wij konden uw gegevens niet lezen of opslaan. Wat u net deed, is niet opgeslagen.",
        "Wacht een halve minuut, ga één pagina terug en probeer het opnieuw. Uw tekst staat daar nog.",
    ),
    ToSystem("niet-bereikbaar", "Er is niets opgeslagen. Stuur de aanvraag straks opnieuw."),
)
MEANWHILE = Failure(
    409,
    "Iemand was u voor",
    ToPerson(
        "Iemand anders wijzigde dit op hetzelfde moment. Uw wijziging is niet opgeslagen.",
        "Ga één pagina terug, ververs de pagina en bekijk wat er nu staat.",
    ),
    ToSystem(
        "iemand-was-u-voor",
        "Iemand anders wijzigde dit op hetzelfde moment. Er is niets opgeslagen. "
        "Vraag de stand op en probeer het opnieuw.",
    ),
)
WRONG_ROLE = Failure(
    403,
    "Dit hoort niet bij uw rol",
    ToPerson(
        "U bent ingelogd, maar met uw rol kunt u dit niet doen.",
        "Hebt u dit nodig voor uw werk? Vraag de functioneel beheerder van uw organisatie om een andere rol.",
    ),
    ToSystem(
        "niet-toegestaan",
        "Vraag de functioneel beheerder van uw organisatie om een sleutel die dit mag.",
        "Deze sleutel mag dit niet",
    ),
)
LOCKED = Failure(
    503,
    "Deze gegevens zijn nu niet te lezen",
    ToPerson(
        "De gegevens zijn versleuteld en de sleutel is niet beschikbaar. Er is niets gewijzigd.",
        "Bel de functioneel beheerder en noem het kenmerk.",
    ),
    ToSystem("sleutels-niet-beschikbaar", "Bel de beheerder en noem het kenmerk."),
)
BROKEN = Failure(
    500,
    "Er ging iets mis",
    ToPerson(
        "Dit is een fout in Toegang, niet van u. Wat u net deed, is niet opgeslagen.",
        "Ga één pagina terug en probeer het opnieuw. Lukt het niet? Bel de functioneel beheerder en noem het kenmerk.",
    ),
    ToSystem(
        "fout", "Dit is een fout in Toegang. Er is niets opgeslagen. Probeer het nog eens; noem anders het kenmerk."
    ),
)
"""What nobody foresaw."""
FIXED: Mapping[type[Exception], Failure] = {
    NotFound: Failure(404, NO_PAGE, NO_PAGE_FOR_YOU, NO_ROW_FOR_YOU),
    NoResultFound: Failure(404, NO_PAGE, system=NO_ROW_FOR_YOU),
    Forbidden: WRONG_ROLE,
    CannotOpen: LOCKED,
    IntegrityError: MEANWHILE,
    StaleDataError: MEANWHILE,
    OperationalError: BUSY,
    DBAPIError: BUSY,
    PoolTimeout: BUSY,
    RecursionError: Failure(
        400, UNREADABLE, ToPerson("Wat u stuurde, is te diep in elkaar gezet.", "Maak het eenvoudiger.")
    ),
}
BY_STATUS: Mapping[int, Failure] = {
    400: Failure(
        400,
        UNREADABLE,
        ToPerson("De browser stuurde iets dat wij niet begrijpen.", "Ga één pagina terug en probeer het opnieuw."),
        ToSystem("onleesbaar", "Kijk de aanvraag na."),
    ),
    404: Failure(
        404,
        NO_PAGE,
        NO_PAGE_FOR_YOU,
        ToSystem("niet-gevonden", "Kijk het adres na: in /api/v1/openapi.json staan alle adressen.", NOT_HERE),
    ),
    405: Failure(
        405,
        "Dit kan hier niet",
        ToPerson(
            "Deze pagina kan niet op deze manier worden gebruikt.",
            "Ga naar de startpagina en kies daar wat u wilt doen.",
        ),
        ToSystem("methode-kan-niet", "Kijk in de header Allow welke methoden hier kunnen."),
    ),
    413: Failure(
        413,
        "Dit is te groot",
        ToPerson(
            "U stuurde meer tekst dan wij in één keer kunnen ontvangen. Er is niets opgeslagen.",
            "Ga één pagina terug en maak de tekst korter.",
        ),
        ToSystem("te-groot", "Een aanvraag is ten hoogste 1 MB. Er is niets opgeslagen."),
    ),
}
"""What the web server refuses by its own rules; of another status, below 500, as 400."""


def of_status(status: int) -> Failure:
    """How the web server's own refusal by this status is told."""
    return BY_STATUS.get(status, BROKEN if status >= BROKEN.status else BY_STATUS[400])
