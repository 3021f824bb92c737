"""From the rows of a case to the plain data of a letter. The letter itself queries nothing (`reports.letters`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from config.gemeenten import naam_van
from forms import INTAKE_FORM
from forms.projection import is_shielded
from intake import advice, besluit, deadline, draft, sealing, task
from intake import letter_words as words
from intake.tables.account import Account
from intake.tables.besluit import Besluit
from intake.tables.deadline import Deadline, DeadlineKind, TaskState
from intake.tables.intake import Intake
from intake.tables.letter import Letter, LetterKind
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.referral import Referral
from reports import letters as paper
from rules import Advice

LONGEST_QUESTION = 600
FOUND_IN = ("T0", "T0a", "T0b", "T1", "T2a", "T2", "T3a", "T3b", "T3c", "reserve")
WHY_IN = ("T3", "T3d", "T3c", "reserve")
REGION_IN = "T6"
MOST_FOUND, MOST_WHY, MOST_TASKS, MOST_PRODUCTS = 3, 3, 4, 2
NO_REGION = frozenset({"", "niet_van_toepassing"})
OWN_REGION = "eigen"
OPEN_TO_ALL = frozenset(
    {
        OrganisationKind.REGIONALE_TOEGANG,
        OrganisationKind.JONGERENLOKET,
        OrganisationKind.GEMEENTE,
        OrganisationKind.WIJKTEAM,
    }
)
"""Desks whose address is public: a letter may name them, whoever looks for the client."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What every letter of a case needs, opened."""

    letter: Letter
    case: Intake
    answers: Mapping[str, Any]
    advice: Advice
    gemeente: Organisation
    sender: Organisation
    shielded: bool

    @property
    def day(self) -> date:
        """The date of the letter: the day on which it was asked for."""
        return self.letter.asked_at.astimezone(AMSTERDAM).date()


def letter_data(session: Session, letter: Letter) -> paper.Letter:
    """The data of this letter; holes stay empty, `reports.letters` refuses to print them."""
    one = _opened(session, letter)
    if letter.kind is LetterKind.ONTVANGSTBEVESTIGING:
        return _confirmation(session, one)
    assert letter.besluit_id is not None
    return _referral_letter(session, one, session.get_one(Besluit, letter.besluit_id))


def _opened(session: Session, letter: Letter) -> _Case:
    case = session.get_one(Intake, letter.intake_id)
    answers = sealing.get(session, case, "answers")
    given = advice.opened(session, advice.latest(session, case.id))
    return _Case(
        letter=letter,
        case=case,
        answers=answers,
        advice=given,
        gemeente=session.get_one(Organisation, case.gemeente_id),
        sender=session.get_one(Organisation, letter.organisation_id),
        shielded=is_shielded(answers) or "afgeschermd_adres" in given.veiligheid,
    )


def _confirmation(session: Session, one: _Case) -> paper.Ontvangstbevestiging:
    terms = {row.kind: row.due_on for row in session.scalars(select(Deadline).where(Deadline.intake_id == one.case.id))}
    person = session.get_one(Account, one.letter.asked_by)
    return paper.Ontvangstbevestiging(
        datum=one.day,
        kenmerk=one.case.reference,
        geadresseerde=_addressee(one),
        afzender=_sender(one),
        ondertekenaar=paper.Ondertekenaar(person.naam, person.functie, _college(one.gemeente)),
        melding_datum=one.case.melding_datum,
        vraag=_question(one),
        vannacht=_tonight(one, one.advice.overbrugging, None),
        plan_uiterlijk=terms.get(DeadlineKind.PERSOONLIJK_PLAN, deadline.plan_end(one.case.melding_datum)),
        onderzoek_uiterlijk=terms.get(DeadlineKind.ONDERZOEK, deadline.onderzoek_end(one.case.melding_datum)),
        clientondersteuning=paper.Clientondersteuning(words.SUPPORT, one.gemeente.telefoon),
        eerste_contact=terms.get(DeadlineKind.EERSTE_CONTACT),
        taken=(),
        afgeschermd=one.shielded,
    )


def _referral_letter(session: Session, one: _Case, decided: Besluit) -> paper.Verwijsbrief:
    referral = None if one.letter.referral_id is None else session.get_one(Referral, one.letter.referral_id)
    receiver = session.get_one(Organisation, referral.receiver_id) if referral else _named(session, one, decided)
    return paper.Verwijsbrief(
        datum=one.day,
        kenmerk=one.case.reference,
        geadresseerde=_addressee(one),
        afzender=_sender(one),
        ondertekenaar=paper.Ondertekenaar(decided.naam, decided.functie, decided.namens),
        vraag=_question(one),
        vannacht=_tonight(one, decided.overbrugging, receiver if referral and referral.place_id else None),
        bevindingen=_found(one.advice, FOUND_IN, MOST_FOUND),
        producten=_products(one.advice, decided),
        bestemming=_destination(receiver),
        taken=_tasks(session, one, receiver),
        clientondersteuning=paper.Clientondersteuning(words.SUPPORT, one.gemeente.telefoon),
        gedeeld_met=_shared(one, receiver if referral else None),
        rechtspositie=_position(one, decided),
        tot_dan=words.UNTIL_THEN.get(decided.overbrugging, ""),
        regiokeuze=_region(one),
        eigen_bijdrage="" if one.shielded else _contribution(decided),
        pgb=_pgb(decided),
        afwijking=besluit.reason_of(session, decided),
        afgeschermd=one.shielded,
    )


def _addressee(one: _Case) -> paper.Geadresseerde:
    """By post only when the client said that post is safe, and never when the address is shielded."""
    safe = one.answers.get("veilig_bereikbaar", ())
    street, town = one.answers.get("adres", ""), one.answers.get("woonplaats", "")
    name = draft.client_name(one.answers)
    if "post" in safe and street and town and not one.shielded:
        second = f"{one.answers.get('postcode', '')} {town}".strip()
        return paper.Geadresseerde(naam=name, adres=(str(street), second))
    return paper.Geadresseerde(naam=name, afhalen_bij=", ".join((one.sender.naam, *_lines(one.sender)[:1])))


def _sender(one: _Case) -> paper.Afzender:
    return paper.Afzender(
        gemeente=_short(one.gemeente),
        team=one.sender.naam,
        adres=_lines(one.sender) or _lines(one.gemeente),
        telefoon=one.sender.telefoon or one.gemeente.telefoon,
        bereikbaar=one.sender.openingstijden or one.gemeente.openingstijden,
        klacht=words.COMPLAINT,
        email=one.sender.email,
        website=one.gemeente.website,
    )


def _question(one: _Case) -> str:
    """The client's own words, cut at a whole sentence when there are very many."""
    told = str(one.answers.get("verhaal", "")).strip()
    if not told:
        asked = one.answers.get("gevraagd")
        return f"U vroeg om: {INTAKE_FORM.as_text('gevraagd', asked)}." if asked else words.QUESTION_UNKNOWN
    if len(told) <= LONGEST_QUESTION:
        return told
    cut = told[:LONGEST_QUESTION]
    return cut[: cut.rfind(".") + 1] or cut.rsplit(" ", 1)[0] + " …"


def _tonight(one: _Case, overbrugging: str, at: Organisation | None) -> str:
    telefoon = one.sender.telefoon or one.gemeente.telefoon
    changes = words.TONIGHT_CHANGES.format(telefoon=telefoon) if telefoon else ""
    if at is not None and overbrugging == "tijdelijke_opvang_vandaag" and not one.shielded:
        return words.TONIGHT_AT.format(naam=at.naam) + changes
    return words.TONIGHT.get(overbrugging, words.TONIGHT["tijdelijke_opvang_vandaag"]) + changes


def _found(given: Advice, tables: Iterable[str], most: int) -> tuple[paper.Bevinding, ...]:
    """Sentences of the steps of these tables, each once."""
    wanted = set(tables)
    sentences = {step.omdat: step.grondslag for step in given.stappen if step.tabel.split("-")[0] in wanted}
    return tuple(paper.Bevinding(zin, grond) for zin, grond in list(sentences.items())[:most] if zin)


def _products(given: Advice, decided: Besluit) -> tuple[paper.Product, ...]:
    why = _found(given, WHY_IN, MOST_WHY) or _found(given, FOUND_IN, 1)
    named = [(one, words.PRODUCTS[one]) for one in decided.voorzieningen if one in words.PRODUCTS]
    if not named:
        named = [("", words.WITHOUT_PRODUCT.get(decided.overbrugging, words.NO_PRODUCT))]
    return tuple(
        paper.Product(name, _verdict(one, decided), meaning, why) for one, (name, meaning) in named[:MOST_PRODUCTS]
    )


def _verdict(voorziening: str, decided: Besluit) -> paper.Oordeel:
    if not decided.bevoegd:
        return paper.Oordeel.ADVIES
    return paper.Oordeel.NEE if voorziening == "geen_maatwerk" else paper.Oordeel.JA


def _destination(receiver: Organisation) -> paper.Bestemming:
    return paper.Bestemming(
        naam=receiver.naam,
        adres=_lines(receiver),
        telefoon=receiver.telefoon,
        afspraak=receiver.openingstijden,
        openbaar=receiver.kind in OPEN_TO_ALL,
    )


def _named(session: Session, one: _Case, decided: Besluit) -> Organisation:
    """The organisation that the besluit names; the sender when it keeps the case or the register knows none."""
    query = select(Organisation).where(Organisation.kind == decided.bestemming_soort, Organisation.closed_at.is_(None))
    found = list(session.scalars(query.order_by(Organisation.naam)))
    named = [desk for desk in found if decided.bestemming_naam and decided.bestemming_naam in desk.naam]
    local = [desk for desk in found if desk.gemeente_code == decided.bestemming_gemeente]
    return next(iter([*named, *local]), one.sender)


def _tasks(session: Session, one: _Case, receiver: Organisation) -> tuple[paper.Taak, ...]:
    """What we still do, and what comes first for the client."""
    rows = task.tasks_of(session, one.case.id)
    open_tasks = [row for row in rows if row.state is TaskState.OPEN and row.kind not in task.INTERNAL]
    ours = [paper.Taak(words.TASK_WE, f"{task.name_of(row.kind)}.", row.due_on) for row in open_tasks]
    who = "de veilige plek" if one.shielded else receiver.naam
    contact = paper.Taak(words.TASK_WE, f"Vertellen aan {who} dat u komt en wat u nodig heeft.", one.day)
    return (contact, *ours[: MOST_TASKS - 1])


def _shared(one: _Case, receiver: Organisation | None) -> tuple[paper.Gedeeld, ...]:
    if receiver is None:
        return ()
    hidden = one.shielded and receiver.kind not in OPEN_TO_ALL
    return (paper.Gedeeld("de organisatie die u opvangt" if hidden else receiver.naam, words.SHARED),)


def _position(one: _Case, decided: Besluit) -> paper.Besluit | paper.Verwijzing:
    if decided.bevoegd:
        return paper.Besluit(
            laatste_dag_bezwaar=deadline.bezwaar_end(one.day),
            bezwaar_adres=(one.gemeente.naam, *_lines(one.gemeente)),
            rechtbank="de rechtbank in uw regio, afdeling bestuursrecht",
            bezwaar_online=one.gemeente.website,
        )
    contact = ", ".join(part for part in (decided.naam, one.sender.telefoon or one.gemeente.telefoon) if part)
    return paper.Verwijzing(besluit_vragen_bij=contact, aanvraag_vanaf=deadline.aanvraag_from(one.case.melding_datum))


def _region(one: _Case) -> paper.Regiokeuze | None:
    """Which region, for which reasons, and what the client thinks; left out when nothing was chosen or said."""
    reasons = [step.omdat for step in one.advice.stappen if step.tabel.split("-")[0] == REGION_IN]
    opinion = str(one.answers.get("mening_client", "")).strip()
    quiet = one.advice.regiokeuze in NO_REGION or (one.advice.regiokeuze == OWN_REGION and not opinion)
    if quiet or not reasons or one.shielded:
        return None
    return paper.Regiokeuze(
        gemeente=naam_van(one.advice.verantwoordelijke_gemeente),
        waarom=" ".join(reasons),
        mening_client=opinion or words.OPINION_UNKNOWN,
        overdracht=one.advice.regiokeuze == "overdracht",
    )


def _contribution(decided: Besluit) -> str:
    return words.CONTRIBUTION if words.WITH_CONTRIBUTION & set(decided.voorzieningen) else words.NO_CONTRIBUTION


def _pgb(decided: Besluit) -> paper.Pgb | None:
    return paper.Pgb.MOGELIJK if words.WITH_PGB & set(decided.voorzieningen) else None


def _college(gemeente: Organisation) -> str:
    return f"het college van burgemeester en wethouders van {_short(gemeente)}"


def _short(gemeente: Organisation) -> str:
    return gemeente.naam.removeprefix("Gemeente ")


def _lines(organisation: Organisation) -> tuple[str, ...]:
    return tuple(line.strip() for line in organisation.adres.replace("\n", ",").split(",") if line.strip())
