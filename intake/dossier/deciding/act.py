"""One act of decision behind every door: built, held against what was seen, recorded, and sent on."""

import uuid

from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.advice import giving
from intake.besluit import review as reviewing
from intake.besluit import taking
from intake.besluit.taking import Route
from intake.case import decisions
from intake.dossier.deciding.choice import Decided, Keuze, NothingDeviates, Overtaken, Seen, Wanted
from intake.dossier.deciding.route import wanted_route
from intake.dossier.deciding.succession import Hanging, hanging, succeed
from intake.referrals.sending import start
from intake.tables.advice import StoredAdvice
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.expertise import ExpertiseRequest, ReviewWeight
from intake.tables.intake import Intake
from intake.tables.organisation import OrganisationKind


def decide(act: Act, intake_id: uuid.UUID, wanted: Wanted) -> Decided:
    """Record what a person decided on what was seen, deal with what hung before, and send the case on.

    The same sent twice gives the besluit that is there. When it raises, the caller rolls back.

    Raises:
        NotFound: no such case, or not for this actor.
        CaseClosed: it is closed or withdrawn.
        Overtaken: there is another advies or besluit than was seen, or a new besluit would do something else.
        NothingDeviates: a deviation in which nothing deviates.
        ReasonMissing: a deviation without a reason, or with too long a one.
        UnknownReceiver: the chosen organisation receives no cases.
        ReviewPending: the expertise function was asked and its days are not over.
    """
    case = policy.fetch(act.session, act.actor, Action.TAKE_BESLUIT, Intake, intake_id, lock=True)
    stored, before = giving.latest(act.session, case.id), decisions.newest(act.session, case.id)
    if stored.content_hash != wanted.seen.advies_hash:
        raise Overtaken("Er is intussen een ander advies.")
    hung = hanging(act.session, act.actor, case.id)
    made = _take(act, stored, wanted)
    is_new = made is not before
    ended = hung if is_new and made.kind is BesluitKind.ROUTE else None
    _refuse_late(wanted.seen, made, ended)
    if ended is not None:
        succeed(act, case, ended)
    sent = start.refer_as_decided(act, case.id) if wanted.verwijzen else None
    return Decided(made, is_new, ended or Hanging(), sent, hands_over=_hands_over(act.session, case))


def decide_by_review(act: Act, request_id: uuid.UUID, *, review: str, route: Route) -> ExpertiseRequest:
    """The answer of the expertise function; where it is the besluit, what hung under the one before is dealt with.

    Raises:
        NotFound: no such question, or not for this actor.
        ReviewRefused: no text, too much of it, or answered already.
    """
    case = policy.fetch(act.session, act.actor, Action.GIVE_REVIEW, ExpertiseRequest, request_id).intake_id
    hung = hanging(act.session, act.actor, case)
    request = reviewing.give_review(act, request_id, review=review, route=route)
    if request.weight is ReviewWeight.BESLUIT:
        succeed(act, act.session.get_one(Intake, case), hung)
    return request


def _take(act: Act, stored: StoredAdvice, wanted: Wanted) -> Besluit:
    case_id = stored.intake_id
    if wanted.keuze is Keuze.VOLGEN:
        return taking.follow(act, case_id)
    if wanted.keuze is Keuze.VANNACHT:
        what, reden = wanted.overbrugging, wanted.reden
        return taking.decide_overbrugging(act, case_id, overbrugging=what, reden=reden)
    advised = taking.route_of(giving.opened(act.session, stored))
    route = wanted_route(act.session, wanted, advised)
    if route == advised:
        raise NothingDeviates
    return taking.deviate(act, case_id, route=route, reden=wanted.reden)


def _hands_over(session: Session, case: Intake) -> bool:
    decided = decisions.newest(session, case.id, BesluitKind.ROUTE)
    return decided is not None and decided.bestemming_soort == OrganisationKind.ANDERE_REGIO


def _refuse_late(seen: Seen, made: Besluit, ended: Hanging | None) -> None:
    """The same sent twice gives the same besluit, with its own number, and ends nothing: it passes."""
    if seen.besluiten is not None and made.number > seen.besluiten + 1:
        raise Overtaken("Iemand anders besloot intussen over deze zaak.")
    if ended is not None and seen.gevolgen not in (None, ended.token):
        raise Overtaken("Er is intussen iets veranderd aan de verwijzingen van deze zaak.")
