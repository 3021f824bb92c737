"""A letter for answers that are stored nowhere: to see what a client would read. It decides nothing and says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.gemeenten import naam_van
from forms import client
from forms.projection import is_shielded
from intake.case import days
from intake.letters import text
from intake.letters.text import SUPPORT, Reasoned
from reports import letters as paper
from reports.letters import phrases
from rules import Advice


@dataclass(frozen=True, slots=True)
class Contact:
    """Who writes. A preview has no register to look in: what is not told is said in general words."""

    team: str = "het wijkteam"
    telefoon: str = "het nummer van uw gemeente"
    naam: str = "Uw contactpersoon"
    functie: str = "wijkteammedewerker"


def preview_letter(answers: Mapping[str, Any], told: Reasoned, on: date, contact: Contact) -> paper.Verwijsbrief:
    """The referral letter that these answers would give on the day `on`."""
    given = told.advice
    gemeente = naam_van(str(answers.get("melding_gemeente", given.verantwoordelijke_gemeente)))
    shielded = is_shielded(answers) or "afgeschermd_adres" in given.veiligheid
    name = client.client_name(answers)
    melding = date.fromisoformat(str(answers.get("melding_datum", on.isoformat())))
    products = text.products(told, given.voorzieningen, given.overbrugging, competent=False)
    return paper.Verwijsbrief(
        datum=on,
        kenmerk="voorbeeld",
        geadresseerde=paper.Geadresseerde(name, afhalen_bij=contact.team, aanhef=text.salutation(name)),
        afzender=_sender(gemeente, contact),
        ondertekenaar=paper.Ondertekenaar(
            contact.naam, contact.functie, f"het college van burgemeester en wethouders van {gemeente}"
        ),
        vraag=text.question(answers, shielded=shielded),
        vannacht=text.tonight(given, given.overbrugging, contact.telefoon),
        bevindingen=text.findings(told, products),
        producten=products,
        bestemming=_destination(given, shielded=shielded),
        taken=tuple(phrases.task(one, contact.naam) for one in given.taken if one in phrases.TASKS)[:4],
        clientondersteuning=paper.Clientondersteuning(SUPPORT, contact.telefoon),
        gedeeld_met=(),
        rechtspositie=paper.Verwijzing(
            besluit_vragen_bij=f"{contact.naam}, {contact.telefoon}",
            aanvraag_vanaf=days.aanvraag_from(melding),
        ),
        tot_dan=phrases.UNTIL_THEN.get(given.overbrugging, ""),
        regiokeuze=None if shielded else text.region(answers, told),
        eigen_bijdrage="" if shielded else phrases.contribution(given.voorzieningen),
        pgb=phrases.budget(given.voorzieningen),
        afgeschermd=shielded,
    )


def _sender(gemeente: str, contact: Contact) -> paper.Afzender:
    return paper.Afzender(
        gemeente=gemeente,
        team=contact.team[:1].upper() + contact.team[1:],
        adres=(f"Gemeente {gemeente}",),
        telefoon=contact.telefoon,
        bereikbaar="op werkdagen",
        klacht=text.complaint(contact.telefoon),
    )


def _destination(given: Advice, *, shielded: bool) -> paper.Bestemming:
    where = given.bestemming
    name = where.naam or "de organisatie die u helpt"
    place = "" if shielded or not where.gemeente else naam_van(where.gemeente)
    return paper.Bestemming(naam=name, adres=(place,) if place else (), openbaar=not shielded)
