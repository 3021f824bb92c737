"""What happens to a client of the demo: the real verbs, done by the real roles, at moments that move on.

A step that would lie in the future is not taken: so the youngest cases are the ones that still wait.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.clock import FixedClock
from intake import besluit, dossier, melding, places, store
from intake.access import Act
from intake.demo.clients import Client
from intake.demo.people import DemoRegion
from intake.referrals import answering, sending
from intake.referrals.sending import KeepsCase, NoPlace
from intake.store import Database
from intake.tables.intake import Intake, IntakeState
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralState, RefusalReason

WIJKTEAMS = {
    "GM0613": "wijkteam-albrandswaard",
    "GM0489": "wijkteam-barendrecht",
    "GM0502": "wijkteam-capelle",
    "GM0542": "wijkteam-krimpen",
    "GM1621": "wijkteam-lansingerland",
    "GM0597": "wijkteam-ridderkerk",
    "GM0599": "wijkteam-rotterdam",
}
MOST_ANSWERS = 6
RECENT = timedelta(days=6)
RECENT_WAITS = 0.4
"""The chance that somebody has not come round yet to the next step of a recent case."""
STAY = timedelta(days=70)
REASONS = (RefusalReason.ZORGVRAAG_TE_ZWAAR, RefusalReason.EISEN_PASSEN_NIET, RefusalReason.GEEN_PLEK)
DEVIATION = "De cliënt heeft hier al hulp en wil die graag houden."
REVIEW = "Wij zijn het eens met deze route. Spreek met de cliënt af wie het vaste aanspreekpunt is."


@dataclass(slots=True)
class Story:
    """One client's way through the house, up to `now`."""

    database: Database
    region: DemoRegion
    client: Client
    now: datetime
    draw: random.Random
    moment: datetime

    @property
    def clock(self) -> FixedClock:
        """The moment of the story."""
        return FixedClock(self.moment)

    @property
    def team(self) -> str:
        """Who takes the melding: for the young in Rotterdam too it is the wijkteam."""
        return WIJKTEAMS[self.client.gemeente]

    def later(self, **delta: float) -> bool:
        """Move on; False when that would be in the future, or when a recent case still waits for somebody."""
        self.moment += timedelta(**delta)
        waits = self.now - self.client.moment < RECENT and self.draw.random() < RECENT_WAITS
        return self.moment < self.now and not waits


def tell(story: Story) -> uuid.UUID:
    """File the client's melding and let happen what has had time to happen; gives the case."""
    case_id = _filed(story)
    for step in (_reviewed, _decided, _sent):
        if not story.later(hours=story.draw.randrange(1, 5)) or not _do(story, case_id, step):
            return case_id
    for _ in range(MOST_ANSWERS):
        if not story.later(hours=_hours_to_answer(story, case_id)) or not _do(story, case_id, _answered):
            break
    if story.later(days=STAY.days + story.draw.randrange(60)):
        _do(story, case_id, _closed)
    return case_id


def _hours_to_answer(story: Story, case_id: uuid.UUID) -> float:
    """A bed for tonight is answered within its two hours, the rest within a day."""
    hours = story.draw.randrange(2, 20)
    with story.database.session(read_only=True) as session:
        waiting = sending.waiting(session, case_id, PlacementPurpose.TRAJECT)
    return hours / 10 if waiting is not None and waiting.respond_at is not None else hours


def _filed(story: Story) -> uuid.UUID:
    with story.database.unit_of_work() as session:
        worker = story.region.actor(session, story.team, story.clock, story.client.number)
        key = store.new_key()
        return melding.file_intake(Act(session, worker, story.clock), dict(story.client.answers), key=key).intake_id


def _do(story: Story, case_id: uuid.UUID, step: Callable[[Story, Session, Intake], bool]) -> bool:
    """Take a step in a transaction of its own; whether the story goes on."""
    with story.database.unit_of_work() as session:
        return step(story, session, session.get_one(Intake, case_id))


def _reviewed(story: Story, session: Session, case: Intake) -> bool:
    """The expertise function answers after a day or two, when it was asked."""
    request = besluit.open_for(session, case.id)
    if request is None:
        return True
    if not story.later(hours=story.draw.randrange(8, 60)):
        return False
    expert = story.region.actor(session, "expertise", story.clock, story.client.number)
    route = besluit.proposal(session, request)
    besluit.give_review(Act(session, expert, story.clock), request.id, review=REVIEW, route=route)
    return True


def _decided(story: Story, session: Session, case: Intake) -> bool:
    """Most follow the advies; some deviate with a reason, a few clients withdraw."""
    worker = story.region.actor(session, story.team, story.clock, story.client.number)
    chance = story.draw.random()
    if chance < 0.04:  # noqa: PLR2004 - one in twenty-five
        dossier.withdraw(Act(session, worker, story.clock), case.id)
        return False
    made = besluit.follow(Act(session, worker, story.clock), case.id)
    if chance > 0.88:  # noqa: PLR2004 - one in eight
        route = besluit.Route(
            tuple(made.voorzieningen),
            made.overbrugging,
            "wijkteam",
            "",
            story.client.gemeente,
        )
        besluit.deviate(Act(session, worker, story.clock), case.id, route=route, reden=DEVIATION)
    return True


def _sent(story: Story, session: Session, case: Intake) -> bool:
    worker = story.region.actor(session, story.team, story.clock, story.client.number)
    try:
        return not isinstance(sending.refer(Act(session, worker, story.clock), case.id), NoPlace)
    except KeepsCase:
        return False


def _answered(story: Story, session: Session, case: Intake) -> bool:
    """The receiver of the moment does something; whether there is more to come."""
    waiting = sending.waiting(session, case.id, PlacementPurpose.TRAJECT)
    if waiting is None:
        return _passed_on(story, session, case)
    if waiting.state is ReferralState.TERUGGEVRAAGD:
        sender = story.region.actor(session, story.region.key_of(waiting.organisation_id), story.clock)
        answering.answer_question(
            Act(session, sender, story.clock), waiting.id, version=waiting.version, antwoord="Ja, dat klopt."
        )
        return True
    return _reacted(story, session, waiting)


def _reacted(story: Story, session: Session, waiting: Referral) -> bool:
    receiver = story.region.actor(session, _receiver(story, session, waiting), story.clock)
    seen, chance = waiting.version, story.draw.random()
    if chance < 0.12 and waiting.vraag is None:  # noqa: PLR2004 - one in eight asks first
        vraag = "Kan de cliënt morgen voor een kennismaking komen?"
        answering.ask_back(Act(session, receiver, story.clock), waiting.id, version=seen, vraag=vraag)
    elif chance < 0.24 and waiting.rank < 3:  # noqa: PLR2004 - one in eight declines, not for ever
        answering.decline(
            Act(session, receiver, story.clock),
            waiting.id,
            version=seen,
            reden=story.draw.choice(REASONS),
            toelichting="",
        )
    elif chance < 0.3 and story.later(days=9):  # noqa: PLR2004 - a few stay silent
        answering.expire(session, waiting.id, clock=story.clock)
    else:
        start = story.clock.today() + timedelta(days=story.draw.randrange(5))
        answering.accept(Act(session, receiver, story.clock), waiting.id, version=seen, start_on=start)
    return True


def _receiver(story: Story, session: Session, sent: Referral) -> str:
    """The key of who received it, in its own name."""
    return story.region.key_of(places.true_organisation(session, sent.receiver_id))


def _passed_on(story: Story, session: Session, case: Intake) -> bool:
    """A desk that accepted sends the client on to a provider; else the story of the referral ends here."""
    accepted = max(
        (one for one in _referrals(session, case) if one.state is ReferralState.GEACCEPTEERD),
        key=lambda one: one.sent_at,
        default=None,
    )
    if accepted is None or accepted.place_id is not None:
        return False
    desk = story.region.actor(session, _receiver(story, session, accepted), story.clock)
    if not {"regionale_toegang"} & set(desk.roles):
        return False
    try:
        return not isinstance(sending.refer(Act(session, desk, story.clock), case.id), NoPlace)
    except KeepsCase:
        return False


def _closed(story: Story, session: Session, case: Intake) -> bool:
    """The stay ends and the team closes the case."""
    if case.state in {IntakeState.INGETROKKEN, IntakeState.AFGESLOTEN}:
        return False
    worker = story.region.actor(session, story.team, story.clock, story.client.number)
    if case.state is IntakeState.GEPLAATST or places.stays_of(session, case.id):
        outcome = story.draw.choice((dossier.Uitstroom.ZELFSTANDIG_MET_BEGELEIDING, dossier.Uitstroom.ZELFSTANDIG))
    else:
        outcome = dossier.Uitstroom.EIGEN_TEAM
    dossier.close(Act(session, worker, story.clock), case.id, uitstroom=outcome)
    return False


def _referrals(session: Session, case: Intake) -> list[Referral]:
    return sending.referrals_of(session, case.id)
