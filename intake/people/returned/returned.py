"""What was sent to the people of an organisation: what waits, what came back and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.people.staff.staff import managed
from intake.post.outgoing import ask_to_send
from intake.tables.account import Account
from intake.tables.organisation import Organisation
from intake.tables.outgoing import Outgoing, OutgoingState

PAGE_SIZE = 25
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PostLine:
    """One piece of post, to whom; not its text."""

    post: Outgoing
    naam: str


@dataclass(frozen=True, slots=True)
class PostList:
    """One page of the post, and how many pieces there are in all, of which `returned` came back."""

    lines: tuple[PostLine, ...]
    page: int
    pages: int
    total: int
    returned: int


def all_post(act: Act, *, page: int = 1) -> PostList:
    """The post to people of the organisations that the actor manages, newest first; past the end, the last page.

    Raises:
        Forbidden: the actor manages no accounts.
    """
    mine = Outgoing.organisation_id.in_([one.id for one in managed(act.session, act.actor)])
    total, returned = _count(act, mine), _count(act, mine, Outgoing.state == OutgoingState.TERUG)
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, page), pages)
    query = select(Outgoing, Account.naam).join(Account, Account.id == Outgoing.account_id).where(mine)
    query = query.order_by(Outgoing.asked_at.desc(), Outgoing.id)
    rows = act.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return PostList(tuple(PostLine(row[0], row[1]) for row in rows), number, pages, total, returned)


def send_again(act: Act) -> int:
    """Send all that came back once more; how many.

    Raises:
        Forbidden: the actor manages no accounts.
    """
    return sum(_send_again(act, one) for one in managed(act.session, act.actor))


def _send_again(act: Act, organisation: Organisation) -> int:
    returned = _returned(act, organisation)
    for row in returned:
        row.state, row.problem, row.attempts = OutgoingState.WACHT, "", 0
        ask_to_send(act.session, row, run_at=act.clock.now(), clock=act.clock)
    if returned:
        detail = f"post_opnieuw={len(returned)}"
        audit.record(act.session, act.actor, Action.MANAGE_ACCOUNTS, about=organisation, detail=detail)
    return len(returned)


def _returned(act: Act, organisation: Organisation) -> Sequence[Outgoing]:
    here = (Outgoing.organisation_id == organisation.id, Outgoing.state == OutgoingState.TERUG)
    query = select(Outgoing).where(*here)
    return act.session.scalars(query.order_by(Outgoing.asked_at).limit(MOST_AT_ONCE).with_for_update()).all()


def _count(act: Act, *where: ColumnElement[bool]) -> int:
    return act.session.scalar(select(func.count()).select_from(Outgoing).where(*where)) or 0
