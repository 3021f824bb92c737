"""A long list, a page at a time: counted, and fetched as far as the page goes."""

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


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a long list is wanted: the page, from 1, of so many rows each."""

    page: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[Row]):
    """What a list holds: the rows of `model` that meet `where` and to which `action` may be done, in this order."""

    action: Action
    model: type[Row]
    where: tuple[ColumnElement[bool], ...]
    order_by: tuple[Any, ...]


def fetch_page(session: Session, actor: Actor, listed: Listed[Row], part: Part) -> Page[Row]:
    """The rows of this part that the actor may do the action to; past the end, the last page. Logged as read."""
    action, model = listed.action, listed.model
    count = select(func.count()).select_from(model).where(policy.scope(actor, action, model), *listed.where)
    total = session.scalar(count) or 0
    pages = max(1, -(-total // part.size))
    number = min(max(1, part.page), pages)
    if not total:
        return Page((), number, pages, total)
    first = (number - 1) * part.size
    rows = policy.fetch_all(
        session, actor, action, model, *listed.where, order_by=listed.order_by, limit=part.size, offset=first
    )
    return Page(tuple(rows), number, pages, total)
