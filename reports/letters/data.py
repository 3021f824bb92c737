"""What a letter is made of: plain values in plain Dutch, no codes.

A field without a default must be filled; a letter with a hole is never printed (see `reports.letters.checks`).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Oordeel(StrEnum):
    """What was decided or advised about one product."""

    JA = "ja"
    TIJDELIJK = "tijdelijk"  # Wmo 2015 art. 2.3.3: now, while the onderzoek goes on
    ADVIES = "advies"
    NEE = "nee"


class Pgb(StrEnum):
    """What the letter tells about a persoonsgebonden budget (Wmo 2015 art. 2.3.2 lid 6)."""

    MOGELIJK = "mogelijk"
    NIET_MOGELIJK = "niet_mogelijk"


@dataclass(frozen=True, slots=True)
class Geadresseerde:
    """To whom the letter goes: a safe address, or the place where the client collects it."""

    naam: str
    adres: tuple[str, ...] = ()
    afhalen_bij: str = ""
    aanhef: str = ""


@dataclass(frozen=True, slots=True)
class Afzender:
    """The gemeente that writes, and how to reach the team that knows the client.

    `gemeente` is the bare name ("Capelle aan den IJssel"). `klacht` tells only how to complain ("Bel 010 …"): it
    follows "Dan kunt u een klacht indienen." `nacht` is the number for the evening, the night and the weekend, with the
    name of who answers when that is another ("010 … (Centraal Onthaal)").
    """

    gemeente: str
    team: str
    adres: tuple[str, ...]
    telefoon: str
    bereikbaar: str
    klacht: str
    nacht: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Ondertekenaar:
    """The person who decided, and on whose behalf (Awb art. 10:10)."""

    naam: str
    functie: str
    namens: str


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One thing we found, in one short sentence, with the rule it comes from (may be empty)."""

    zin: str
    grond: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """One thing that was asked or considered and what came of it.

    `naam` reads on after "u krijgt" and "u krijgt geen": lower case, without an article.
    """

    naam: str
    oordeel: Oordeel
    uitleg: str
    waarom: tuple[Bevinding, ...]
    vanaf: date | None = None
    tot: date | None = None


@dataclass(frozen=True, slots=True)
class Bestemming:
    """Where the client goes now. In a shielded letter only a place with `openbaar` is named."""

    naam: str
    adres: tuple[str, ...] = ()
    telefoon: str = ""
    nacht: str = ""
    afspraak: str = ""
    meenemen: str = ""
    openbaar: bool = False


@dataclass(frozen=True, slots=True)
class Regiokeuze:
    """In which gemeente the traject has the best chance, why, and what the client thinks of it.

    `overdracht`: another gemeente is asked to take over; until it accepts, the sender stays responsible.
    """

    gemeente: str
    waarom: str
    mening_client: str
    overdracht: bool = False


@dataclass(frozen=True, slots=True)
class Taak:
    """Who does what before which date; without a date: as soon as possible."""

    wie: str
    wat: str
    voor: date | None = None


@dataclass(frozen=True, slots=True)
class Clientondersteuning:
    """Free and independent help for the client (Wmo 2015 art. 2.2.4 and 2.3.2 lid 3)."""

    organisatie: str
    telefoon: str


@dataclass(frozen=True, slots=True)
class Gedeeld:
    """Who got which data of the client."""

    wie: str
    wat: str


@dataclass(frozen=True, slots=True)
class Besluit:
    """The letter is a decision: objection is open (Awb art. 6:7 and 6:8).

    `rechtbank` reads on after "U vraagt dit bij", with an article where it needs one.
    """

    laatste_dag_bezwaar: date
    bezwaar_adres: tuple[str, ...]
    rechtbank: str
    bezwaar_online: str = ""


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """The letter is no decision; it tells how to get one, from whom ("Samira de Wit, 010 …").

    `aanvraag_vanaf`: the day from which the client may apply at once (Wmo 2015 art. 2.3.2 lid 9).
    """

    besluit_vragen_bij: str
    aanvraag_vanaf: date | None = None


class Briefsoort(StrEnum):
    """What an earlier letter was."""

    BESLUIT = "besluit"
    VERWIJZING = "verwijzing"


@dataclass(frozen=True, slots=True)
class Vervangen:
    """The earlier letter that this one comes instead of: what it was, and its day."""

    soort: Briefsoort
    datum: date


@dataclass(frozen=True, slots=True)
class Verwijsbrief:
    """The letter a client holds after the intake: what happens, where, why, and what he can do about it.

    `gedeeld_met` may be empty (nothing was shared) but not None. `eigen_bijdrage` is left out of a shielded letter,
    `afwijking` says why the person decided otherwise than the computer advised; `vervangt`: which letter this replaces.
    """

    datum: date
    kenmerk: str
    geadresseerde: Geadresseerde
    afzender: Afzender
    ondertekenaar: Ondertekenaar
    vraag: str
    vannacht: str
    bevindingen: tuple[Bevinding, ...]
    producten: tuple[Product, ...]
    bestemming: Bestemming
    taken: tuple[Taak, ...]
    clientondersteuning: Clientondersteuning
    gedeeld_met: tuple[Gedeeld, ...] | None
    rechtspositie: Besluit | Verwijzing
    tot_dan: str = ""
    regiokeuze: Regiokeuze | None = None
    eigen_bijdrage: str = ""
    pgb: Pgb | None = None
    afwijking: str = ""
    vervangt: Vervangen | None = None
    kopie_aan: tuple[str, ...] = ()
    afgeschermd: bool = False


@dataclass(frozen=True, slots=True)
class Ontvangstbevestiging:
    """Confirms a melding (Wmo 2015 art. 2.3.2 lid 1-3): we have it, this happens, before these days."""

    datum: date
    kenmerk: str
    geadresseerde: Geadresseerde
    afzender: Afzender
    ondertekenaar: Ondertekenaar
    melding_datum: date
    vraag: str
    vannacht: str
    plan_uiterlijk: date
    onderzoek_uiterlijk: date
    clientondersteuning: Clientondersteuning
    eerste_contact: date | None = None
    taken: tuple[Taak, ...] = ()
    afgeschermd: bool = False


Letter = Verwijsbrief | Ontvangstbevestiging
