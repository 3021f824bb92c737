"""Emergency access: for who works with clients, to read only, for a few hours."""

import pytest

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.dossier import dossier
from intake.referrals.answering import answer
from intake.rights.emergency import break_glass
from intake.rights.emergency.why import EmergencyRefused, Why
from intake.tables.intake import Intake
from tests.intake.region import CLOCK, later
from tests.journeys.hiding import FIRST_DAY, SECRETS, a_shelter, sent

REASON = "De cliënt is bewusteloos gevonden; wij moeten weten welke zorg er loopt."
WHY = Why("medisch", REASON)


@pytest.fixture
def case(database, people):
    with database.unit_of_work() as session:
        made = people.an_intake(session, achternaam="Zonderlingsma", verhaal="Zonderlingsma sliep buiten.")
        return made.id, made.reference


def test_a_stranger_opens_it_for_four_hours_to_read_only(database, people, case):
    case_id, reference = case
    with database.unit_of_work() as session:
        actor = people.actor(session, "stranger")
        with pytest.raises(policy.NotFound):
            dossier.open_dossier(Act(session, actor, CLOCK), case_id)
        break_glass.break_open(Act(session, actor, CLOCK), reference=reference, why=WHY)
        found = dossier.open_dossier(Act(session, actor, CLOCK), case_id)
        assert not found.own
        for action in (Action.EDIT_INTAKE, Action.SHOW_BSN, Action.TAKE_BESLUIT, Action.EXPORT_FILE):
            assert not policy.can(actor, action, found.case)
        for clock, may in ((later(minutes=239), True), (later(minutes=240), False)):
            row = session.get_one(Intake, case_id)
            assert bool(policy.can(people.actor(session, "stranger", clock), Action.READ_INTAKE, row)) is may


def test_a_colleague_of_the_stranger_still_sees_nothing(database, people, case):
    with database.unit_of_work() as session:
        break_glass.break_open(Act(session, people.actor(session, "stranger"), CLOCK), reference=case[1], why=WHY)
        with pytest.raises(policy.NotFound):
            dossier.open_dossier(Act(session, people.actor(session, "desk"), CLOCK), case[0])


def test_who_may_open_it_already_needs_no_emergency(database, people, case):
    with database.unit_of_work() as session, pytest.raises(EmergencyRefused, match="al openen"):
        break_glass.break_open(Act(session, people.actor(session), CLOCK), reference=case[1], why=WHY)


def test_it_gives_what_an_emergency_needs_and_no_opinion_letter_or_hidden_place(database, people):
    with database.unit_of_work() as session:
        a_shelter(session, people)
        made = sent(session, people)
        vera = people.actor(session, "vera")
        answer.accept(Act(session, vera, CLOCK), made.id, version=made.version, start_on=FIRST_DAY)
        case_id, reference = made.intake_id, session.get_one(Intake, made.intake_id).reference
    with database.unit_of_work() as session:
        actor = people.actor(session, "stranger")
        break_glass.break_open(Act(session, actor, CLOCK), reference=reference, why=WHY)
        found = dossier.open_dossier(Act(session, actor, CLOCK), case_id)
        assert found.emergency
        assert (found.letters, found.requests, found.reviews, found.tasks, found.terms, found.reasons) == (
            (), (), {}, (), (), {},
        )  # fmt: skip
        assert [name for _, name in found.referrals] == ["Veilige plek (vraag Wijkteam Capelle, 010 555 01 00)"]
        assert found.knows == frozenset()
        told = " ".join(one.text + one.name for one in found.events)
        assert not any(secret in told for secret in SECRETS)
        assert found.shown
