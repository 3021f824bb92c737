"""One case, opened: everything that its own people may see of it, on one page."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from forms import INTAKE_FORM, ShownSection
from forms.client import client_name
from intake.access import grant, policy, restriction
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.rules import Relation
from intake.advice import giving as advice
from intake.besluit import expertise
from intake.case import caseworker, decisions, task, timeline
from intake.case import terms as deadline
from intake.case.terms import Term
from intake.keys import sealing
from intake.letters import letter
from intake.people.messages import message
from intake.people.organisations import reach
from intake.places import cover
from intake.referrals.viewing import view
from intake.tables.advice import StoredAdvice
from intake.tables.besluit import Besluit
from intake.tables.deadline import Task
from intake.tables.event import CaseEvent
from intake.tables.expertise import ExpertiseRequest
from intake.tables.intake import Intake
from intake.tables.letter import Letter
from intake.tables.organisation import Organisation
from intake.tables.referral import Referral, ReferralState
from rules import Advice

IN_AN_EMERGENCY = frozenset(
    {timeline.BESLUIT, timeline.OVERBRUGGING, timeline.VERWIJZING, timeline.GEEN_PLEK, timeline.GEEN_BED}
)
"""What of the timeline tells where help was decided on or asked."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with all that belongs to it; lists are newest or most pressing first.

    Attributes:
        name: the client's.
        restricted: whether its processing is restricted (AVG art. 18): it is read and nothing more.
        own: whether the case is the actor's own to work on; who only looks along reads a projection.
        decides: whether the actor may take a besluit: the own team, or the desk that the case was sent to.
        refers: whether the actor may send it on.
        opens: the referrals whose page the actor may open; of the others only how they stand.
        shown: the answers that the actor may read, by section.
        letters: those that the actor may open.
        reasons: why a besluit deviates, by its id.
        reviews: what the expertise function wrote, by the id of the question.
        emergency: whether the actor is here by emergency access, and gets what an emergency needs.
        caseworker: who looks after the case, with the number at which that team is reached now.
    """

    case: Intake
    name: str
    restricted: bool
    own: bool
    decides: bool
    refers: bool
    opens: frozenset[uuid.UUID]
    shown: tuple[ShownSection, ...]
    stored: StoredAdvice
    advice: Advice
    besluiten: tuple[Besluit, ...]
    reasons: Mapping[uuid.UUID, str]
    referrals: tuple[tuple[Referral, str], ...]
    knows: frozenset[uuid.UUID]
    letters: tuple[Letter, ...]
    requests: tuple[ExpertiseRequest, ...]
    reviews: Mapping[uuid.UUID, str]
    terms: tuple[Term, ...]
    tasks: tuple[Task, ...]
    events: tuple[CaseEvent, ...]
    emergency: bool
    caseworker: str

    @property
    def is_open(self) -> bool:
        """Whether something can still be done with it: not closed, not withdrawn."""
        return self.case.state not in decisions.CLOSED

    @property
    def awaited(self) -> frozenset[str]:
        """The purposes for which a receiver is being asked now."""
        return frozenset(one.purpose for one, _ in self.referrals if one.active)


def open_dossier(act: Act, intake_id: uuid.UUID) -> Dossier:
    """The case and what belongs to it; the messages about it count as read.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    case = policy.fetch(act.session, act.actor, Action.READ_INTAKE, Intake, intake_id)
    found = _opened(act, case)
    return for_emergency(found) if found.emergency else found


def for_emergency(found: Dossier) -> Dossier:
    """What an emergency needs: who it is, what is unsafe, where help is asked, whom to call; no letter, no opinion.

    Of what happened only what was decided and asked for; never the first day at a hidden place.
    """
    return replace(
        found,
        besluiten=(),
        reasons={},
        referrals=tuple(one for one in found.referrals if one[0].active or one[0].state is ReferralState.GEACCEPTEERD),
        knows=frozenset(),
        opens=frozenset(),
        letters=(),
        requests=(),
        reviews={},
        terms=(),
        tasks=(),
        events=tuple(one for one in found.events if one.kind in IN_AN_EMERGENCY),
    )


def _opened(act: Act, case: Intake) -> Dossier:
    by = policy.can(act.actor, Action.READ_INTAKE, case)
    own = bool(policy.can(act.actor, Action.EDIT_INTAKE, case))
    restricted = restriction.keeps(act.session, act.actor, case)
    answers = sealing.get(act.session, case, "answers")
    stored = advice.latest(act.session, case.id)
    besluiten, requests = decisions.besluiten_of(act.session, case.id), expertise.requests_of(act.session, case.id)
    referrals = view.referrals_of(act.session, act.actor, case.id)
    message.mark_subject_read(act, case.id)
    return Dossier(
        case=case,
        name=client_name(answers),
        restricted=restricted,
        own=own,
        decides=bool(policy.can(act.actor, Action.TAKE_BESLUIT, case)),
        refers=bool(policy.can(act.actor, Action.SEND_REFERRAL, case)),
        opens=frozenset(one.id for one, _ in referrals if own or policy.can(act.actor, Action.READ_REFERRAL, one)),
        shown=_everything(answers) if own or restricted else _projection(act.session, act.actor, case, answers),
        stored=stored,
        advice=advice.opened(act.session, stored),
        besluiten=besluiten,
        reasons={one.id: decisions.reason_of(act.session, one) for one in besluiten},
        referrals=referrals,
        knows=frozenset(one.id for one, _ in referrals if cover.knows(act.session, act.actor, one)),
        letters=tuple(
            one
            for one in letter.awaited_letters(act.session, case.id, clock=act.clock)
            if own or policy.can(act.actor, Action.READ_LETTER, one)
        ),
        requests=requests,
        reviews={one.id: sealing.get(act.session, one, "review") or "" for one in requests},
        terms=deadline.terms_of(act.session, case.id, act.clock.today()),
        tasks=task.tasks_of(act.session, case.id),
        events=timeline.timeline(act.session, case.id),
        emergency=by.rule.endswith(f"/{Relation.EMERGENCY}"),
        caseworker=_caseworker(act, case),
    )


def _caseworker(act: Act, case: Intake) -> str:
    number = reach.number_at(act.session.get_one(Organisation, case.organisation_id), act.clock.now())
    return ", ".join(part for part in (caseworker.caseworker_name(act.session, case), number) if part)


def show_bsn(session: Session, actor: Actor, intake_id: uuid.UUID) -> str:
    """The burgerservicenummer of the client; that it was shown is logged. Empty when it is not known.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    case = policy.fetch(session, actor, Action.SHOW_BSN, Intake, intake_id)
    return str(sealing.get(session, case, "answers").get("bsn", ""))


def _everything(answers: Mapping[str, Any]) -> tuple[ShownSection, ...]:
    """All answers, for who works on the case; the bsn stays covered until somebody asks for it."""
    found = (
        ShownSection(
            section.titel,
            tuple(
                (one.label, view.COVER if one.key == "bsn" else INTAKE_FORM.as_text(one.key, answers[one.key]))
                for one in section.questions
                if one.key in answers
            ),
        )
        for section in INTAKE_FORM.sections
    )
    return tuple(section for section in found if section.lines)


def _projection(session: Session, actor: Actor, case: Intake, answers: Mapping[str, Any]) -> tuple[ShownSection, ...]:
    """What the kind of receiver that the actor is for this case needs (Wmo 2015 art. 5.2.1); else nothing."""
    kind = grant.receiver_kind(session, actor, case.id)
    return view.covered(INTAKE_FORM.shown(answers, kind)) if kind else ()
