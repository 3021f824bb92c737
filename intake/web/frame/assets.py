"""The stylesheet and the script of the pages: the small files of `static`, joined once, named by their content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from flask import Blueprint, Response, abort

from intake.access import Action
from intake.web.frame.access import action

STATIC = Path(__file__).parent.parent / "static"
A_YEAR = "public, max-age=31536000, immutable"
NEUTRAL = "neutraal"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: its name holds a hash of its content, so a browser may keep it for a year."""

    name: str
    content: bytes
    mimetype: str


@cache
def stylesheet(theme: str = NEUTRAL) -> Asset:
    """All tokens, those of the theme over the neutral ones, and all component files in the order of their names."""
    folders = [STATIC / "themes" / NEUTRAL / "tokens.css"]
    if theme != NEUTRAL:
        folders.append(STATIC / "themes" / theme / "tokens.css")
    return _joined("toegang", [*folders, *sorted((STATIC / "css").glob("*.css"))], "text/css")


@cache
def script() -> Asset:
    """The script of all pages; each page works without it."""
    return _joined("toegang", sorted((STATIC / "js").glob("*.js")), "text/javascript")


@cache
def themes() -> frozenset[str]:
    """The names of the themes there are."""
    return frozenset(folder.name for folder in (STATIC / "themes").iterdir() if (folder / "tokens.css").is_file())


@cache
def _by_name() -> Mapping[str, Asset]:
    assets = [script(), *(stylesheet(theme) for theme in themes())]
    return MappingProxyType({asset.name: asset for asset in assets})


@blueprint.get("/opmaak/<name>")
@action(Action.PUBLIC)
def show(name: str) -> Response:
    """The stylesheet or script of this name; 404 for one of another version."""
    asset = _by_name().get(name)
    if asset is None:
        abort(404)
    response = Response(asset.content, mimetype=asset.mimetype)
    response.headers["Cache-Control"] = A_YEAR
    return response


def _joined(stem: str, paths: list[Path], mimetype: str) -> Asset:
    content = "\n".join(path.read_text(encoding="utf-8") for path in paths).encode()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(f"{stem}-{digest}{paths[-1].suffix}", content, mimetype)
