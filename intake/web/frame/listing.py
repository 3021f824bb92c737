"""Lists in pages: which page, how many, in what order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
PAGE_SIZE = 25
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """One page of a list: its items, its number from 1, the number of pages and of all items."""

    items: Sequence[Item]
    page: int
    pages: int
    total: int


def page_number(query: Mapping[str, str]) -> int:
    """The page that is asked for; 1 for whatever is not a page number."""
    text = query.get("pagina", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(LAST_PAGE)) else 1
    return max(1, number)


def chosen(query: Mapping[str, str], name: str, allowed: Sequence[str]) -> str:
    """The value of a filter when it is one of the allowed, else the first of these."""
    value = query.get(name, "")
    return value if value in allowed else allowed[0]


def cut(items: Sequence[Item], page: int, *, size: int = PAGE_SIZE) -> Listing[Item]:
    """The page of a list that is whole in memory; past the end, the last page."""
    pages = max(1, -(-len(items) // size))
    number = min(page, pages)
    return Listing(items[(number - 1) * size : number * size], number, pages, len(items))
