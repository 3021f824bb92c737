"""Walks through the values of a letter, so that no text is forgotten when one is added."""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


def parts(value: object, path: str = "") -> Iterator[tuple[str, object, bool]]:
    """Every value inside `value`: dotted name, the value itself, whether it must be filled."""
    for field in fields(value) if is_dataclass(value) else ():
        inner = getattr(value, field.name)
        name = f"{path}.{field.name}" if path else field.name
        yield name, inner, _required(field)
        yield from _inside(inner, name)


def texts(value: object) -> Iterator[tuple[str, str]]:
    """Every text inside `value` with its dotted name."""
    return ((name, inner) for name, inner, _ in parts(value) if isinstance(inner, str))


def with_texts(value: T, change: Callable[[str], str]) -> T:
    """A copy of `value` in which every text has gone through `change`."""
    return _changed(value, change)  # type: ignore[no-any-return]  # a dataclass gives back its own kind


def _inside(value: object, name: str) -> Iterator[tuple[str, object, bool]]:
    if not isinstance(value, tuple):
        yield from parts(value, name)
        return
    for number, item in enumerate(value, start=1):
        yield f"{name}.{number}", item, True
        yield from _inside(item, f"{name}.{number}")


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if type(value) is str:  # an enum is a str too, and no text
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _changed(getattr(value, f.name), change) for f in fields(value)})
    return value
