"""What stands in the world of the access matrix beside the cases: places, rules, the logs, a file of long ago."""

import uuid
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import system_actor
from intake.access.audit import audit
from intake.keys.keys import NO_TENANT
from intake.rights.marks import mark
from intake.rulesets.drafts import draft
from intake.tables.intake import Intake
from intake.tables.log_review import Finding, LogReview
from intake.tables.mark import MarkKind
from intake.tables.place import PlaceState
from intake.tables.ruleset import PublishedRuleset
from rules.shelf.bundle import parse_bundle
from tests.house.access.cases import Case
from tests.intake.region import CLOCK, NOW, Region, a_place

REGIO = "rotterdam-rijnmond"
PLACE_ELSEWHERE = "Ankerkamers"
"""The name of the place of the other provider."""
REVIEWED = {"logbeheerder": "Keek in Capelle", "logbeheerder_b": "Keek in Rotterdam", "logbeheerder_regio": "Keek hier"}
"""Who reviewed the log before: of gemeente A, of gemeente B, of what concerns no gemeente."""
SEEN_AT_NIGHT = "Nachtportier"
"""Who stands in the log of what concerns no gemeente."""
LONG_AGO = timedelta(days=16 * 365)


def rules(session: Session, region: Region) -> dict[str, str]:
    """A draft of rules and a published set that did not begin yet, by the name of the argument of the route."""
    actor = region.actor(session, "beleid")
    draft_id = draft.start(Act(session, actor, CLOCK), regio=REGIO)
    bundle = draft.open_draft(Act(session, actor, CLOCK), draft_id).bundle
    found = parse_bundle(bundle)
    made = PublishedRuleset(
        id=uuid.uuid4(),
        regio=REGIO,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        hash=found.hash,
        own=dict(bundle.own),
        shared=dict(bundle.shared),
        note="Proef",
        published_at=NOW,
        published_by=region.accounts["leader_b"],
    )
    session.add(made)
    session.flush()
    return {
        "draft_id": str(draft_id),
        "ruleset_id": str(made.id),
        "first_day": "2026-01-01",
        "kind": "csv",
        "row_id": "nieuw",
    }


def place_elsewhere(session: Session, region: Region) -> None:
    """A place of the other provider; it is full, so that nobody is sent there before a test says so."""
    a_place(session, region, "anker", naam=PLACE_ELSEWHERE, capaciteit=9, state=PlaceState.DICHT)


def logs(session: Session, region: Region) -> None:
    """Each log was reviewed once, and somebody did something that concerns no gemeente."""
    log_of = {"logbeheerder": "capelle", "logbeheerder_b": "rotterdam"}
    for who, name in REVIEWED.items():
        session.add(
            LogReview(
                id=uuid.uuid4(),
                gemeente_id=region.organisations[log_of[who]] if who in log_of else NO_TENANT,
                from_seq=1,
                until_seq=1,
                signals=0,
                finding=Finding.NIETS_BIJZONDERS,
                account_id=region.accounts[who],
                naam=name,
                reviewed_at=NOW,
            )
        )
    nobody = audit.entry(system_actor(NOW), Action.SIGN_IN)
    audit.note(session, audit.replace(nobody, chain_id=NO_TENANT, user_name=SEEN_AT_NIGHT))
    session.flush()


def end_of_time(session: Session, region: Region, case: Case) -> None:
    """This case of gemeente B is known to many people, and its file was not touched for sixteen years."""
    intake_id, leader = uuid.UUID(case.ids["intake_id"]), region.actor(session, "leader_b")
    mark.put(Act(session, leader, CLOCK), intake_id, MarkKind.BEKEND, reason="Een bekende naam.")
    session.flush()
    session.execute(update(Intake).where(Intake.id == intake_id).values(changed_at=NOW - LONG_AGO))
