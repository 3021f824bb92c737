"""The start page: what waits for this person, most urgent first, and one clear next step."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from intake import draft, expertise, message, place, referral_view, worklist
from intake.action import Action
from intake.actor import Actor
from intake.message import Subject
from intake.policy import may
from intake.tables.intake import IntakeState
from intake.tables.place import PlaceState
from intake.web.access import action, the_actor
from intake.web.request import clock, session

blueprint = Blueprint("home", __name__)

FIRST = 8
URGENT = ("U0", "U1")


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that is a link."""

    number: int
    label: str
    url: str
    urgent: bool = False


@blueprint.get("/")
@action(Action.HOME)
def show() -> ResponseReturnValue:
    """What waits, as far as the person's roles reach."""
    actor = the_actor()
    return render_template(
        "home/show.html",
        tiles=_tiles(actor),
        urgent=_urgent(actor),
        drafts=draft.open_drafts(session(), actor) if may(actor, Action.READ_DRAFT) else (),
        waiting=referral_view.inbox(session(), actor, size=FIRST) if may(actor, Action.ANSWER_REFERRAL) else None,
        requests=expertise.open_requests(session(), actor) if may(actor, Action.GIVE_REVIEW) else (),
        messages=[(one, _url(one.subject, one.subject_id)) for one in message.unread(session(), actor)],
        today=clock().today(),
    )


@blueprint.post("/berichten/gelezen")
@action(Action.HOME)
def read_all() -> ResponseReturnValue:
    """All messages are read."""
    for one in message.unread(session(), the_actor()):
        message.mark_read(session(), the_actor(), one.id, clock=clock())
    return redirect(url_for("home.show"), 303)


def _urgent(actor: Actor) -> worklist.CaseList | None:
    """The cases in which the next step is ours, most urgent first; none for who does not work on cases."""
    if not may(actor, Action.TAKE_BESLUIT):
        return None
    return worklist.cases(session(), actor, states=worklist.OUR_TURN, size=FIRST)


def _tiles(actor: Actor) -> list[Tile]:
    tiles = []
    if may(actor, Action.READ_INTAKE):
        tiles += _case_tiles(actor)
    if may(actor, Action.EDIT_PLACE):
        places = [one for one in place.my_places(session(), actor) if one.state is PlaceState.OPEN]
        tiles.append(Tile(sum(one.capaciteit - one.bezet for one in places), "plekken vrij", url_for("place.index")))
    return tiles


def _case_tiles(actor: Actor) -> list[Tile]:
    counts = worklist.counts(session(), actor)
    now = worklist.count(session(), actor, states=worklist.OPEN_STATES, urgenties=URGENT)
    return [
        Tile(now, "met spoed: vandaag", url_for("intake.index"), urgent=True),
        *(
            Tile(counts.get(state, 0), label, url_for("intake.index", staat=state.value), urgent=urgent)
            for state, label, urgent in (
                (IntakeState.INGEDIEND, "wachten op een besluit", False),
                (IntakeState.IN_EXPERTISE, "bij het expertiseteam", False),
                (IntakeState.VERWEZEN, "wachten op een antwoord", False),
                (IntakeState.GEEN_PLEK, "hebben nog geen plek", True),
            )
        ),
    ]


def _url(subject: str, subject_id: uuid.UUID) -> str:
    """The page that a message is about."""
    if subject == Subject.INTAKE:
        return url_for("intake.show", intake_id=subject_id)
    if subject == Subject.VERWIJZING:
        return url_for("referral.show", referral_id=subject_id)
    if subject == Subject.EXPERTISE:
        return url_for("expertise.show", request_id=subject_id)
    if subject == Subject.SPOEDTOEGANG:
        return url_for("break_glass.index")
    if subject == Subject.LOGBOEK:
        return url_for("log.signals")
    return url_for("home.show")
