"""What every page shows around its own content: look, menu, who is logged in."""

from dataclasses import dataclass

from flask import Flask, request, url_for

from config.gemeenten import naam_van
from intake.access import Action, Actor, may
from intake.people.organisations import number_at
from intake.web.frame import assets
from intake.web.frame.access import current_actor

MENU = (
    ("Start", "home.show", Action.HOME),
    ("Intakes", "intake.index", Action.READ_INTAKE),
    ("Verwijzingen", "referral.index", Action.ANSWER_REFERRAL),
    ("Expertise", "expertise.index", Action.GIVE_REVIEW),
    ("Plekken", "place.index", Action.READ_PLACE),
    ("Regels", "rules.show", Action.READ_RULES),
    ("Accounts", "accounts.index", Action.MANAGE_ACCOUNTS),
    ("Koppelingen", "api_token.index", Action.MANAGE_ACCOUNTS),
    ("Inlogdienst", "oidc_settings.index", Action.MANAGE_SIGN_IN),
    ("Logboek", "log.index", Action.READ_AUDIT),
    ("Spoedtoegang", "break_glass.index", Action.WHO_LOOKED),
    ("Bewaren", "client_rights.destructions", Action.DESTROY_FILE),
)
BELONGS_TO = {
    "message": "home",
    "draft": "intake",
    "transfer": "intake",
    "term": "intake",
    "stay": "place",
    "oidc": "oidc_settings",
    "api": "api_token",
    "break": "break_glass",
}
"""Pages without an entry of their own, and the part of the house under which a person looks for them."""
DESTRUCTIONS = "/beheer/vernietiging"
"""Where files are destroyed: an entry of the menu, while the other pages of the client's rights hang on an intake."""


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


def register(app: Flask) -> None:
    """Hand the frame and a few words to every template."""
    app.context_processor(lambda: {"page": frame()})
    app.add_template_filter(naam_van, "gemeente")
    app.add_template_filter(number_at, "bel_nu")
    app.add_template_global(_may, "mag")


def _may(code: str) -> bool:
    """Whether who asks has a role for this action: to show a way in, never to keep somebody out."""
    actor = current_actor()
    return actor is not None and may(actor, Action(code))


def _menu(actor: Actor) -> tuple[MenuItem, ...]:
    part = (request.endpoint or "").split(".")[0].split("_")[0]
    here = BELONGS_TO.get(part, part)
    if request.path.startswith(DESTRUCTIONS):
        here = "client_rights"
    return tuple(
        MenuItem(label, url_for(endpoint), here == endpoint.split(".")[0])
        for label, endpoint, action in MENU
        if may(actor, action)
    )
