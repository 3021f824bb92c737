"""To whom a case goes: the possible receivers, best first, and sending it to the chosen one or the first in line."""

import uuid
from collections.abc import Sequence

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.case import decisions
from intake.places import candidate, place
from intake.places.candidate import Candidate
from intake.referrals.sending.line import StateConflict, waiting
from intake.referrals.sending.send import NoPlace, Sending, candidates_of, send, send_to_first
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.intake import Intake
from intake.tables.organisation import OrganisationKind
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral


class NoBesluit(RuntimeError):
    """There is no besluit yet to send the case on."""

    def __init__(self) -> None:
        super().__init__("Neem eerst een besluit. Daarna kunt u de zaak verwijzen.")


class KeepsCase(RuntimeError):
    """By the besluit the actor's own organisation does this: there is nobody to send the case to."""

    def __init__(self) -> None:
        super().__init__("U behandelt deze zaak zelf. U hoeft niemand anders te vragen.")


class HandOverNeeded(KeepsCase):
    """By the besluit another region takes over: the client is heard first, and nothing is sent before that."""

    def __init__(self) -> None:
        RuntimeError.__init__(self, "Een andere regio vraagt u met een warme overdracht. Bespreek die met de cliënt.")


class HasPlace(KeepsCase):
    """The client has a place for this already; a second is asked when the first is free again."""

    def __init__(self, naam: str) -> None:
        RuntimeError.__init__(self, f"De cliënt heeft nog een plek ({naam}). Vraag een andere als die plek vrij is.")


class ChoiceRefused(ValueError):
    """This choice or text cannot be taken; the message is Dutch and says why."""


def candidates(
    act: Act,
    intake_id: uuid.UUID,
    *,
    purpose: PlacementPurpose = PlacementPurpose.TRAJECT,
) -> tuple[Candidate, ...]:
    """Who could receive the case, best first.

    Raises:
        NotFound: no such case, or not for this actor.
        NoBesluit: nothing was decided yet.
    """
    case = policy.fetch(act.session, act.actor, Action.SEND_REFERRAL, Intake, intake_id)
    decided = decided_for(decisions.besluiten_of(act.session, case.id), purpose)
    return candidates_of(act, Sending(case, decided, purpose))


def refer(
    act: Act,
    intake_id: uuid.UUID,
    *,
    purpose: PlacementPurpose = PlacementPurpose.TRAJECT,
    chosen: tuple[uuid.UUID, uuid.UUID | None] | None = None,
) -> Referral | NoPlace:
    """Send the case to the chosen receiver (`Candidate.key`), or to the first in line.

    Raises:
        NotFound: no such case, or not for this actor.
        NoBesluit: nothing was decided yet.
        KeepsCase: the actor's own organisation does this.
        HasPlace: the client has a place for this purpose, and the receiver would give another.
        ChoiceRefused: the chosen receiver is not among the candidates, or must not have the case.
        PlaceTaken: the chosen place was given away a moment ago.
        StateConflict: another receiver is being asked already.
    """
    case = policy.fetch(act.session, act.actor, Action.SEND_REFERRAL, Intake, intake_id, lock=True)
    decided = decided_for(decisions.besluiten_of(act.session, case.id), purpose)
    return refer_case(act, Sending(case, decided, purpose), chosen=chosen)


def refer_case(
    act: Act, sending: Sending, *, chosen: tuple[uuid.UUID, uuid.UUID | None] | None = None
) -> Referral | NoPlace:
    """As `refer`, for a case that is fetched and locked, on this besluit."""
    before = waiting(act.session, sending.case.id, sending.purpose)
    if before is not None:
        raise StateConflict(before)
    found = candidates_of(act, sending)
    held = place.held_by(act.session, sending.case.id, sending.purpose)
    if held is not None and any(one.place_id for one in found):
        raise HasPlace(held.naam)
    if chosen is not None:
        one = next((one for one in found if one.key == chosen), None)
        if one is None or one.uitgesloten:
            raise ChoiceRefused("Deze ontvanger kan deze zaak niet krijgen. Kies een ander in de lijst.")
        return send(act, sending, one)
    decided = sending.decided
    if not found and candidate.is_own_desk(act.session, decided, act.actor.addressed_as):
        product = decided.voorzieningen[0] if decided.voorzieningen else ""
        if not candidate.has_places(act.session, product):
            raise KeepsCase
    return send_to_first(act, sending, found)


def decided_for(made: Sequence[Besluit], purpose: PlacementPurpose) -> Besluit:
    """The besluit, of these (newest first), on which the case is sent: for tonight the one about tonight, if any.

    Raises:
        NoBesluit: nothing was decided yet.
        HandOverNeeded: another region takes over; that is asked with a warm hand-over.
    """
    tonight = BesluitKind.OVERBRUGGING if purpose is PlacementPurpose.OVERBRUGGING else BesluitKind.ROUTE
    found = decisions.newest_of(made, tonight)
    if found is None and purpose is PlacementPurpose.OVERBRUGGING:
        found = decisions.newest_of(made)
    if found is None:
        raise NoBesluit
    if purpose is PlacementPurpose.TRAJECT and found.bestemming_soort == OrganisationKind.ANDERE_REGIO:
        raise HandOverNeeded
    return found
