"""The cases of the access matrix: the same melding in every situation in which a case can be."""

import uuid
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake.access import grant
from intake.access.act import Act
from intake.access.row_security import across_tenants
from intake.besluit import expertise
from intake.dossier import closing
from intake.letters import letter, press
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.rights.destruction import destruction
from intake.rights.emergency import break_glass
from intake.rights.emergency.why import Why
from intake.tables.besluit import Besluit
from intake.tables.break_glass import BreakGlass
from intake.tables.deadline import Task
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from intake.tables.letter import Letter, LetterKind
from intake.tables.place import Place, Placement, PlaceState
from intake.tables.referral import Referral, RefusalReason
from reports.letters import RenderedLetter
from tests.house.access.people import belongings_of_people
from tests.intake.region import CLOCK, Region, later
from tests.intake.sharing import a_grant

BASE = (
    "eigen",
    "verwezen",
    "ingetrokken",
    "loket",
    "loket_ingetrokken",
    "loket_eigen",
    "gedeeld",
    "gemeente",
    "expertise",
    "ander",
)
"""Not shared; referred to the provider; that withdrawn; referred to the desk; that withdrawn; filed by the desk and
referred to the provider; shared with the desk and gemeente B; referred to gemeente B; expertise asked; and a case of
gemeente B that was referred to the provider and withdrawn. Every object is asked for in each of these."""
MORE = ("spoed", "geplaatst", "geweigerd", "verlopen", "gesloten", "vernietigd", "afgezien", "doorgestuurd")
"""Opened in an emergency by three of gemeente B and the region; accepted by the provider; declined by it; let lie by
it; closed after it had accepted, with a request for destruction; destroyed; withdrawn long ago before any besluit;
declined by the provider and then laid before the other. Asked for where the table names them."""
SITUATIONS = BASE + MORE

FILED_BY = {"ander": "stranger", "loket_eigen": "desk"}
TO_DESK = frozenset({"loket", "loket_ingetrokken"})
WITHDRAWN = frozenset({"ingetrokken", "loket_ingetrokken", "ander"})
WITHOUT_REFERRAL = frozenset({"eigen", "gedeeld", "expertise", "spoed", "vernietigd", "afgezien"})
FILED_AT = {"afgezien": later(days=-90)}
IN_EMERGENCY = ("stranger", "leader_b", "desk")
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


@dataclass(frozen=True, slots=True)
class Case:
    """The ids of one case and what belongs to it, by the name of the argument of the route; and what gives it away."""

    ids: dict[str, str]
    canary: str
    bsn: str
    reference: str = ""


def a_case(session: Session, region: Region, situation: str) -> Case:
    """A case of Capelle (or, for `FILED_BY`, of Rotterdam) with a draft, a besluit, a letter, a referral, a review."""
    canary = f"{situation.replace('_', '').title()}kanarie"
    by = FILED_BY.get(situation, "worker")
    told = _told(situation, canary)
    case = region.a_filing(session, FILED_AT.get(situation, CLOCK), by=by, **told)
    actor = region.actor(session, by)
    asked = expertise.open_for(session, case.id)
    if asked is None:
        asked = expertise.ask_review(Act(session, actor, CLOCK), case.id, question=canary)
    if situation != "expertise":
        expertise.withdraw_request(Act(session, actor, CLOCK), asked.id)
    if situation == "gedeeld":
        _share(session, region, case)
    if situation not in WITHOUT_REFERRAL:
        _refer(session, region, case, situation, by)
    _print_letters(session, case.id, canary)
    found = {"intake_id": case.id, "request_id": asked.id, **_belongings(session, case.id)}
    if situation != "vernietigd":
        found["draft_id"] = region.a_draft(session, by=by, **told).id
    found |= _end(session, region, case, situation) | belongings_of_people(session, region, situation)
    if situation == "doorgestuurd":
        found |= _passed_on(session, region, case)
    return Case({name: str(one) for name, one in found.items()}, canary, told["bsn"], case.reference)


def _told(situation: str, canary: str) -> dict[str, str]:
    return {
        "achternaam": canary,
        "verhaal": f"{canary} sliep in de auto.",
        "oordeel_medewerker": f"{canary} heeft rust nodig.",
        "bsn_status": "bekend",
        "bsn": _bsn(situation),
    }


def _bsn(situation: str) -> str:
    """The next number from the test range that passes the elfproef, another for each situation."""
    number = 999_990_000 + SITUATIONS.index(situation) * 20
    while (
        sum(int(digit) * weight for digit, weight in zip(str(number), (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11
    ):
        number += 1
    return str(number)


def _print_letters(session: Session, intake_id: uuid.UUID, canary: str) -> None:
    """Each letter as if it had been printed: what is tested is who gets it, not how it looks."""
    session.flush()
    for one in (one for one in letter.letters_of(session, intake_id) if one.sha256 is None):
        paper = RenderedLetter(pdf=f"%PDF-1.7 {canary}".encode(), sha256="0" * 64, pages=1)
        press.keep(session, one.id, paper, clock=CLOCK)


def _belongings(session: Session, intake_id: uuid.UUID) -> dict[str, uuid.UUID]:
    letters = sorted(letter.letters_of(session, intake_id), key=lambda one: one.kind is LetterKind.VERWIJSBRIEF)
    found = {"letter_id": letters[-1].id}
    for name, model in (("referral_id", Referral), ("task_id", Task), ("placement_id", Placement)):
        row_id = session.scalars(select(model.id).where(model.intake_id == intake_id)).first()
        if row_id is not None:
            found[name] = row_id
    return found


def _refer(session: Session, region: Region, case: Intake, situation: str, by: str) -> None:
    to_desk = situation in TO_DESK
    region.a_besluit(
        session,
        case,
        by,
        bestemming_soort="regionale_toegang" if to_desk else "aanbieder",
        bestemming_naam="Centraal Onthaal" if to_desk else "",
    )
    actor = region.actor(session, by)
    made = choice.refer(Act(session, actor, CLOCK), case.id)
    assert isinstance(made, Referral), situation
    session.flush()
    haven = region.actor(session, "haven")
    if situation == "gemeente":
        _readdress(session, region, made)
    if situation in WITHDRAWN:
        answer.withdraw_referral(Act(session, actor, CLOCK), made.id, version=made.version)
    if situation in {"geplaatst", "gesloten"}:
        answer.accept(Act(session, haven, CLOCK), made.id, version=made.version, start_on=None)
    if situation == "doorgestuurd":
        _print_letters(session, case.id, situation)  # the next gets a letter of its own
        _open_elsewhere(session, region, PlaceState.OPEN)
    if situation in {"geweigerd", "doorgestuurd"}:
        no = RefusalReason.GEEN_PLEK
        answer.decline(Act(session, haven, CLOCK), made.id, version=made.version, reden=no, toelichting="")
    if situation == "verlopen":
        answer.expire(session, made.id, clock=later(days=7))


def _end(session: Session, region: Region, case: Intake, situation: str) -> dict[str, uuid.UUID]:
    """What comes after all else: the end of the case, its destruction, or that it is opened in an emergency."""
    session.flush()
    if situation == "gesloten":
        return _close(session, region, case)
    if situation == "afgezien":
        closing.withdraw(Act(session, region.actor(session), later(days=-60)), case.id)
    if situation == "vernietigd":
        _destroy(session, region, case)
    if situation == "spoed":
        return _break_open(session, region, case)
    return {}


def _close(session: Session, region: Region, case: Intake) -> dict[str, uuid.UUID]:
    worker, leader = region.actor(session), region.actor(session, "leader")
    closing.close(Act(session, worker, CLOCK), case.id, uitstroom=closing.Uitstroom.ZELFSTANDIG)
    asked = destruction.request(Act(session, leader, CLOCK), case.id)
    held = destruction.hold(Act(session, leader, CLOCK), case.id, reason="Er loopt een klacht.")
    return {"destruction_id": asked.id, "hold_id": held.id}


def _destroy(session: Session, region: Region, case: Intake) -> None:
    closing.withdraw(Act(session, region.actor(session), CLOCK), case.id)
    asked = destruction.request(Act(session, region.actor(session, "leader"), CLOCK), case.id)
    for name in ("leader", "fg"):
        destruction.approve(Act(session, region.actor(session, name), CLOCK), asked.id)
    assert session.scalars(select(Besluit).where(Besluit.intake_id == case.id)).first() is None


def _break_open(session: Session, region: Region, case: Intake) -> dict[str, uuid.UUID]:
    with across_tenants(session):
        for name in IN_EMERGENCY:
            why = "Er is nu levensgevaar en niemand neemt op."
            actor = region.actor(session, name)
            break_glass.break_open(Act(session, actor, CLOCK), reference=case.reference, why=Why("levensgevaar", why))
    return {"row_id": session.scalars(select(BreakGlass.id).where(BreakGlass.intake_id == case.id).limit(1)).one()}


def _open_elsewhere(session: Session, region: Region, state: PlaceState) -> None:
    """Whether the other provider takes people in now."""
    elsewhere = Place.organisation_id == region.organisations["anker"]
    session.execute(update(Place).where(elsewhere).values(state=state))
    session.expire_all()


def _passed_on(session: Session, region: Region, case: Intake) -> dict[str, uuid.UUID]:
    """The referral to the second provider; the referral to the first, and the letter that went with it."""
    _open_elsewhere(session, region, PlaceState.DICHT)
    mine = {one.receiver_id: one.id for one in session.scalars(select(Referral).where(Referral.intake_id == case.id))}
    first, second = (mine[region.organisations[name]] for name in ("haven", "anker"))
    letter_id = session.scalars(select(Letter.id).where(Letter.referral_id == first)).one()
    return {"referral_id": second, "first_referral_id": first, "letter_id": letter_id}


def _readdress(session: Session, region: Region, made: Referral) -> None:
    """The referral as if it had been sent to gemeente B."""
    worker, verwijzing = region.actor(session), GrantKind.VERWIJZING
    grant.withdraw(session, worker, grant.Right(zaak_id=made.intake_id, to=made.receiver_id, kind=verwijzing))
    session.execute(delete(Grant).where(Grant.zaak_id == made.intake_id, Grant.organisation_id == made.receiver_id))
    made.receiver_id = region.organisations["rotterdam"]
    a_grant(session, region, session.get_one(Intake, made.intake_id), "rotterdam", verwijzing)


def _share(session: Session, region: Region, case: Intake) -> None:
    for to in ("onthaal", "rotterdam"):
        a_grant(session, region, case, to, GrantKind.ROUTERING)
