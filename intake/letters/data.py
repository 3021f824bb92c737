"""From the rows of a case to the plain data of a letter. The letter itself queries nothing (`reports.letters`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from forms import client
from intake.advice import giving as advice
from intake.advice import in_force
from intake.case import days, decisions, task
from intake.keys import sealing
from intake.letters import receivers, text
from intake.letters.receivers import Receiver
from intake.letters.shield import SAFELY_REACHED, shields
from intake.people.organisations import reach
from intake.places.desk import desk_meant
from intake.tables.account import Account
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.deadline import Deadline, DeadlineKind, TaskState
from intake.tables.intake import Intake
from intake.tables.letter import Letter, LetterKind, LetterState
from intake.tables.organisation import Organisation
from intake.tables.referral import Referral
from reports import letters as paper
from reports.letters import phrases
from rules import Advice
from rules.values import YOUTH_CRISIS

MOST_TASKS = 4
"""One less in a shielded letter, which has more to say."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What every letter of a case needs, opened."""

    letter: Letter
    case: Intake
    answers: Mapping[str, Any]
    told: text.Reasoned
    gemeente: Organisation
    sender: Organisation
    night_desk: Organisation | None
    shielded: bool

    @property
    def advice(self) -> Advice:
        """The newest advies."""
        return self.told.advice

    @property
    def nacht(self) -> str:
        """The number for the night, and who answers when that is not the sender; empty when the region has none."""
        one = self.night_desk
        if one is None:
            return ""
        return one.nachttelefoon if one is self.sender else f"{one.nachttelefoon} ({one.naam})"

    @property
    def call(self) -> str:
        """Where the client can call at any hour, within a sentence."""
        return text.call(self.telefoon, self.night_desk.nachttelefoon if self.night_desk else "")

    @property
    def telefoon(self) -> str:
        """Where the client can call."""
        return self.sender.telefoon or self.gemeente.telefoon

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
    gemeente = session.get_one(Organisation, case.gemeente_id)
    sender = session.get_one(Organisation, letter.organisation_id)
    young = reach.crisis_help(session, given) if YOUTH_CRISIS in given.voorliggend else None
    desks = [young, sender, gemeente, reach.region_desk(session)]
    return _Case(
        letter=letter,
        case=case,
        answers=answers,
        told=text.Reasoned(given, in_force.display_of(session, given)),
        gemeente=gemeente,
        sender=sender,
        night_desk=next((one for one in desks if one is not None and one.nachttelefoon), None),
        shielded=shields(session, case, answers, given),
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
        vraag=text.question(one.answers, shielded=one.shielded),
        vannacht=text.tonight(one.advice, one.advice.overbrugging, one.call),
        plan_uiterlijk=terms.get(DeadlineKind.PERSOONLIJK_PLAN, days.plan_end(one.case.melding_datum)),
        onderzoek_uiterlijk=terms.get(DeadlineKind.ONDERZOEK, days.onderzoek_end(one.case.melding_datum)),
        clientondersteuning=paper.Clientondersteuning(text.SUPPORT, one.gemeente.telefoon),
        eerste_contact=terms.get(DeadlineKind.EERSTE_CONTACT),
        taken=(),
        afgeschermd=one.shielded,
    )


def _referral_letter(session: Session, one: _Case, decided: Besluit) -> paper.Verwijsbrief:
    where = _receiver(session, one, decided)
    at = where.organisation
    call = text.call(at.telefoon, at.nachttelefoon) if where.is_crisis else one.call
    products = text.products(one.told, decided.voorzieningen, decided.overbrugging, competent=decided.bevoegd)
    return paper.Verwijsbrief(
        datum=one.day,
        kenmerk=one.case.reference,
        geadresseerde=_addressee(one),
        afzender=_sender(one),
        ondertekenaar=paper.Ondertekenaar(decided.naam, decided.functie, decided.namens),
        vraag=text.question(one.answers, shielded=one.shielded),
        vannacht=text.tonight(one.advice, decided.overbrugging, call, _bed(session, one, where)),
        bevindingen=text.findings(one.told, products),
        producten=products,
        bestemming=receivers.destination(where),
        taken=_tasks(session, one, where, decided.naam),
        clientondersteuning=paper.Clientondersteuning(text.SUPPORT, one.gemeente.telefoon),
        gedeeld_met=receivers.shared(session, one.case.id, shielded=one.shielded),
        rechtspositie=_position(one, decided),
        tot_dan=phrases.UNTIL_THEN.get(decided.overbrugging, ""),
        regiokeuze=None if one.shielded else text.region(one.answers, one.told),
        eigen_bijdrage="" if one.shielded else phrases.contribution(decided.voorzieningen),
        pgb=phrases.budget(decided.voorzieningen),
        afwijking=decisions.reason_of(session, decided),
        vervangt=_replaced(session, decided),
        afgeschermd=one.shielded,
    )


def _bed(session: Session, one: _Case, where: Receiver) -> text.Bed:
    """The bed that this letter asks for; else the one that stays while another besluit is taken."""
    kept = where if where.is_bed else receivers.tonight(session, one.case.id)
    if kept is None or one.shielded:
        return text.NO_BED
    return text.Bed(at=kept.organisation.naam, agreed=kept.agreed, until=kept.until)


def _replaced(session: Session, decided: Besluit) -> paper.Vervangen | None:
    """The last letter of the besluit on the traject that this one comes after; none before the first."""
    if decided.kind is not BesluitKind.ROUTE:
        return None
    query = select(Besluit, Letter.asked_at).join(Letter, Letter.besluit_id == Besluit.id)
    query = query.where(Besluit.intake_id == decided.intake_id, Besluit.kind == BesluitKind.ROUTE)
    query = query.where(Besluit.number < decided.number, Letter.state != LetterState.MISLUKT)
    before = session.execute(query.order_by(Besluit.number.desc(), Letter.asked_at.desc()).limit(1)).first()
    if before is None:
        return None
    what = paper.Briefsoort.BESLUIT if before[0].bevoegd else paper.Briefsoort.VERWIJZING
    return paper.Vervangen(what, before[1].astimezone(AMSTERDAM).date())


def _receiver(session: Session, one: _Case, decided: Besluit) -> Receiver:
    """Who is asked; else the desk that the besluit means, and the sender when the register knows none."""
    if one.letter.referral_id is None:
        return Receiver(desk_meant(session, decided) or one.sender, None)
    referral = session.get_one(Referral, one.letter.referral_id)
    return Receiver(session.get_one(Organisation, referral.receiver_id), referral)


def _addressee(one: _Case) -> paper.Geadresseerde:
    """By post only when the client said that post is safe, and never when the address is shielded."""
    safe = one.answers.get(SAFELY_REACHED, ())
    street, town = one.answers.get("adres", ""), one.answers.get("woonplaats", "")
    name = client.client_name(one.answers)
    if "post" in safe and street and town and not one.shielded:
        second = f"{one.answers.get('postcode', '')} {town}".strip()
        return paper.Geadresseerde(name, (str(street), second), aanhef=text.salutation(name))
    at = ", ".join((one.sender.naam, *receivers.lines(one.sender)[:1]))
    return paper.Geadresseerde(name, afhalen_bij=at, aanhef=text.salutation(name))


def _sender(one: _Case) -> paper.Afzender:
    return paper.Afzender(
        gemeente=_short(one.gemeente),
        team=one.sender.naam,
        adres=receivers.lines(one.sender) or receivers.lines(one.gemeente),
        telefoon=one.telefoon,
        bereikbaar=one.sender.openingstijden or one.gemeente.openingstijden,
        klacht=text.complaint(one.telefoon),
        nacht=one.nacht,
        email=one.sender.email,
        website=one.gemeente.website,
    )


def _tasks(session: Session, one: _Case, where: Receiver, person: str) -> tuple[paper.Taak, ...]:
    """What we still do, and what comes first for the client."""
    rows = task.tasks_of(session, one.case.id)
    open_tasks = [row for row in rows if row.state is TaskState.OPEN and row.kind not in task.INTERNAL]
    ours = [phrases.task(row.kind, person, row.due_on) for row in open_tasks if row.kind in phrases.TASKS]
    contact = paper.Taak(person, receivers.first_step(where, shielded=one.shielded), one.day)
    desk = receivers.next_step(session, where)
    return tuple([contact, *([desk] if desk else []), *ours][: MOST_TASKS - one.shielded])


def _position(one: _Case, decided: Besluit) -> paper.Besluit | paper.Verwijzing:
    if decided.bevoegd:
        return paper.Besluit(
            laatste_dag_bezwaar=days.bezwaar_end(one.day),
            bezwaar_adres=(one.gemeente.naam, *receivers.lines(one.gemeente)),
            rechtbank="de rechtbank in uw regio, afdeling bestuursrecht",
            bezwaar_online=one.gemeente.website,
        )
    contact = ", ".join(part for part in (decided.naam, one.telefoon) if part)
    return paper.Verwijzing(besluit_vragen_bij=contact, aanvraag_vanaf=days.aanvraag_from(one.case.melding_datum))


def _college(gemeente: Organisation) -> str:
    return f"het college van burgemeester en wethouders van {_short(gemeente)}"


def _short(gemeente: Organisation) -> str:
    return gemeente.naam.removeprefix("Gemeente ")
