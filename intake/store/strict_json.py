"""JSON from outside, read strictly: what another reader could take to mean something else is refused.

Refused are a size over the limit, nesting over the limit, another encoding than UTF-8, NaN and infinities, numbers
too long to hold, double keys and lone surrogates (RFC 8259, and the readers that differ on it).
"""

import json
from typing import Any, NoReturn

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_DIGITS = 18


class UnreadableJson(ValueError):
    """The text is no JSON that we accept; the message is Dutch and says where and why."""


def read_json(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """The value that `data` holds.

    Args:
        data: UTF-8 text, with or without byte order mark.
        max_bytes: the longest text that is read.
        max_depth: the deepest nesting of lists and objects.

    Raises:
        UnreadableJson: it is not JSON, or JSON that we refuse.
    """
    if len(data) > max_bytes:
        raise UnreadableJson(
            f"De tekst is te groot: {len(data):,} bytes; toegestaan is {max_bytes:,}.".replace(",", ".")
        )
    text = _decode(data)
    _refuse_depth(text, max_depth)
    try:
        value = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_int=_parse_int,
            parse_float=_parse_float,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise UnreadableJson(f"Dit is geen JSON: regel {error.lineno}, teken {error.colno}.") from error
    _refuse_surrogates(value)
    return value


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableJson(
            f"De tekst is geen UTF-8: byte {error.start} klopt niet. Sla het bestand op als UTF-8."
        ) from None


def _refuse_depth(text: str, limit: int) -> None:
    """Count brackets outside strings before the parser recurses."""
    depth = 0
    quoted = escaped = False
    for character in text:
        if quoted:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                quoted = False
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            if depth > limit:
                raise UnreadableJson(f"De tekst is te diep genest; toegestaan zijn {limit} lagen.")
        elif character in "]}":
            depth -= 1


def _refuse_constant(name: str) -> NoReturn:
    raise UnreadableJson(f"“{name}” is geen getal dat wij aannemen.")


def _parse_int(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise UnreadableJson(f"Het getal {text[:12]}… is te lang; toegestaan zijn {MAX_DIGITS} cijfers.")
    return int(text)


def _parse_float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise UnreadableJson(f"Het getal {text[:20]} is te groot.")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise UnreadableJson(f"De sleutel “{double[:60]}” staat er twee keer.")
    return result


def _refuse_surrogates(value: Any) -> None:
    """An escaped lone surrogate is no character, and breaks whoever writes it later."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise UnreadableJson("De tekst bevat een half teken (\\ud800–\\udfff).") from None
