"""Drafts: nothing typed is lost, nobody overwrites anybody."""

import pytest

from forms import Reading
from intake.access import policy
from intake.access.act import Act
from intake.melding import draft
from intake.melding.draft import (
    DraftClosed,
    EditConflict,
    TypedPage,
    discard_draft,
    open_draft,
    open_drafts,
    save_draft,
    start_draft,
)
from intake.people.messages import message
from intake.tables.draft import Draft, DraftState
from tests.intake.region import CLOCK, later
from tests.intake.told import heard_by


def typed(view, **answers):
    return Reading(answers={**view.answers, **answers}, errors={}, raw={})


def test_a_new_draft_knows_the_day_and_the_gemeente(session, region):
    made = start_draft(Act(session, region.actor(session), CLOCK))
    assert made.answers == {"melding_datum": "2026-11-23", "melding_gemeente": "GM0502"}


def test_a_saved_page_is_there_when_the_draft_is_opened_again(session, region):
    worker = region.actor(session)
    made = start_draft(Act(session, worker, CLOCK))
    save_draft(
        Act(session, worker, CLOCK),
        made.id,
        TypedPage(section="spoed", reading=typed(made, slaapplek_vannacht="geen")),
        version=made.version,
    )
    session.commit()
    session.expire_all()
    again = open_draft(session, worker, made.id)
    assert again.answers["slaapplek_vannacht"] == "geen"
    assert again.pages == {"spoed"}


def test_a_page_with_an_error_keeps_what_was_typed(session, region):
    worker = region.actor(session)
    made = start_draft(Act(session, worker, CLOCK))
    reading = Reading(
        answers=dict(made.answers),
        errors={"geboortedatum": "Dit is geen datum."},
        raw={"geboortedatum": ["31-31-1980"]},
    )
    saved = save_draft(
        Act(session, worker, CLOCK), made.id, TypedPage(section="spoed", reading=reading), version=made.version
    )
    assert saved.raw == {"spoed": {"geboortedatum": ["31-31-1980"]}}
    assert saved.pages == frozenset()
    mended = save_draft(
        Act(session, worker, CLOCK), made.id, TypedPage(section="spoed", reading=typed(saved)), version=saved.version
    )
    assert mended.raw == {}


def test_a_second_tab_overwrites_nothing_and_gets_both_versions(session, region):
    worker = region.actor(session)
    made = start_draft(Act(session, worker, CLOCK))
    first = save_draft(
        Act(session, worker, CLOCK), made.id, TypedPage(section="spoed", reading=typed(made, roepnaam="Jan")), version=1
    )
    with pytest.raises(EditConflict) as conflict:
        save_draft(
            Act(session, worker, CLOCK),
            made.id,
            TypedPage(section="spoed", reading=typed(made, roepnaam="Piet")),
            version=1,
        )
    assert conflict.value.yours.answers["roepnaam"] == "Piet"
    assert conflict.value.theirs.answers["roepnaam"] == "Jan"
    assert open_draft(session, worker, made.id).version == first.version


def test_the_draft_of_another_gemeente_does_not_exist(session, region):
    made = start_draft(Act(session, region.actor(session), CLOCK))
    with pytest.raises(policy.NotFound):
        open_draft(session, region.actor(session, "stranger"), made.id)


def test_what_is_typed_lies_sealed_in_the_database(session, region):
    made = region.a_draft(session, achternaam="Kanariepiet")
    row = session.get_one(Draft, made.id)
    assert b"Kanariepiet" not in row.answers + row.raw


def test_a_discarded_draft_is_empty_and_gone_from_the_list(session, region):
    worker = region.actor(session)
    made = region.a_draft(session)
    discard_draft(Act(session, worker, CLOCK), made.id)
    assert open_drafts(session, worker) == ()
    assert open_draft(session, worker, made.id).answers == {}
    with pytest.raises(DraftClosed, match="weggegooid"):
        save_draft(Act(session, worker, CLOCK), made.id, TypedPage(section="spoed", reading=typed(made)), version=99)


def test_a_draft_never_ends_in_silence(session, region):
    worker = region.actor(session)
    made = region.a_draft(session)
    draft.expire(session, made.id, clock=later(days=10))
    assert message.unread(session, worker) == ()
    draft.expire(session, made.id, clock=later(days=24))
    assert "over een week" in heard_by(session, worker)[0]
    draft.expire(session, made.id, clock=later(days=30))
    assert session.get_one(Draft, made.id).state is DraftState.VERLOPEN
    assert len(message.unread(session, worker)) == 2


def test_saving_a_draft_gives_it_new_time(session, region):
    worker = region.actor(session)
    made = region.a_draft(session)
    save_draft(
        Act(session, worker, later(days=20)),
        made.id,
        TypedPage(section="melding", reading=typed(made)),
        version=made.version,
    )
    draft.expire(session, made.id, clock=later(days=31))
    assert session.get_one(Draft, made.id).state is DraftState.OPEN
