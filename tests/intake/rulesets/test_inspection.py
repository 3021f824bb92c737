"""Looking at a draft goes through the table of jobs; an outcome is of the texts of now or is shown to nobody."""

from datetime import timedelta

import pytest

from config.clock import FixedClock
from intake.access.act import Act
from intake.access.policy import NotFound
from intake.rulesets.drafts import draft as ruleset_draft
from intake.rulesets.drafts.draft import DraftGone, NotAllowed
from intake.rulesets.inspection import inspection, replay
from intake.rulesets.inspection.check import CheckReport
from intake.rulesets.inspection.inspection import Progress
from intake.rulesets.inspection.replay import PlayedAgain
from intake.rulesets.inspection.ways import DifferenceReport
from intake.store.outbox import job
from intake.store.outbox.job import run_all, run_once
from intake.tables.audit import AuditEvent
from intake.tables.job import Job, JobKind
from intake.tables.ruleset_inspection import InspectionKind, RulesetInspection
from intake.worker.worker import HANDLERS
from rules.editing.head import with_value
from rules.reading.guards import HEAD
from tests.intake.region import CLOCK, NOW
from tests.intake.rulesets.test_draft import draft, people  # noqa: F401 - fixtures

KINDS = tuple(InspectionKind)


def asked(session, people, draft, kind):  # noqa: F811
    inspection.ask(Act(session, people["anna"], CLOCK), draft.id, kind)
    session.commit()


def looked(session, people, draft, kind, clock=CLOCK):  # noqa: F811
    session.expire_all()
    return inspection.look(Act(session, people["bas"], clock), draft.id, kind)


def changed(session, people, draft):  # noqa: F811
    """Somebody of 21 is no longer helped at the desk for the young."""
    head = draft.bundle.own[HEAD]
    for name, value in (("min_leeftijd_mo", "21"), ("jongeren_tot_en_met", "20")):
        head = with_value(head, ("parameters", name, "waarde"), value)
    ruleset_draft.save_files(Act(session, people["anna"], CLOCK), draft.id, files={HEAD: head}, version=draft.version)
    session.commit()


def test_every_look_is_done_by_a_job_and_kept(database, session, region, people, draft):  # noqa: F811
    region.an_intake(session, geboortedatum="2005-06-15")
    changed(session, people, draft)
    run_all(database, HANDLERS, CLOCK)
    for kind in KINDS:
        assert looked(session, people, draft, kind).progress is Progress.NIET_GEVRAAGD
        asked(session, people, draft, kind)
        assert looked(session, people, draft, kind).progress is Progress.BEZIG
    session.rollback()
    run_all(database, HANDLERS, CLOCK)
    check, difference, played = (looked(session, people, draft, kind).outcome for kind in KINDS)
    assert isinstance(check, CheckReport)
    assert check.notes
    assert isinstance(difference, DifferenceReport)
    assert any("Centraal Onthaal" in one for case in difference.cases for one in case.changes)
    assert isinstance(played, PlayedAgain)
    assert (played.found.cases, played.found.changed, played.bookmark) == (1, 1, None)


@pytest.fixture
def small_batches(draft, monkeypatch):  # noqa: F811
    """A draft of which the past cases are played two at a time."""
    monkeypatch.setattr(replay, "BATCH", 2)
    return draft


def test_many_cases_are_played_in_batches_and_it_is_told_how_far_it_is(
    database,
    session,
    region,
    people,  # noqa: F811
    small_batches,
):
    for _ in range(5):
        region.an_intake(session, geboortedatum="2005-06-15")
    changed(session, people, small_batches)
    run_all(database, HANDLERS, CLOCK)
    kind = InspectionKind.NASPELEN
    asked(session, people, small_batches, kind)
    assert run_once(database, HANDLERS, CLOCK)
    found = looked(session, people, small_batches, kind)
    assert (found.progress, found.played, found.in_all) == (Progress.BEZIG, 2, 5)
    session.rollback()
    run_all(database, HANDLERS, CLOCK)
    played = looked(session, people, small_batches, kind).outcome
    assert isinstance(played, PlayedAgain)
    assert (played.found.cases, played.found.changed, played.bookmark) == (5, 5, None)
    assert next((one.name, one.more, one.fewer) for one in played.receivers) == ("Centraal Onthaal", 5, 0)


def test_two_jobs_that_play_the_same_batch_count_it_once(database, session, region, people, small_batches):  # noqa: F811
    for _ in range(3):
        region.an_intake(session)
    session.commit()
    run_all(database, HANDLERS, CLOCK)
    kind = InspectionKind.NASPELEN
    asked(session, people, small_batches, kind)
    row = session.query(RulesetInspection).one()
    job.ask(session, job.NewJob(JobKind.REGELS_NAGAAN, {"inspection_id": str(row.id)}), clock=CLOCK)
    session.commit()
    run_all(database, HANDLERS, CLOCK)
    played = looked(session, people, small_batches, kind).outcome
    assert isinstance(played, PlayedAgain)
    assert played.found.cases == 3


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_outcome_of_other_texts_is_shown_to_nobody(database, session, people, draft, when):  # noqa: F811
    kind = InspectionKind.CONTROLE
    asked(session, people, draft, kind)
    if when == "after":
        run_all(database, HANDLERS, CLOCK)
    changed(session, people, draft)
    run_all(database, HANDLERS, CLOCK)
    found = looked(session, people, draft, kind)
    assert (found.progress, found.outcome) == (Progress.VEROUDERD, None)


def test_what_is_under_way_is_not_asked_twice_unless_it_takes_too_long(session, people, draft):  # noqa: F811
    kind = InspectionKind.CONTROLE
    for _ in range(2):
        asked(session, people, draft, kind)
    assert session.query(Job).filter_by(kind=JobKind.REGELS_NAGAAN).count() == 1
    late = FixedClock(NOW + timedelta(minutes=10))
    assert looked(session, people, draft, kind, late).progress is Progress.DUURT_LANG
    inspection.ask(Act(session, people["anna"], late), draft.id, kind)
    assert session.query(Job).filter_by(kind=JobKind.REGELS_NAGAAN).count() == 2
    assert session.query(RulesetInspection).count() == 1


def test_nothing_is_looked_at_after_the_draft_was_thrown_away(database, session, people, draft):  # noqa: F811
    kind = InspectionKind.CONTROLE
    asked(session, people, draft, kind)
    ruleset_draft.discard(Act(session, people["anna"], CLOCK), draft.id, version=draft.version)
    session.commit()
    assert run_once(database, HANDLERS, CLOCK)
    assert looked(session, people, draft, kind).outcome is None
    with pytest.raises(DraftGone):
        inspection.ask(Act(session, people["anna"], CLOCK), draft.id, kind)


def test_a_draft_with_a_fault_is_checked_but_not_compared_or_played(database, session, people, draft):  # noqa: F811
    ruleset_draft.save_files(
        Act(session, people["anna"], CLOCK), draft.id, files={"T1-kring.csv": "half"}, version=draft.version
    )
    session.commit()
    for kind in (InspectionKind.VERSCHIL, InspectionKind.NASPELEN):
        with pytest.raises(NotAllowed, match="fouten"):
            inspection.ask(Act(session, people["anna"], CLOCK), draft.id, kind)
    session.rollback()
    asked(session, people, draft, InspectionKind.CONTROLE)
    run_all(database, HANDLERS, CLOCK)
    found = looked(session, people, draft, InspectionKind.CONTROLE).outcome
    assert isinstance(found, CheckReport)
    assert any("T1-kring.csv" in reason for reason in found.reasons)


def test_only_policy_staff_have_a_draft_looked_at_and_the_log_keeps_it(session, people, draft):  # noqa: F811
    session.commit()
    with pytest.raises(NotFound):
        inspection.ask(Act(session, people["worker"], CLOCK), draft.id, InspectionKind.NASPELEN)
    session.rollback()
    asked(session, people, draft, InspectionKind.NASPELEN)
    assert session.query(AuditEvent).filter_by(detail="nagaan=naspelen").count() == 1
