"""Verbs that refuse of themselves, also where the page that calls them has been refused before."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from forms import Reading
from intake.access import row_security
from intake.access.act import Act
from intake.access.actor import Actor
from intake.access.policy import NotFound
from intake.besluit import expertise, review, taking
from intake.case import lookup
from intake.dossier import urgency
from intake.keys import sealing
from intake.letters import shield
from intake.login.providers import settings
from intake.login.reaching.fetch import Fetcher
from intake.melding import draft
from intake.referrals.sending import start
from intake.referrals.transfers import transfer
from intake.referrals.viewing import view
from intake.rights import correction
from intake.tables.expertise import ExpertiseRequest
from intake.tables.intake import Intake
from tests.house.access.cases import Case
from tests.house.access.world import AccessWorld
from tests.intake.region import CLOCK, NOW

NOTHING_TYPED = Reading({}, {}, {})
NO_SHELTER = taking.Route((), "geen", "gemeente")


@dataclass(frozen=True, slots=True)
class Refused:
    """A verb that finds nothing in a situation, whichever of these persons asks."""

    persons: tuple[str, ...]
    situation: str
    ask: Callable[[Session, Actor, Case], object]


def _save(session: Session, actor: Actor, case: Case) -> object:
    which = _id(case, "draft_id")
    return draft.save_draft(
        Act(session, actor, CLOCK), which, draft.TypedPage(section="spoed", reading=NOTHING_TYPED), version=2
    )


def _correct(session: Session, actor: Actor, case: Case) -> object:
    which = _id(case, "intake_id")
    return correction.correct(
        Act(session, actor, CLOCK), which, correction.Improvement(reading=NOTHING_TYPED, reason="Fout."), version=1
    )


def _refer(session: Session, actor: Actor, case: Case) -> object:
    return start.refer_as_decided(Act(session, actor, CLOCK), _id(case, "intake_id"))


def _propose(session: Session, actor: Actor, case: Case) -> object:
    nowhere = uuid.UUID(int=1)
    return transfer.propose(
        Act(session, actor, CLOCK), _id(case, "intake_id"), receiver_id=nowhere, reden="Zijn zus woont daar."
    )


def _known(session: Session, actor: Actor, case: Case) -> object:
    return lookup.cases_with_bsn(session, actor, case.bsn)


def _set_sign_in(session: Session, actor: Actor, case: Case) -> object:
    wanted = settings.Wanted(naam="", issuer="", client_id="", van=NOW.date())
    which = _id(case, "identity_provider_id")
    return settings.change(Act(session, actor, CLOCK), which, wanted, fetcher=Fetcher())


def _decide(session: Session, actor: Actor, case: Case) -> object:
    return taking.follow(Act(session, actor, CLOCK), _id(case, "intake_id"))


def _open_question(session: Session, actor: Actor, case: Case) -> object:
    return expertise.open_request(session, actor, _id(case, "request_id"))


def _answer_question(session: Session, actor: Actor, case: Case) -> object:
    which = _id(case, "request_id")
    return review.give_review(Act(session, actor, CLOCK), which, review="Passend.", route=NO_SHELTER)


def _urgencies(session: Session, actor: Actor, case: Case) -> object:
    return expertise.urgencies(session, actor, [ExpertiseRequest(intake_id=_id(case, "intake_id"))])


def _readvise(session: Session, actor: Actor, case: Case) -> object:
    return urgency.readvise(Act(session, actor, CLOCK), _id(case, "intake_id"))


def _show_bsn(session: Session, actor: Actor, case: Case) -> object:
    return view.show_bsn(session, actor, _id(case, "first_referral_id"))


def _how_a_letter_goes(session: Session, actor: Actor, case: Case) -> object:
    """Of a client whose address is secret, whom nobody asked how she is reached safely."""
    with row_security.across_tenants(session):
        hidden = session.get_one(Intake, _id(case, "intake_id"))
        sealing.put(session, hidden, "answers", {**sealing.get(session, hidden, "answers"), "geheim_adres": "ja"})
        session.flush()
    return [True] if shield.asks_first(session, actor, _id(case, "letter_id")) else []


VERBS: Mapping[str, Refused] = {
    "draft.save_draft": Refused(("stranger", "desk", "leader_b"), "eigen", _save),
    "correction.correct": Refused(("leader_b",), "eigen", _correct),
    "referral_start.refer_as_decided": Refused(("stranger", "desk", "leader_b"), "verwezen", _refer),
    "transfer.propose": Refused(("stranger", "desk", "leader_b"), "verwezen", _propose),
    "oidc_settings.change": Refused(("beheerder",), "verwezen", _set_sign_in),
    "lookup.cases_with_bsn": Refused(("desk", "haven", "expert"), "ander", _known),
    "taking.follow": Refused(("stranger", "desk", "leader_b"), "eigen", _decide),
    "expertise.open_request": Refused(("worker", "expert_b"), "expertise", _open_question),
    "review.give_review": Refused(("worker", "expert_b"), "expertise", _answer_question),
    "expertise.urgencies": Refused(("expert_b", "stranger"), "expertise", _urgencies),
    "urgency.readvise": Refused(("worker", "leader"), "eigen", _readvise),
    "view.show_bsn": Refused(("anker", "haven"), "doorgestuurd", _show_bsn),
    "shield.asks_first": Refused(("fg", "beleid", "stranger"), "eigen", _how_a_letter_goes),
}


def open_verbs(world: AccessWorld, verb: str) -> Iterator[str]:
    """To whom of those to whom it must be closed this verb is open."""
    wanted = VERBS[verb]
    for person in wanted.persons:
        with world.undone(), world.app.extensions["toegang.database"].session() as session:
            actor = world.region.actor(session, person)
            row_security.bind(session, actor)
            if not _finds_nothing(wanted, session, actor, world.cases[wanted.situation]):
                yield f"{verb} for {person}"


def _finds_nothing(wanted: Refused, session: Session, actor: Actor, case: Case) -> bool:
    try:
        return wanted.ask(session, actor, case) in ([], (), {})
    except NotFound:
        return True
    except (ValueError, RuntimeError, LookupError):
        return False  # past the lock, and wrong in another way


def _id(case: Case, name: str) -> uuid.UUID:
    return uuid.UUID(case.ids[name])
