"""The start page: what waits for this person, most urgent first, and one clear next step."""

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from intake import besluit, dossier, log, melding, places
from intake.access import Act, Action, Actor, may
from intake.people import messages
from intake.referrals import viewing
from intake.rulesets.publishing import Overview, overview_of
from intake.tables.intake import IntakeState
from intake.tables.place import PlaceState
from intake.web.frame.access import action, the_actor
from intake.web.frame.request import clock, session, settings
from intake.web.people.message import lines_of
from rules.values import TODAY

blueprint = Blueprint("home", __name__)

FIRST = 8
NEWEST = 6


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
    requests = besluit.open_requests(session(), actor) if may(actor, Action.GIVE_REVIEW) else ()
    return render_template(
        "dossier/home/show.html",
        tiles=_tiles(actor),
        urgent=_urgent(actor),
        drafts=melding.open_drafts(session(), actor) if may(actor, Action.READ_DRAFT) else (),
        waiting=viewing.first_to_answer(session(), actor, size=FIRST) if may(actor, Action.ANSWER_REFERRAL) else None,
        requests=requests,
        urgencies=besluit.urgencies(session(), actor, requests),
        rules=_rules(actor),
        log_overdue=log.is_overdue(Act(session(), actor, clock())),
        messages=lines_of(messages.unread(session(), actor, limit=NEWEST)),
        today=clock().today(),
    )


def _urgent(actor: Actor) -> dossier.CaseList | None:
    """The cases in which the next step is ours, most urgent first; none for who does not work on cases."""
    if not may(actor, Action.TAKE_BESLUIT):
        return None
    return dossier.our_turn(session(), actor, size=FIRST)


def _rules(actor: Actor) -> Overview | None:
    """The drafts and the rules to come, for who writes them."""
    if not may(actor, Action.EDIT_RULES):
        return None
    return overview_of(Act(session(), actor, clock()), regio=settings().region)


def _tiles(actor: Actor) -> list[Tile]:
    tiles = []
    if may(actor, Action.READ_INTAKE):
        tiles += _case_tiles(actor)
    if may(actor, Action.EDIT_PLACE):
        mine = places.my_places(session(), actor)
        free = sum(one.capaciteit - one.bezet for one in mine if one.state is PlaceState.OPEN)
        tiles += [Tile(free, "plekken vrij", url_for("place.index"))] if mine else []
    return tiles


def _case_tiles(actor: Actor) -> list[Tile]:
    counts = dossier.counts(session(), actor)
    now = counts.of(*dossier.OPEN_STATES, urgenties=TODAY)
    return [
        Tile(now, "met spoed: vandaag", url_for("intake.index"), urgent=True),
        *(
            Tile(counts.of(state), label, url_for("intake.index", staat=state.value), urgent=urgent)
            for state, label, urgent in (
                (IntakeState.INGEDIEND, "wachten op een besluit", False),
                (IntakeState.IN_EXPERTISE, "bij het expertiseteam", False),
                (IntakeState.VERWEZEN, "zijn verwezen", False),
                (IntakeState.GEEN_PLEK, "hebben nog geen plek", True),
            )
        ),
    ]
