"""Drafts of rule sets: nothing is lost, two people are needed, and what was published never changes."""

import uuid
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from config.clock import FixedClock
from intake.access.act import Act
from intake.access.policy import Forbidden, NotFound
from intake.advice import in_force
from intake.rulesets.drafts import draft as ruleset_draft
from intake.rulesets.drafts.draft import DraftChanged, DraftGone, NotAllowed
from intake.rulesets.inspection import inspection
from intake.rulesets.inspection.check import examine
from intake.rulesets.publishing.publication import NOT_CHECKED, NotPublishable, publish
from intake.tables.audit import AuditEvent
from intake.tables.ruleset import PublishedRuleset, RulesetDraft
from intake.tables.ruleset_inspection import InspectionKind, RulesetInspection
from rules import NoRuleSet
from tests.intake.region import CLOCK, NOW

REGIO = "rotterdam-rijnmond"
TODAY = CLOCK.today()
HEAD = "regelset.yaml"
FOUND = {}


@pytest.fixture
def people(session, region):
    """Two policy officers and a worker."""
    region.bring(session, "anna", "bas")
    return {name: region.actor(session, name) for name in ("worker", "anna", "bas")}


@pytest.fixture
def draft(session, people):
    made = ruleset_draft.start(Act(session, people["anna"], CLOCK), regio=REGIO)
    return ruleset_draft.open_draft(Act(session, people["anna"], CLOCK), made)


def planned(session, people, draft, day=date(2027, 1, 1), note="Andere leeftijd, besluit van de raad."):
    ruleset_draft.plan(
        Act(session, people["anna"], CLOCK),
        draft.id,
        ruleset_draft.Planning(valid_from=day, valid_to=date(2027, 12, 31), note=note),
        version=draft.version,
    )
    return ruleset_draft.open_draft(Act(session, people["anna"], CLOCK), draft.id)


def checked(session, draft):
    """The whole check, done as the job does it."""
    row = session.get_one(RulesetDraft, draft.id)
    kind = InspectionKind.CONTROLE
    found = session.query(RulesetInspection).filter_by(draft_id=draft.id).one_or_none()
    found = found or RulesetInspection(id=uuid.uuid4(), draft_id=draft.id, kind=kind)
    found.digest = inspection.subject_of(session, row, kind, clock=CLOCK).digest
    found.asked_at, found.asked_by, found.done_at = NOW, row.created_by, NOW
    found.outcome = dict(_found(draft.bundle))
    session.add(found)
    session.flush()


def _found(bundle):
    """What the check finds; the same texts are looked at once, since it takes seconds."""
    if bundle.digest not in FOUND:
        FOUND[bundle.digest] = examine(bundle).report.to_dict()
    return FOUND[bundle.digest]


def published(session, people, draft):
    ready = planned(session, people, draft)
    checked(session, ready)
    return publish(Act(session, people["bas"], CLOCK), ready.id, version=ready.version)


def test_a_draft_begins_as_a_copy_for_a_free_day_to_come(draft):
    assert draft.valid_from == date(2026, 12, 1)
    assert draft.changed_files == {HEAD}
    assert f"id: {REGIO}/2026-12-01" in draft.bundle.own[HEAD]


def test_only_policy_staff_write_rules(session, people, draft):
    with pytest.raises(Forbidden):
        ruleset_draft.start(Act(session, people["worker"], CLOCK), regio=REGIO)
    with pytest.raises(NotFound):
        ruleset_draft.open_draft(Act(session, people["worker"], CLOCK), draft.id)


def test_a_broken_file_is_kept_so_that_no_work_is_lost(session, people, draft):
    ruleset_draft.save_files(
        Act(session, people["anna"], CLOCK), draft.id, files={"T1-kring.csv": "half"}, version=draft.version
    )
    found = ruleset_draft.open_draft(Act(session, people["anna"], CLOCK), draft.id)
    assert found.bundle.own["T1-kring.csv"] == "half"
    assert "T1-kring.csv" in found.changed_files


def test_two_people_never_overwrite_each_other(session, people, draft):
    for name in ("anna", "bas"):
        save = {"files": {"T1-kring.csv": name}, "version": draft.version}
        if name == "anna":
            ruleset_draft.save_files(Act(session, people[name], CLOCK), draft.id, **save)
            continue
        with pytest.raises(DraftChanged):
            ruleset_draft.save_files(Act(session, people[name], CLOCK), draft.id, **save)
    found = ruleset_draft.open_draft(Act(session, people["anna"], CLOCK), draft.id)
    assert found.bundle.own["T1-kring.csv"] == "anna"


@pytest.mark.parametrize("name", ["../T1.csv", "feiten.txt", "landelijk/regelset.yaml"])
def test_a_draft_reaches_no_file_outside_itself(session, people, draft, name):
    with pytest.raises(NotAllowed):
        ruleset_draft.save_files(
            Act(session, people["anna"], CLOCK), draft.id, files={name: "x"}, version=draft.version
        )


@pytest.mark.parametrize("day", [TODAY, date(2026, 1, 1)])
def test_rules_come_into_force_only_on_a_day_to_come(session, people, draft, day):
    with pytest.raises(NotAllowed, match="toekomst"):
        planned(session, people, draft, day)


def test_a_draft_that_was_thrown_away_cannot_be_changed(session, people, draft):
    ruleset_draft.discard(Act(session, people["anna"], CLOCK), draft.id, version=draft.version)
    with pytest.raises(DraftGone):
        planned(session, people, ruleset_draft.open_draft(Act(session, people["anna"], CLOCK), draft.id))
    assert ruleset_draft.drafts(Act(session, people["anna"], CLOCK), regio=REGIO) == ()


def test_who_wrote_the_rules_cannot_publish_them(session, people, draft):
    ready = planned(session, people, draft)
    checked(session, ready)
    with pytest.raises(NotPublishable) as refused:
        publish(Act(session, people["anna"], CLOCK), ready.id, version=ready.version)
    assert refused.value.reasons == ("U hebt zelf aan dit concept gewerkt. Een tweede persoon stelt de regels vast.",)


def test_nothing_is_published_while_a_file_has_a_fault(session, people, draft):
    ready = planned(session, people, draft)
    ruleset_draft.save_files(
        Act(session, people["anna"], CLOCK), ready.id, files={"T1-kring.csv": "half"}, version=ready.version
    )
    with pytest.raises(NotPublishable) as refused:
        publish(Act(session, people["bas"], CLOCK), ready.id, version=ready.version + 1)
    assert any("T1-kring.csv" in reason for reason in refused.value.reasons)
    assert session.query(PublishedRuleset).count() == 0


def test_nothing_is_published_that_was_not_checked_as_it_is_now(session, people, draft):
    ready = planned(session, people, draft)
    for look in (None, checked):
        if look:
            look(session, ready)
            ready = planned(
                session, people, ready, note="Toch een ander besluit, vanaf een andere dag.", day=date(2027, 2, 1)
            )
        with pytest.raises(NotPublishable) as refused:
            publish(Act(session, people["bas"], CLOCK), ready.id, version=ready.version)
        assert refused.value.reasons == (NOT_CHECKED,)


def test_a_published_set_is_in_force_from_its_first_day_and_not_before(session, people, draft):
    made = published(session, people, draft)
    assert in_force.rules_in_force(session, REGIO, date(2026, 12, 31)).version == "2026-01-01"
    assert in_force.rules_in_force(session, REGIO, date(2027, 1, 1)).hash == made.hash
    with pytest.raises(NoRuleSet, match="2027-12-31"):
        in_force.rules_in_force(session, REGIO, date(2028, 1, 1))
    standing = [(version.valid_from.year, version.standing.value) for version in _versions(session)]
    assert standing == [(2027, "gaat gelden"), (2026, "geldt nu")]


def test_no_two_sets_begin_on_the_same_day(session, people, draft):
    published(session, people, draft)
    other = ruleset_draft.start(Act(session, people["anna"], CLOCK), regio=REGIO)
    with pytest.raises(NotAllowed, match="andere dag"):
        planned(session, people, ruleset_draft.open_draft(Act(session, people["anna"], CLOCK), other))


def test_a_published_set_never_changes(session, people, draft):
    published(session, people, draft)
    session.commit()
    for statement in ("UPDATE ruleset SET note = 'anders'", "DELETE FROM ruleset"):
        with pytest.raises(DBAPIError):
            session.execute(text(statement))
        session.rollback()


def test_a_copy_of_rules_that_are_no_longer_in_force_is_not_published(session, people, draft):
    ready = planned(session, people, draft)
    other = ruleset_draft.start(Act(session, people["anna"], CLOCK), regio=REGIO)
    made = planned(
        session, people, ruleset_draft.open_draft(Act(session, people["anna"], CLOCK), other), date(2026, 12, 1)
    )
    checked(session, made)
    publish(Act(session, people["bas"], CLOCK), made.id, version=made.version)
    with pytest.raises(NotPublishable) as refused:
        publish(Act(session, people["bas"], FixedClock(NOW.replace(month=12, day=2))), ready.id, version=ready.version)
    assert any("Begin opnieuw" in reason for reason in refused.value.reasons)


def test_every_step_stands_in_the_audit_log(session, people, draft):
    published(session, people, draft)
    session.commit()
    details = [row.detail.partition(" van")[0] for row in session.query(AuditEvent).order_by(AuditEvent.seq)]
    assert details[0].startswith("concept begonnen")
    assert any(detail.startswith("gepland") for detail in details)
    assert session.query(AuditEvent).filter_by(action="regels:publiceren").count() == 1
    assert session.query(RulesetDraft).one().state == "gepubliceerd"


def _versions(session):
    return in_force.versions(session, REGIO, on=TODAY)
