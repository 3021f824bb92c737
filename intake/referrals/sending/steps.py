"""What may happen to a referral, when, by whom: one table. Everything else in the house asks this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.tables.referral import ReferralKind, ReferralState


class Side(StrEnum):
    """Who takes a step."""

    VERZENDER = "verzender"
    ONTVANGER = "ontvanger"
    KLOK = "klok"


class Step(StrEnum):
    """What somebody does to a referral."""

    BESPREKEN = "bespreken"
    UITVRAGEN = "uitvragen"
    ACCEPTEREN = "accepteren"
    WEIGEREN = "weigeren"
    TERUGVRAGEN = "terugvragen"
    TOELICHTEN = "toelichten"
    INTREKKEN = "intrekken"
    VERLOPEN = "verlopen"
    ESCALEREN = "escaleren"
    GESCHIL = "geschil"
    OVERDRAGEN = "overdragen"
    AANKOMST = "aankomst"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: this step, by this side, from any of these states, leads to that state."""

    kinds: frozenset[ReferralKind]
    step: Step
    sides: frozenset[Side]
    before: frozenset[ReferralState]
    after: ReferralState


_S, _O, _K = Side.VERZENDER, Side.ONTVANGER, Side.KLOK
_BOTH = frozenset(ReferralKind)
_REFERRAL, _TRANSFER = frozenset({ReferralKind.VERWIJZING}), frozenset({ReferralKind.OVERDRACHT})
_WAITING = frozenset({ReferralState.VERZONDEN, ReferralState.TERUGGEVRAAGD})
_DISPUTED = frozenset({ReferralState.ESCALATIE, ReferralState.GESCHIL})
PREPARED = frozenset({ReferralState.VOORSTEL, ReferralState.BESPROKEN})
"""Not sent yet: nobody was asked."""
_REFUSED = frozenset({ReferralState.GEWEIGERD, ReferralState.VERLOPEN})


def _row(
    kinds: frozenset[ReferralKind],
    step: Step,
    sides: set[Side],
    before: frozenset[ReferralState],
    after: ReferralState,
) -> Transition:
    return Transition(kinds, step, frozenset(sides), before, after)


STEPS: tuple[Transition, ...] = (
    _row(_TRANSFER, Step.BESPREKEN, {_S}, frozenset({ReferralState.VOORSTEL}), ReferralState.BESPROKEN),
    _row(_TRANSFER, Step.UITVRAGEN, {_S}, frozenset({ReferralState.BESPROKEN}), ReferralState.VERZONDEN),
    _row(_BOTH, Step.ACCEPTEREN, {_O}, _WAITING, ReferralState.GEACCEPTEERD),
    _row(_BOTH, Step.WEIGEREN, {_O}, _WAITING, ReferralState.GEWEIGERD),
    # In a hand-over the regions ring each other: what the client said and why is not written over.
    _row(_REFERRAL, Step.TERUGVRAGEN, {_O}, frozenset({ReferralState.VERZONDEN}), ReferralState.TERUGGEVRAAGD),
    _row(_REFERRAL, Step.TOELICHTEN, {_S}, frozenset({ReferralState.TERUGGEVRAAGD}), ReferralState.VERZONDEN),
    _row(_BOTH, Step.VERLOPEN, {_K}, frozenset({ReferralState.VERZONDEN}), ReferralState.VERLOPEN),
    _row(_BOTH, Step.INTREKKEN, {_S}, _WAITING | PREPARED | _DISPUTED, ReferralState.INGETROKKEN),
    _row(_BOTH, Step.INTREKKEN, {_S}, frozenset({ReferralState.GEACCEPTEERD}), ReferralState.INGETROKKEN),
    _row(_TRANSFER, Step.ESCALEREN, {_S}, _REFUSED, ReferralState.ESCALATIE),
    _row(_TRANSFER, Step.GESCHIL, {_S}, frozenset({ReferralState.ESCALATIE}), ReferralState.GESCHIL),
    _row(_TRANSFER, Step.ACCEPTEREN, {_O}, _DISPUTED, ReferralState.GEACCEPTEERD),
    _row(_TRANSFER, Step.OVERDRAGEN, {_S}, frozenset({ReferralState.GEACCEPTEERD}), ReferralState.OVERGEDRAGEN),
    _row(_TRANSFER, Step.AANKOMST, {_S, _O}, frozenset({ReferralState.OVERGEDRAGEN}), ReferralState.AANGEKOMEN),
)

FIRST: Mapping[ReferralKind, ReferralState] = {
    ReferralKind.VERWIJZING: ReferralState.VERZONDEN,
    ReferralKind.OVERDRACHT: ReferralState.VOORSTEL,
}
"""How each kind begins."""

ACTIVE = _WAITING | PREPARED | _DISPUTED
"""States in which an answer is awaited; a case has one such referral for each purpose."""

MEANINGS: Mapping[ReferralState, str] = {
    ReferralState.VOORSTEL: "voorgesteld; bespreek het nu met de cliënt",
    ReferralState.BESPROKEN: "besproken met de cliënt; vraag nu de andere regio",
    ReferralState.VERZONDEN: "verzonden; de ontvanger moet nog antwoorden",
    ReferralState.TERUGGEVRAAGD: "teruggevraagd; de verzender geeft eerst uitleg",
    ReferralState.GEACCEPTEERD: "geaccepteerd",
    ReferralState.GEWEIGERD: "geweigerd; de zaak gaat naar de volgende",
    ReferralState.VERLOPEN: "verlopen zonder antwoord; de zaak is naar de volgende gegaan",
    ReferralState.INGETROKKEN: "ingetrokken door de verzender",
    ReferralState.ESCALATIE: "voorgelegd aan de regioadviseur; de eerste regio houdt de opvang",
    ReferralState.GESCHIL: "voorgelegd aan de geschillencommissie; de eerste regio houdt de opvang",
    ReferralState.OVERGEDRAGEN: "overgedragen; wacht op bericht van aankomst",
    ReferralState.AANGEKOMEN: "aangekomen bij de andere regio",
}
"""Each state in words, with what comes next."""


def transition(kind: ReferralKind, state: ReferralState, step: Step, side: Side) -> Transition | None:
    """The row of the table for this step; None when it may not be taken now."""
    found = (row for row in STEPS if kind in row.kinds and row.step is step and side in row.sides)
    return next((row for row in found if state in row.before), None)


def steps_from(kind: ReferralKind, state: ReferralState, side: Side) -> frozenset[Step]:
    """What this side can do now."""
    return frozenset(row.step for row in STEPS if kind in row.kinds and state in row.before and side in row.sides)
