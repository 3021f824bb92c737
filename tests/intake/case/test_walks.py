"""Random walks of real acts: each changes the case as the list of changes says, and the state follows from the rows."""

import random
from collections.abc import Callable, Mapping
from contextlib import suppress

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.access.act import Act
from intake.access.policy import NotFound
from intake.besluit import expertise, taking
from intake.besluit.taking import ReviewPending
from intake.case import standing
from intake.places import place
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.referrals.sending.line import StateConflict
from intake.referrals.stays import stay
from intake.referrals.stays.stay import NotYetAccepted, Vertrek
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, RefusalReason
from tests.intake.case.test_states import listed
from tests.intake.region import CLOCK, Region, a_place

TRAJECT, TONIGHT = PlacementPurpose.TRAJECT, PlacementPurpose.OVERBRUGGING
STEPS = 30
REFUSED = (NotFound, StateConflict, ReviewPending, NotYetAccepted, choice.NoBesluit, choice.KeepsCase, IndexError)
WHO = ("haven", "anker", "desk")


class Walk:
    """One case, and acts on it of which the receiver, the purpose and the outcome are drawn."""

    def __init__(self, session: Session, region: Region, seed: int) -> None:
        self.session, self.region, self.dice = session, region, random.Random(seed)
        a_place(session, region, capaciteit=1)
        a_place(session, region, owner="anker", capaciteit=1)
        self.case = region.an_intake(session)
        self.worker = region.actor(session)

    def referral(self, purpose: PlacementPurpose) -> Referral:
        found = list(self.session.scalars(select(Referral).where(Referral.purpose == purpose.value)))
        return self.dice.choice(found)

    def receiver(self, referral: Referral) -> str:
        return {self.region.organisations[{"desk": "onthaal"}.get(one, one)]: one for one in WHO}[referral.receiver_id]

    def decide(self) -> None:
        soort = self.dice.choice(["aanbieder", "regionale_toegang"])
        reden = f"Past hier beter ({self.dice.random()})."
        route = taking.Route(("opvang_24uurs",), "tijdelijke_opvang_vandaag", soort)
        taking.deviate(Act(self.session, self.worker, CLOCK), self.case.id, route=route, reden=reden)

    def decide_tonight(self) -> None:
        what = self.dice.choice(["tijdelijke_opvang_vandaag", "geen"])
        taking.decide_overbrugging(
            Act(self.session, self.worker, CLOCK), self.case.id, overbrugging=what, reden="Zo is het."
        )

    def refer(self, purpose: PlacementPurpose) -> None:
        choice.refer(Act(self.session, self.worker, CLOCK), self.case.id, purpose=purpose)

    def accept(self, purpose: PlacementPurpose) -> None:
        one = self.referral(purpose)
        actor = self.region.actor(self.session, self.receiver(one))
        answer.accept(Act(self.session, actor, CLOCK), one.id, version=one.version, start_on=None)

    def decline(self, purpose: PlacementPurpose) -> None:
        one = self.referral(purpose)
        actor = self.region.actor(self.session, self.receiver(one))
        reden = RefusalReason.GEEN_PLEK
        answer.decline(Act(self.session, actor, CLOCK), one.id, version=one.version, reden=reden, toelichting="")

    def withdraw(self, purpose: PlacementPurpose) -> None:
        one = self.referral(purpose)
        answer.withdraw_referral(Act(self.session, self.worker, CLOCK), one.id, version=one.version)

    def leave(self, purpose: PlacementPurpose) -> None:
        held = [one for one, _ in place.stays_of(self.session, self.case.id) if one.purpose is purpose]
        one = self.dice.choice(held)
        through = self.session.get_one(Referral, one.referral_id)
        actor = self.region.actor(self.session, self.receiver(through))
        stay.leave(Act(self.session, actor, CLOCK), one.place_id, one.id, reden=Vertrek.ANDERE_PLEK)

    def ask(self) -> None:
        expertise.ask_review(Act(self.session, self.worker, CLOCK), self.case.id, question="Kijk mee.")

    def stop_asking(self) -> None:
        asked = expertise.open_for(self.session, self.case.id)
        if asked is not None:
            expertise.withdraw_request(Act(self.session, self.worker, CLOCK), asked.id)

    def act(self) -> str:
        """One act, by the name under which its changes are listed; one that is refused changes nothing."""
        verb = self.dice.choice(list(ACTS))
        with suppress(*REFUSED), self.session.begin_nested():
            ACTS[verb](self)
        return verb


ACTS: Mapping[str, Callable[[Walk], None]] = {
    "besluiten over het traject": Walk.decide,
    "besluiten over vannacht": Walk.decide_tonight,
    "verwijzen": lambda walk: walk.refer(TRAJECT),
    "accepteren": lambda walk: walk.accept(TRAJECT),
    "weigeren of zwijgen": lambda walk: walk.decline(TRAJECT),
    "verwijzing intrekken": lambda walk: walk.withdraw(TRAJECT),
    "vertrekken": lambda walk: walk.leave(TRAJECT),
    "bed vragen": lambda walk: walk.refer(TONIGHT),
    "bed accepteren": lambda walk: walk.accept(TONIGHT),
    "bed weigeren of zwijgen": lambda walk: walk.decline(TONIGHT),
    "bed intrekken of verlaten": lambda walk: walk.dice.choice([walk.withdraw, walk.leave])(TONIGHT),
    "expertise vragen": Walk.ask,
    "expertise antwoordt of is niet meer nodig": Walk.stop_asking,
}


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_a_case_changes_only_as_listed(sqlite_session, sqlite_region, seed):
    walk = Walk(sqlite_session, sqlite_region, seed)
    for _ in range(STEPS):
        before = walk.case.state
        verb = walk.act()
        after = walk.case.state
        assert before is after or (before.value, after.value) in listed(verb), verb
        standing.settle(sqlite_session, walk.case)
        assert walk.case.state is after, f"after {verb} the state was not that of what stands"
