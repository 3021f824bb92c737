"""What stands beside the form: the advice on what is known so far, and the questions that can still change it."""

from dataclasses import dataclass

from flask import url_for

from forms import INTAKE_FORM
from intake.advice import advise_answers, regio_of, shelf
from intake.melding import DraftView
from intake.web.advice.route import Route, route_of
from intake.web.frame.access import the_actor
from intake.web.frame.request import clock, session, settings

MOST_LINKS = 3
"""So many fit beside the form on a laptop; all of them stand on the page of the intake."""


@dataclass(frozen=True, slots=True)
class Link:
    """An open question, and where it is answered."""

    url: str
    label: str
    can_change: str


def beside(found: DraftView) -> dict[str, object]:
    """What the templates of the form need: `advice`, `links` to open questions, and whether this is a crisis."""
    route = _route(found)
    return {"advice": route, "links": _links(found, route), "crisis": found.answers.get("acuut_gevaar") == "ja"}


def _route(found: DraftView) -> Route | None:
    """The advice on what is known; nothing before the first page was saved."""
    if not found.pages and not found.raw:
        return None
    regio = regio_of(the_actor().gemeente_code) or settings().region
    rules_of = shelf(session())
    return route_of(advise_answers(found.answers, regio=regio, on=clock().today(), rules_of=rules_of).advice)


def _links(found: DraftView, route: Route | None) -> list[Link]:
    if route is None:
        return []
    asked = INTAKE_FORM.asked(found.answers)
    open_ones = [one for one in route.open_questions if one.key in asked]
    return [
        Link(
            url_for("draft.show", draft_id=found.id, section_key=one.section, _anchor=f"vraag-{one.key}"),
            one.label,
            one.can_change,
        )
        for one in open_ones[:MOST_LINKS]
    ]
