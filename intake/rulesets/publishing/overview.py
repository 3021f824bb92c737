"""What waits for policy staff: open drafts with what their check found, rules to come, the end of those in force."""

from dataclasses import dataclass
from datetime import date, timedelta

from intake.access.act import Act
from intake.advice import in_force
from intake.advice.in_force import Standing, Version
from intake.rulesets.drafts import draft as ruleset_draft
from intake.rulesets.drafts.draft import DraftView
from intake.rulesets.inspection import inspection
from intake.rulesets.inspection.check import CheckReport
from intake.rulesets.inspection.inspection import Progress
from intake.tables.ruleset_inspection import InspectionKind

END_NEAR = timedelta(days=92)
"""So long before their last day it is told that the rules in force end: time to write and read the next."""


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft and its check: how far it is, and what it found when that is of the texts of now."""

    draft: DraftView
    progress: Progress
    report: CheckReport | None


@dataclass(frozen=True, slots=True)
class Overview:
    """`ends_on`: the last day of the rules in force when it is near and no rules follow; none otherwise."""

    drafts: tuple[OpenDraft, ...]
    coming: tuple[Version, ...]
    ends_on: date | None


def overview_of(act: Act, *, regio: str) -> Overview:
    """What waits, the draft last changed first.

    Raises:
        Forbidden: this is not for the actor's role.
    """
    today = act.clock.today()
    versions = in_force.versions(act.session, regio, on=today)
    coming = tuple(one for one in versions if one.standing is Standing.KOMT)
    ending = next((one.valid_to for one in versions if one.standing is Standing.GELDT), None)
    near = ending is not None and not coming and ending - today <= END_NEAR
    drafts = ruleset_draft.drafts(act, regio=regio)
    return Overview(tuple(_line(act, one) for one in drafts), coming, ending if near else None)


def _line(act: Act, draft: DraftView) -> OpenDraft:
    found = inspection.look(act, draft.id, InspectionKind.CONTROLE)
    return OpenDraft(draft, found.progress, found.outcome if isinstance(found.outcome, CheckReport) else None)
