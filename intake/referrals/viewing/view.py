"""A referral, opened: by its sender with everything, by its receiver with exactly what that kind of receiver needs."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import INTAKE_FORM, ShownSection
from intake.access import grant, policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.access.paging import Listed, Part, fetch_page
from intake.advice import region
from intake.keys import sealing
from intake.letters import letter
from intake.people.messages import message
from intake.places import cover
from intake.referrals.sending.steps import Side, Step, steps_from
from intake.tables.intake import Intake
from intake.tables.letter import Letter, LetterKind
from intake.tables.organisation import Organisation
from intake.tables.place import Place
from intake.tables.referral import Referral, ReferralState
from rules.values import Urgentie

WAITING = (ReferralState.VERZONDEN, ReferralState.TERUGGEVRAAGD)
PAGE_SIZE = 25
COVER = "•••••••••"
"""What stands for a burgerservicenummer until somebody asks for it."""

Row = TypeVar("Row", Intake, Organisation)


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral in a list. Holds no name: a list is no file."""

    referral: Referral
    reference: str
    urgentie: Urgentie
    sender: str


@dataclass(frozen=True, slots=True)
class ReferralList:
    """One page of a list of referrals, and how many there are in all."""

    lines: tuple[ReferralLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class ReferralView:
    """One referral, opened.

    Attributes:
        side: on which side the actor stands.
        steps: what the actor can do with it now.
        shown: for the receiver, the answers that this kind of receiver may read.
        vraag: what the receiver wants to know first.
        antwoord: what the sender explained.
        toelichting: why the receiver declined.
        opens_case: whether the receiver may open the case itself, to decide and to send it on.
        answer_days: the working days that another region has to answer.
        knows: whether the actor may know where and when the client comes; false of a hidden place for most.
        place: for the receiver, the place that is held for this client, by name; empty when a desk is asked.
        place_id: the place; for the receiver the true one.
    """

    referral: Referral
    reference: str
    urgentie: Urgentie
    sender: Organisation
    receiver: Organisation
    side: Side
    steps: frozenset[Step]
    shown: tuple[ShownSection, ...]
    vraag: str
    antwoord: str
    toelichting: str
    letters: tuple[Letter, ...]
    opens_case: bool
    answer_days: int
    place: str
    place_id: uuid.UUID | None
    knows: bool

    @property
    def knows_bsn(self) -> bool:
        """Whether the receiver may see the burgerservicenummer, and it is known."""
        return any(text == COVER for section in self.shown for _, text in section.lines)


def inbox(
    session: Session, actor: Actor, *, states: Collection[ReferralState] = WAITING, page: int = 1
) -> ReferralList:
    """The referrals addressed to the actor's organisation, the first that must be answered first."""
    return _addressed(session, actor, states, Part(page, PAGE_SIZE))


def first_to_answer(session: Session, actor: Actor, *, size: int) -> ReferralList:
    """The first `size` referrals that wait for an answer of the actor's organisation, and how many there are in all."""
    return _addressed(session, actor, WAITING, Part(1, size))


def _addressed(session: Session, actor: Actor, states: Collection[ReferralState], part: Part) -> ReferralList:
    listed = Listed(
        action=Action.ANSWER_REFERRAL,
        model=Referral,
        where=(Referral.receiver_id.in_(actor.addressed_as), Referral.state.in_(states)),
        order_by=(Referral.respond_by, Referral.sent_at, Referral.id),
    )
    found = fetch_page(session, actor, listed, part)
    return ReferralList(_lines(session, found.rows), found.number, found.pages, found.total)


def referrals_of(session: Session, actor: Actor, intake_id: uuid.UUID) -> tuple[tuple[Referral, str], ...]:
    """The referrals of a case with the name of each receiver, newest first; the caller has fetched the case.

    A hidden place is named to who may know it only.
    """
    rows = session.scalars(select(Referral).where(Referral.intake_id == intake_id).order_by(Referral.sent_at.desc()))
    return tuple((row, cover.revealed(session, actor, row).naam) for row in rows)


def open_referral(act: Act, referral_id: uuid.UUID) -> ReferralView:
    """The referral with what the actor may read of it; the messages about it count as read.

    Raises:
        NotFound: no such referral, or neither sent nor received by this actor's organisation.
    """
    row = policy.fetch(act.session, act.actor, Action.READ_REFERRAL, Referral, referral_id)
    case = act.session.get_one(Intake, row.intake_id)
    side = Side.ONTVANGER if row.receiver_id in act.actor.addressed_as else Side.VERZENDER
    message.mark_subject_read(act, row.id)
    return ReferralView(
        referral=row,
        reference=case.reference,
        urgentie=case.urgentie,
        sender=act.session.get_one(Organisation, row.organisation_id),
        receiver=cover.revealed(act.session, act.actor, row),
        side=side,
        steps=steps_from(row.kind, row.state, side),
        shown=_shown(act.session, act.actor, case) if side is Side.ONTVANGER else (),
        vraag=sealing.get(act.session, row, "vraag") or "",
        antwoord=sealing.get(act.session, row, "antwoord") or "",
        toelichting=sealing.get(act.session, row, "reden_toelichting") or "",
        letters=_letters(act, case),
        opens_case=side is Side.ONTVANGER and bool(policy.can(act.actor, Action.READ_INTAKE, case)),
        answer_days=region.transfer_days(act.session, case),
        place=_place(act.session, row) if side is Side.ONTVANGER else "",
        place_id=cover.true_place(act.session, row.place_id)
        if row.place_id and side is Side.ONTVANGER
        else row.place_id,
        knows=cover.knows(act.session, act.actor, row),
    )


def show_bsn(session: Session, actor: Actor, referral_id: uuid.UUID) -> str:
    """The burgerservicenummer, for a receiver that needs it; that it was shown is logged. Empty when it is not known.

    Raises:
        NotFound: no such referral, or this receiver is not to know the number.
    """
    row = policy.fetch(session, actor, Action.READ_REFERRAL, Referral, referral_id)
    case = session.get_one(Intake, row.intake_id)
    answers = sealing.get(session, case, "answers")
    kind = grant.receiver_kind(session, actor, case.id)
    if kind is None or kind not in INTAKE_FORM.question("bsn").ontvangers:
        raise policy.NotFound(audit.entry(actor, Action.SHOW_BSN, about=row))
    audit.record(session, actor, Action.SHOW_BSN, about=row)
    return str(answers.get("bsn", ""))


def covered(sections: tuple[ShownSection, ...]) -> tuple[ShownSection, ...]:
    """The same, with the burgerservicenummer covered: it shows only to who asks for it."""
    label = INTAKE_FORM.question("bsn").label
    return tuple(
        ShownSection(one.title, tuple((name, COVER if name == label else text) for name, text in one.lines))
        for one in sections
    )


def _lines(session: Session, rows: Collection[Referral]) -> tuple[ReferralLine, ...]:
    cases = _by_id(session, Intake, {row.intake_id for row in rows})
    senders = _by_id(session, Organisation, {row.organisation_id for row in rows})
    return tuple(
        ReferralLine(
            row, cases[row.intake_id].reference, cases[row.intake_id].urgentie, senders[row.organisation_id].naam
        )
        for row in rows
    )


def _by_id(session: Session, model: type[Row], ids: set[uuid.UUID]) -> dict[uuid.UUID, Row]:
    if not ids:
        return {}
    return {row.id: row for row in session.scalars(select(model).where(model.id.in_(ids)))}


def _shown(session: Session, actor: Actor, case: Intake) -> tuple[ShownSection, ...]:
    """The projection that goes with the grant; nothing once the grant has ended."""
    kind = grant.receiver_kind(session, actor, case.id)
    return covered(INTAKE_FORM.shown(sealing.get(session, case, "answers"), kind)) if kind else ()


def _place(session: Session, row: Referral) -> str:
    held = session.get(Place, row.place_id) if row.place_id else None
    return cover.place_name(session, held) if held else ""


def _letters(act: Act, case: Intake) -> tuple[Letter, ...]:
    found = (
        one
        for one in letter.awaited_letters(act.session, case.id, clock=act.clock)
        if one.kind is LetterKind.VERWIJSBRIEF
    )
    return tuple(one for one in found if policy.can(act.actor, Action.READ_LETTER, one))
