"""The end of a case: withdrawn by the client, or closed with where the client went (uitstroom)."""

import uuid
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.access import grant, policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.besluit import expertise
from intake.case import standing, terms, timeline
from intake.case.decisions import CaseClosed
from intake.case.states import Einde
from intake.people.messages.kind import MessageKind, Told
from intake.places import place
from intake.referrals.sending import line
from intake.referrals.sending.steps import ACTIVE, PREPARED, Side, Step, transition
from intake.tables.grant import GrantKind
from intake.tables.intake import Intake, IntakeState
from intake.tables.referral import Referral, ReferralState


class Uitstroom(StrEnum):
    """Where the client went when the case was closed."""

    ZELFSTANDIG = "zelfstandig"
    ZELFSTANDIG_MET_BEGELEIDING = "zelfstandig_met_begeleiding"
    WLZ = "wlz"
    WFZ = "wfz"
    DETENTIE = "detentie"
    OVERLEDEN = "overleden"
    ONBEKEND_VERTROKKEN = "onbekend_vertrokken"
    ANDERE_REGIO = "andere_regio"
    BESCHIKKING_BEEINDIGD = "beschikking_beeindigd"
    EIGEN_TEAM = "eigen_team"
    """Helped further by the team that filed the case."""

    @property
    def words(self) -> str:
        """Where the client went, as a worker reads it."""
        return ENDS[self]


class Intrekking(StrEnum):
    """Why a melding was withdrawn."""

    GEEN_HULP_MEER = "geen_hulp_meer"
    ZELF_OPGELOST = "zelf_opgelost"
    NIET_BEREIKBAAR = "niet_bereikbaar"
    DUBBEL_GEMELD = "dubbel_gemeld"
    VERTROKKEN = "vertrokken"

    @property
    def words(self) -> str:
        """Why it was withdrawn, as a worker reads it."""
        return REASONS[self]


ENDS: dict[Uitstroom, str] = {
    Uitstroom.ZELFSTANDIG: "Woont zelfstandig, zonder begeleiding",
    Uitstroom.ZELFSTANDIG_MET_BEGELEIDING: "Woont zelfstandig, met begeleiding",
    Uitstroom.EIGEN_TEAM: "Het eigen team helpt verder",
    Uitstroom.ANDERE_REGIO: "Hulp in een andere regio",
    Uitstroom.WLZ: "Wet langdurige zorg (Wlz)",
    Uitstroom.WFZ: "Forensische zorg",
    Uitstroom.DETENTIE: "In detentie",
    Uitstroom.BESCHIKKING_BEEINDIGD: "De hulp volgens het besluit is klaar",
    Uitstroom.ONBEKEND_VERTROKKEN: "Vertrokken, niet bekend waarheen",
    Uitstroom.OVERLEDEN: "Overleden",
}
REASONS: dict[Intrekking, str] = {
    Intrekking.GEEN_HULP_MEER: "De cliënt wil geen hulp meer",
    Intrekking.ZELF_OPGELOST: "De cliënt heeft het zelf opgelost",
    Intrekking.NIET_BEREIKBAAR: "De cliënt is niet meer te bereiken",
    Intrekking.DUBBEL_GEMELD: "Deze melding is er dubbel",
    Intrekking.VERTROKKEN: "De cliënt is naar een andere plaats vertrokken",
}
"""Each reason in words. A reason from a list holds nothing personal, and can be counted."""


def withdraw(act: Act, intake_id: uuid.UUID, *, reden: Intrekking = Intrekking.GEEN_HULP_MEER) -> None:
    """The client wants no help any more. What was asked of others is taken back, places are free, each is told.

    Raises:
        NotFound: no such case, or not for this actor.
        CaseClosed: the case was closed before.
    """
    case = policy.fetch(act.session, act.actor, Action.WITHDRAW_INTAKE, Intake, intake_id, lock=True)
    if case.state is IntakeState.INGETROKKEN:
        return
    if case.state is IntakeState.AFGESLOTEN:
        raise CaseClosed
    _take_back(act, case, (*ACTIVE, ReferralState.GEACCEPTEERD))
    _end(act, case, Einde.INGETROKKEN)
    audit.record(act.session, act.actor, Action.WITHDRAW_INTAKE, about=case)
    text = f"De melding is ingetrokken: {_lower(reden.words)}."
    timeline.tell(act, case, kind="ingetrokken", text=text)


def close(act: Act, intake_id: uuid.UUID, *, uitstroom: Uitstroom) -> None:
    """The case is done; places it held are free again, who had it in care is told and looks no longer.

    Raises:
        NotFound: no such case, or not for this actor.
        CaseClosed: the melding was withdrawn before.
    """
    case = policy.fetch(act.session, act.actor, Action.EDIT_INTAKE, Intake, intake_id, lock=True)
    if case.state is IntakeState.AFGESLOTEN:
        return
    if case.state is IntakeState.INGETROKKEN:
        raise CaseClosed
    _take_back(act, case, ACTIVE)
    _end_care(act, case)
    _end(act, case, Einde.AFGESLOTEN)
    audit.record(act.session, act.actor, Action.EDIT_INTAKE, about=case)
    text = f"Zaak afgesloten: {_lower(uitstroom.words)}."
    timeline.tell(act, case, kind=f"uitstroom_{uitstroom.value}", text=text)


def _take_back(act: Act, case: Intake, states: tuple[ReferralState, ...] | frozenset[ReferralState]) -> None:
    """Withdraw the referrals in these states, and tell their receivers; a proposal was not told to anybody yet."""
    for one in _referrals(act.session, case, states):
        known = one.state not in PREPARED
        if transition(one.kind, one.state, Step.INTREKKEN, Side.VERZENDER) is None:
            continue
        line.move(one, Step.INTREKKEN, Side.VERZENDER)
        line.let_go(act, one)
        if known:
            line.tell_receiver(act, case, one, Told(MessageKind.HULPVRAAG_GESTOPT))


def _end_care(act: Act, case: Intake) -> None:
    """Who took the client: the stay is over, and so is looking at the case."""
    for one in _referrals(act.session, case, (ReferralState.GEACCEPTEERD,)):
        grant.withdraw(
            act.session, act.actor, grant.Right(zaak_id=case.id, to=one.receiver_id, kind=GrantKind.VERWIJZING)
        )
        if one.receiver_id not in act.actor.addressed_as:
            line.tell_receiver(act, case, one, Told(MessageKind.ZAAK_AFGESLOTEN))


def _end(act: Act, case: Intake, einde: Einde) -> None:
    """Free what is held, take back what was asked, and let the terms fall away."""
    for stay, _ in place.stays_of(act.session, case.id):
        place.end(act.session, stay, clock=act.clock)
    request = expertise.open_for(act.session, case.id)
    if request is not None:
        expertise.withdraw_request(act, request.id)
    terms.drop_all(act.session, case)
    standing.settle(act.session, case, einde=einde)
    case.changed_at = act.clock.now()


def _referrals(
    session: Session, case: Intake, states: tuple[ReferralState, ...] | frozenset[ReferralState]
) -> list[Referral]:
    query = select(Referral).where(Referral.intake_id == case.id, Referral.state.in_(states))
    return list(session.scalars(query.order_by(Referral.sent_at)))


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
