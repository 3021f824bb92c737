"""Referrals that name a hidden place in clear are put under cover, with all that hangs under them."""

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access.actor import SAFE_STAFF
from intake.places import cover
from intake.places.candidate import Candidate
from intake.places.hidden import HIDDEN_KINDS
from intake.tables.cover import Cover
from intake.tables.event import CaseEvent
from intake.tables.grant import Grant
from intake.tables.message import Message
from intake.tables.organisation import Organisation
from intake.tables.place import Placement
from intake.tables.referral import Referral

A_ROUND = 500


def cover_what_stands(session: Session, *, clock: Clock, most: int = A_ROUND) -> int:
    """Put the first `most` referrals that name a hidden place under cover; how many.

    The audit log keeps what it said: a row of it never changes.
    """
    covered = exists().where(Cover.organisation_id == Referral.receiver_id)
    hidden = or_(Organisation.kind.in_(HIDDEN_KINDS), Organisation.afgeschermd)
    query = select(Referral, Organisation).join(Organisation, Organisation.id == Referral.receiver_id)
    found = session.execute(query.where(hidden, ~covered).order_by(Referral.sent_at).limit(most)).all()
    for row in found:
        _cover(session, row[0], row[1], clock)
    return len(found)


def _cover(session: Session, referral: Referral, place: Organisation, clock: Clock) -> None:
    sender = session.get_one(Organisation, referral.organisation_id)
    made = cover.put_over(session, _as_candidate(referral, place), sender=sender, clock=clock)
    referral.receiver_id, referral.place_id = made.organisation_id, made.place_id
    if referral.answered_by is not None:
        referral.answered_by, referral.answered_name = SAFE_STAFF.account_id, SAFE_STAFF.naam
    _stay(session, referral)
    _right_to_read(session, referral, place)
    _messages(session, referral, place, made.naam)
    _timeline(session, referral, place, made.naam)
    session.flush()


def _as_candidate(referral: Referral, place: Organisation) -> Candidate:
    return Candidate(place.id, referral.place_id, "", "", referral.voorziening, None, 0, (), uitgesloten=False)


def _stay(session: Session, referral: Referral) -> None:
    if referral.place_id is not None:
        here = update(Placement).where(Placement.referral_id == referral.id)
        session.execute(here.values(place_id=referral.place_id))


def _right_to_read(session: Session, referral: Referral, place: Organisation) -> None:
    here = update(Grant).where(Grant.zaak_id == referral.intake_id, Grant.organisation_id == place.id)
    session.execute(here.values(organisation_id=referral.receiver_id))


def _messages(session: Session, referral: Referral, place: Organisation, naam: str) -> None:
    """To the place: to its cover. To others that name it: they name the cover."""
    to = update(Message).where(Message.subject_id == referral.id, Message.organisation_id == place.id)
    session.execute(to.values(organisation_id=referral.receiver_id))
    here = Message.subject_id.in_((referral.id, referral.intake_id))
    session.execute(update(Message).where(here, Message.about_id == place.id).values(about_id=referral.receiver_id))
    for one in session.scalars(select(Message).where(here, Message.text.contains(place.naam, autoescape=True))):
        one.text = (one.text or "").replace(place.naam, naam)


def _timeline(session: Session, referral: Referral, place: Organisation, naam: str) -> None:
    """Lines of its people are of somebody of a safe place; lines that name it name the cover."""
    for line in session.scalars(select(CaseEvent).where(CaseEvent.intake_id == referral.intake_id)):
        line.text = line.text.replace(place.naam, naam)
        if place.naam in line.name:
            line.account_id, line.name = SAFE_STAFF.account_id, SAFE_STAFF.naam
