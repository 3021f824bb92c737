"""The end of a case: withdrawn by the client, or closed with where the client went (uitstroom)."""

import uuid
from enum import StrEnum

from sqlalchemy.orm import Session

from config.clock import Clock
from intake import audit, deadline, event, expertise, place, policy, referral_line
from intake.action import Action
from intake.actor import Actor
from intake.referral_steps import Side, Step
from intake.tables.intake import Intake, IntakeState
from intake.tables.place import PlacementPurpose


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


def withdraw(session: Session, actor: Actor, intake_id: uuid.UUID, *, clock: Clock) -> None:
    """The client wants no help any more. What was asked of others is taken back.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    case = policy.fetch(session, actor, Action.WITHDRAW_INTAKE, Intake, intake_id, lock=True)
    if case.state is IntakeState.INGETROKKEN:
        return
    _end(session, actor, case, IntakeState.INGETROKKEN, clock)
    audit.record(session, actor, Action.WITHDRAW_INTAKE, about=case)
    event.tell(session, actor, case, kind="ingetrokken", text="De cliënt heeft de melding ingetrokken.", clock=clock)


def close(session: Session, actor: Actor, intake_id: uuid.UUID, *, uitstroom: Uitstroom, clock: Clock) -> None:
    """The case is done; places it held are free again.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    case = policy.fetch(session, actor, Action.EDIT_INTAKE, Intake, intake_id, lock=True)
    if case.state is IntakeState.AFGESLOTEN:
        return
    _end(session, actor, case, IntakeState.AFGESLOTEN, clock)
    for stay, _ in place.stays_of(session, case.id):
        place.end(session, stay, clock=clock)
    audit.record(session, actor, Action.EDIT_INTAKE, about=case)
    text = f"Zaak afgesloten: {uitstroom.value.replace('_', ' ')}."
    event.tell(session, actor, case, kind=f"uitstroom_{uitstroom.value}", text=text, clock=clock)


def _end(session: Session, actor: Actor, case: Intake, state: IntakeState, clock: Clock) -> None:
    """Take back what waits for others, and let the terms fall away."""
    for purpose in PlacementPurpose:
        waiting = referral_line.waiting(session, case.id, purpose)
        if waiting is not None:
            referral_line.move(waiting, Step.INTREKKEN, Side.VERZENDER)
            referral_line.let_go(session, actor, waiting, clock=clock)
    request = expertise.open_for(session, case.id)
    if request is not None:
        expertise.withdraw_request(session, actor, request.id, clock=clock)
    deadline.drop_all(session, case)
    case.state = state
