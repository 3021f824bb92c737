"""Gemeenten as people write them: a name typed on a page becomes the CBS code that everything else uses."""

from difflib import get_close_matches

from config.gemeenten import GEMEENTEN, UnknownGemeente, find

_OTHER_NAMES = {
    "den haag": "GM0518", "'s-gravenhage": "GM0518", "the hague": "GM0518",
    "den bosch": "GM0796", "'s-hertogenbosch": "GM0796",
}  # fmt: skip
_LONGEST = 60


def code_of(text: str) -> str | None:
    """The code of the gemeente with this name or code, or None. Case and the kind of apostrophe do not matter."""
    name = text.strip().replace("’", "'").replace("‘", "'").replace("`", "'")
    if not name or len(name) > _LONGEST:
        return None
    if name.casefold() in _OTHER_NAMES:
        return _OTHER_NAMES[name.casefold()]
    try:
        return find(name).code
    except UnknownGemeente:
        return None


def is_code(text: str) -> bool:
    """Whether this is the CBS code of a gemeente, written exactly so."""
    return text in GEMEENTEN


def meant(text: str) -> str:
    """What was probably meant, as `Rotterdam (GM0599)`, or an empty text."""
    if len(text) > _LONGEST:
        return ""
    code = code_of(text)
    if code is None:
        names = {gemeente.naam.casefold(): gemeente.code for gemeente in GEMEENTEN.values()}
        close = get_close_matches(text.casefold(), names, n=1, cutoff=0.75)
        code = names[close[0]] if close else None
    return f"{GEMEENTEN[code].naam} ({code})" if code else ""


def name_of(code: str) -> str:
    """The name that a page shows for this code, or the text itself when it is none. `code_of` reads it back."""
    return GEMEENTEN[code].naam if code in GEMEENTEN else code
