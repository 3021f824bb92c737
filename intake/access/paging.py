"""A long list, a page at a time: counted, and fetched as far as the page goes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.action import Action
from intake.access.actor import Actor
from intake.tables.schema import Base

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, its number from 1, how many pages there are, and how many rows in all."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    total: int


def fetch_page(
    session: Session,
    actor: Actor,
    action: Action,
    model: type[Row],
    *where: ColumnElement[bool],
    order_by: Iterable[Any],
    page: int,
    size: int,
) -> Page[Row]:
    """The rows of page `page` that the actor may do `action` to; past the end, the last page. Logged as read."""
    count = select(func.count()).select_from(model).where(policy.scope(actor, action, model), *where)
    total = session.scalar(count) or 0
    pages = max(1, -(-total // size))
    number = min(max(1, page), pages)
    if not total:
        return Page((), number, pages, total)
    rows = policy.fetch_all(
        session, actor, action, model, *where, order_by=order_by, limit=size, offset=(number - 1) * size
    )
    return Page(tuple(rows), number, pages, total)
