"""What every page shows around its own content: look, menu, who is logged in."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from config.gemeenten import naam_van
from intake.access import Action, Actor, may
from intake.people.organisations import number_at
from intake.web.frame import assets
from intake.web.frame.access import current_actor
from intake.web.frame.menu import Entry

MENU = "toegang.menu"


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the main menu."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What `layout.html` needs, whatever the page."""

    stylesheet: str
    script: str
    actor: Actor | None
    may_start: bool
    navigation: tuple[MenuItem, ...]


def frame() -> Frame:
    """The frame for who asks."""
    actor = current_actor()
    return Frame(
        stylesheet=url_for("assets.show", name=assets.stylesheet(theme_of(actor)).name),
        script=url_for("assets.show", name=assets.script().name),
        actor=actor,
        may_start=actor is not None and actor.tenant_id is not None and may(actor, Action.START_DRAFT),
        navigation=_menu(actor) if actor else (),
    )


def theme_of(actor: Actor | None) -> str:
    """The theme of the gemeente that the actor works for when there is one, else the neutral one."""
    code = actor.gemeente_code if actor and actor.tenant_id else None
    name = naam_van(code).lower().replace(" ", "-") if code else assets.NEUTRAL
    return name if name in assets.themes() else assets.NEUTRAL


def register(app: Flask, entries: Iterable[Entry]) -> None:
    """Hand the frame and a few words to every template; `entries` are the main menu, in this order."""
    app.extensions[MENU] = tuple(entries)
    app.context_processor(lambda: {"page": frame()})
    app.add_template_filter(naam_van, "gemeente")
    app.add_template_filter(number_at, "bel_nu")
    app.add_template_global(_may, "mag")


def _may(code: str) -> bool:
    """Whether who asks has a role for this action: to show a way in, never to keep somebody out."""
    actor = current_actor()
    return actor is not None and may(actor, Action(code))


def _menu(actor: Actor) -> tuple[MenuItem, ...]:
    here = request.endpoint or ""
    entries: tuple[Entry, ...] = current_app.extensions[MENU]
    return tuple(
        MenuItem(one.label, url_for(one.endpoint), one.holds(here)) for one in entries if may(actor, one.action)
    )
