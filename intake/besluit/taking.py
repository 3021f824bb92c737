"""A person decides: follow the advies, or deviate with a reason. Stored with name, function, mandate and facts.

Who decides by the register of mandates takes a besluit; anybody else refers the case to who does (`bevoegd`).
Deviating is a right and a duty (Awb 4:84) and takes one field more than following. Tonight's shelter
(`decide_overbrugging`, Wmo 2.3.3) can always be decided at once, whatever else is still open.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.advice import giving
from intake.besluit import expertise, mandate
from intake.case import days, standing, terms, timeline
from intake.case.decisions import CLOSED, CaseClosed, newest, reason_of
from intake.keys import sealing
from intake.letters import letter
from intake.tables.advice import StoredAdvice
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.deadline import DeadlineKind
from intake.tables.intake import Intake
from intake.tables.letter import LetterKind
from rules import Advice

LONGEST_REASON = 4000
NO_SHELTER = "geen"
CRISIS = "crisisdienst"


class ReasonMissing(ValueError):
    """Who deviates from the advies says why; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__(f"U wijkt af van het advies. Schrijf op waarom, in ten hoogste {LONGEST_REASON} tekens.")


class ReviewPending(RuntimeError):
    """The expertise function still looks at the case; the message says until when, and what can be done tonight."""

    def __init__(self, until: date) -> None:
        super().__init__(
            f"De expertisefunctie kijkt mee, uiterlijk tot {until:%d-%m-%Y}. Over de opvang van vannacht beslist u nu "
            "al zelf. Kunt u niet wachten? Trek de vraag dan in."
        )


@dataclass(frozen=True, slots=True)
class Route:
    """What is decided: what, for tonight, and where it goes. Values as in the advies."""

    voorzieningen: tuple[str, ...]
    overbrugging: str
    bestemming_soort: str
    bestemming_naam: str = ""
    bestemming_gemeente: str = ""


@dataclass(frozen=True, slots=True)
class Taking:
    """One besluit about to be taken: on which advies, what, about the traject or tonight, and why when it deviates."""

    stored: StoredAdvice
    route: Route
    kind: BesluitKind
    reden: str = ""


def follow(act: Act, intake_id: uuid.UUID) -> Besluit:
    """Decide as the newest advies says.

    Raises:
        NotFound: no such case, or not for this actor.
        CaseClosed: it is closed or withdrawn.
        ReviewPending: the expertise function was asked and its days are not over.
    """
    case, stored = _open_case(act.session, act.actor, intake_id)
    route = route_of(giving.opened(act.session, stored))
    return _decide(act, case, Taking(stored, route, BesluitKind.ROUTE))


def deviate(act: Act, intake_id: uuid.UUID, *, route: Route, reden: str) -> Besluit:
    """Decide otherwise than the newest advies, and say why.

    Raises:
        NotFound: no such case, or not for this actor.
        CaseClosed: it is closed or withdrawn.
        ReasonMissing: no reason, or too long a one.
        ReviewPending: the expertise function was asked and its days are not over.
    """
    case, stored = _open_case(act.session, act.actor, intake_id)
    return _decide(act, case, Taking(stored, route, BesluitKind.ROUTE, reden))


def decide_overbrugging(act: Act, intake_id: uuid.UUID, *, overbrugging: str, reden: str = "") -> Besluit:
    """Decide about tonight only, at once, pending the investigation (Wmo 2.3.3). Needs no mandate and no expertise.

    Raises:
        NotFound: no such case, or not for this actor.
        CaseClosed: it is closed or withdrawn.
        ReasonMissing: the advies says shelter tonight and this says none, without a reason.
    """
    case, stored = _open_case(act.session, act.actor, intake_id)
    route = replace(route_of(giving.opened(act.session, stored)), overbrugging=overbrugging)
    return _decide(act, case, Taking(stored, route, BesluitKind.OVERBRUGGING, reden))


def decide_as_expertise(act: Act, case: Intake, *, route: Route, reden: str) -> Besluit:
    """The review of the expertise function, where the mandate makes it the besluit; the caller checked that."""
    wanted = Taking(giving.latest(act.session, case.id), route, BesluitKind.ROUTE, reden)
    return _record(act, case, wanted, before=newest(act.session, case.id))


def route_of(given: Advice) -> Route:
    """What the advies says, as something to decide."""
    to = given.bestemming
    return Route(given.voorzieningen, given.overbrugging, to.soort, to.naam, to.gemeente)


def _open_case(session: Session, actor: Actor, intake_id: uuid.UUID) -> tuple[Intake, StoredAdvice]:
    case = policy.fetch(session, actor, Action.TAKE_BESLUIT, Intake, intake_id, lock=True)
    if case.state in CLOSED:
        raise CaseClosed
    return case, giving.latest(session, case.id)


def _decide(act: Act, case: Intake, wanted: Taking) -> Besluit:
    """Wait for the expertise function, but not past its day; tonight's shelter and crisis help wait for nobody."""
    before = newest(act.session, case.id)
    if before is not None and _is_same(act, before, wanted):
        return before
    request = expertise.open_for(act.session, case.id)
    waits = wanted.kind is BesluitKind.ROUTE and not _is_crisis(act.session, wanted)
    if waits and request is not None and act.clock.today() <= request.due_on:
        raise ReviewPending(request.due_on)
    return _record(act, case, wanted, before=before)


def _is_crisis(session: Session, wanted: Taking) -> bool:
    """Whether the advies itself leads to crisis help, and the route follows it there."""
    return CRISIS == wanted.route.bestemming_soort == giving.opened(session, wanted.stored).bestemming.soort


def _is_same(act: Act, before: Besluit, wanted: Taking) -> bool:
    """Whether the last besluit is this very one: the same person sent the same page twice."""
    sent = (wanted.kind, wanted.stored.id, act.actor.account_id)
    same_page = (before.kind, before.advice_id, before.bevestigd_door) == sent
    return same_page and _route(before) == wanted.route and reason_of(act.session, before) == wanted.reden.strip()


def _route(made: Besluit) -> Route:
    return Route(
        tuple(made.voorzieningen),
        made.overbrugging,
        made.bestemming_soort,
        made.bestemming_naam,
        made.bestemming_gemeente or "",
    )


def _record(act: Act, case: Intake, wanted: Taking, *, before: Besluit | None) -> Besluit:
    deviates = _deviates(wanted, route_of(giving.opened(act.session, wanted.stored)))
    reden = wanted.reden.strip()
    if (deviates and not reden) or len(wanted.reden) > LONGEST_REASON:
        raise ReasonMissing
    made = _row(act, case, wanted)
    made.wijkt_af, made.number = deviates, before.number + 1 if before else 1
    if reden:
        sealing.put(act.session, made, "reden", reden)
    sealing.put(act.session, made, "facts", sealing.get(act.session, case, "facts"))
    act.session.add(made)
    case.version += 1
    act.session.flush()
    audit.record(act.session, act.actor, Action.TAKE_BESLUIT, about=made)
    _follow_up(act, case, made)
    standing.settle(act.session, case)
    return made


def _row(act: Act, case: Intake, wanted: Taking) -> Besluit:
    stored, route = wanted.stored, wanted.route
    assert act.actor.account_id is not None
    assert act.actor.organisation_id is not None
    overbrugging = wanted.kind is BesluitKind.OVERBRUGGING or not route.voorzieningen
    product = mandate.OVERBRUGGING if overbrugging else route.voorzieningen[0]
    signed = mandate.signature(act.session, case.gemeente_id, product, act.clock.today())
    return Besluit(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        kind=wanted.kind,
        voorzieningen=list(route.voorzieningen),
        overbrugging=route.overbrugging,
        bestemming_soort=route.bestemming_soort,
        bestemming_naam=route.bestemming_naam,
        bestemming_gemeente=route.bestemming_gemeente or None,
        bevestigd_door=act.actor.account_id,
        naam=act.actor.naam,
        functie=act.actor.functie,
        organisation_id=act.actor.organisation_id,
        bevoegd=overbrugging or mandate.decides(signed, act.actor),
        namens=signed.namens,
        mandate_id=signed.mandate_id,
        decided_at=act.clock.now(),
        decided_on=act.clock.today(),
        advice_id=stored.id,
        advice_hash=stored.content_hash,
        ruleset=stored.ruleset,
        ruleset_hash=stored.ruleset_hash,
    )


def _deviates(wanted: Taking, advised: Route) -> bool:
    """Whether it differs from the advies; about tonight only giving less shelter than advised does."""
    if wanted.kind is BesluitKind.OVERBRUGGING:
        return wanted.route.overbrugging == NO_SHELTER and advised.overbrugging != NO_SHELTER
    return wanted.route != advised


def _follow_up(act: Act, case: Intake, made: Besluit) -> None:
    """Timeline, terms, and the letter."""
    today = act.clock.today()
    if made.kind is BesluitKind.OVERBRUGGING:
        text = "Besloten over de opvang van vannacht."
        timeline.tell(act, case, kind=timeline.OVERBRUGGING, text=text)
        return
    how = "in afwijking van het advies" if made.wijkt_af else "volgens het advies"
    what = "Besluit genomen" if made.bevoegd else "Gekozen voor een verwijzing naar wie hierover besluit"
    timeline.tell(act, case, kind=timeline.BESLUIT, text=f"{what}, {how}.")
    met = (DeadlineKind.ONDERZOEK, DeadlineKind.BESLUIT) if made.bevoegd else ()
    terms.meet(act.session, case, DeadlineKind.EERSTE_CONTACT, *met, today=today)
    if made.bevoegd:
        objection = terms.NewTerm(kind=DeadlineKind.BEZWAAR, starts_on=today, due_on=days.bezwaar_end(today))
        terms.begin(act.session, case, objection)
    wanted = letter.NewLetter(kind=LetterKind.VERWIJSBRIEF, sender=letter.sender_of(act.actor), besluit_id=made.id)
    letter.ask_for(act.session, case, wanted, clock=act.clock)
