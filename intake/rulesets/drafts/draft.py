"""Drafts of rule sets: a copy of what is in force, changed by policy staff, published by a second person.

Every step stands in the audit log. What a draft says has no effect on anybody until the day it comes into force.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.advice import in_force
from intake.tables.account import Account
from intake.tables.audit import Outcome
from intake.tables.ruleset import RulesetDraft, RulesetDraftState
from rules.editing import NoSuchKey, with_value
from rules.reading import HEAD
from rules.shelf import FILE_NAME, MAX_FILE, Bundle

A_YEAR = timedelta(days=364)
LONGEST_NOTE = 4_000


class DraftGone(RuntimeError):
    """The draft was published or thrown away; nothing more can be changed. The message is Dutch."""


class DraftChanged(RuntimeError):
    """Somebody else saved the draft meanwhile; nothing was overwritten. The message is Dutch."""


class NotAllowed(ValueError):
    """What was asked cannot be; the message is Dutch and says what can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """From when to when a draft is to be in force, and what changes and why."""

    valid_from: date
    valid_to: date
    note: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as a page shows it."""

    id: uuid.UUID
    version: int
    state: RulesetDraftState
    bundle: Bundle
    base: Bundle
    based_on: str
    outdated: bool
    """Whether the set that it is a copy of is no longer the one in force."""
    note: str
    editors: tuple[uuid.UUID, ...]
    created_by: str
    changed_by: str
    changed_at: datetime

    @property
    def regio(self) -> str:
        """The region it is for."""
        return self.bundle.regio

    @property
    def valid_from(self) -> date:
        """The day on which it is to come into force."""
        return self.bundle.day

    @property
    def changed_files(self) -> frozenset[str]:
        """The files that say something else than those it began with."""
        names = {*self.bundle.own, *self.base.own}
        return frozenset(name for name in names if self.bundle.own.get(name) != self.base.own.get(name))


def start(act: Act, *, regio: str) -> uuid.UUID:
    """Begin a draft as a copy of the rules in force.

    Raises:
        Forbidden: the actor does not write rules.
        NoRuleSet: there is nothing in force to copy.
    """
    policy.require(act.actor, Action.EDIT_RULES)
    base = in_force.bundle_in_force(act.session, regio, act.clock.today())
    based = in_force.rules_in_force(act.session, regio, act.clock.today())
    first = _free_day(act.session, regio, act.clock.today())
    account = account_of(act.actor)
    made = RulesetDraft(
        id=uuid.uuid4(),
        regio=regio,
        valid_from=first,
        based_on=based.id,
        based_on_hash=based.hash,
        own=_planned(dict(base.own), regio, first, max(based.valid_to, first + A_YEAR)),
        editors=[str(account)],
        created_at=act.clock.now(),
        created_by=account,
        changed_at=act.clock.now(),
        changed_by=account,
    )
    act.session.add(made)
    act.session.flush()
    audit.record(act.session, act.actor, Action.EDIT_RULES, about=made, detail=f"concept begonnen van={based.id}")
    return made.id


def drafts(act: Act, *, regio: str) -> tuple[DraftView, ...]:
    """The open drafts of a region, last changed first."""
    rows = policy.fetch_all(
        act.session,
        act.actor,
        Action.EDIT_RULES,
        RulesetDraft,
        RulesetDraft.regio == regio,
        RulesetDraft.state == RulesetDraftState.OPEN,
        order_by=(RulesetDraft.changed_at.desc(),),
    )
    return tuple(_view(act.session, row, act.clock) for row in rows)


def open_draft(act: Act, draft_id: uuid.UUID) -> DraftView:
    """One draft.

    Raises:
        NotFound: there is none.
    """
    return _view(
        act.session, policy.fetch(act.session, act.actor, Action.EDIT_RULES, RulesetDraft, draft_id), act.clock
    )


def save_files(act: Act, draft_id: uuid.UUID, *, files: Mapping[str, str], version: int) -> None:
    """Replace these files; faults in them are kept and shown, so that no work is lost.

    Raises:
        NotFound, DraftGone, DraftChanged: it is not there, closed, or another version.
        NotAllowed: no file can have such a name, or a text is too long.
    """
    for name, text in files.items():
        if FILE_NAME.fullmatch(name) is None or len(text) > MAX_FILE or "\0" in text:
            raise NotAllowed(f"Het bestand {name[:60]} kan zo niet worden bewaard.")
    row = open_row(act.session, act.actor, draft_id, version)
    row.own = {**row.own, **{name: text.replace("\r\n", "\n") for name, text in files.items()}}
    _touch(row, act.actor, act.clock)
    audit.record(act.session, act.actor, Action.EDIT_RULES, about=row, detail=f"bestanden={','.join(sorted(files))}")


def plan(act: Act, draft_id: uuid.UUID, wanted: Planning, *, version: int) -> None:
    """Say from when to when it is to be in force, and what changes and why.

    Raises:
        NotFound, DraftGone, DraftChanged: it is not there, closed, or another version.
        NotAllowed: the day is not in the future or taken, the last day lies before it, or the head cannot be read.
    """
    row = open_row(act.session, act.actor, draft_id, version)
    refuse_day(act.session, row.regio, wanted.valid_from, act.clock)
    if wanted.valid_to < wanted.valid_from:
        raise NotAllowed("De laatste dag ligt voor de eerste dag.")
    try:
        row.own = _planned(dict(row.own), row.regio, wanted.valid_from, wanted.valid_to)
    except NoSuchKey as error:
        raise NotAllowed(f"Het bestand {HEAD} is nu niet te lezen ({error}). Verbeter dat eerst.") from error
    row.valid_from, row.note = wanted.valid_from, wanted.note.strip()[:LONGEST_NOTE]
    _touch(row, act.actor, act.clock)
    audit.record(act.session, act.actor, Action.EDIT_RULES, about=row, detail=f"gepland van={wanted.valid_from}")


def discard(act: Act, draft_id: uuid.UUID, *, version: int) -> None:
    """Throw a draft away.

    Raises:
        NotFound, DraftGone, DraftChanged: it is not there, closed, or another version.
    """
    row = open_row(act.session, act.actor, draft_id, version)
    row.state = RulesetDraftState.WEGGEGOOID
    _touch(row, act.actor, act.clock)
    audit.record(act.session, act.actor, Action.EDIT_RULES, about=row, detail="concept weggegooid")


def _view(session: Session, row: RulesetDraft, clock: Clock) -> DraftView:
    base = _base(session, row, clock)
    names = {account: session.get_one(Account, account).naam for account in {row.created_by, row.changed_by}}
    return DraftView(
        id=row.id,
        version=row.version,
        state=row.state,
        bundle=texts_of(session, row, clock),
        base=base,
        based_on=row.based_on,
        outdated=is_outdated(session, row, clock),
        note=row.note,
        editors=tuple(uuid.UUID(account) for account in row.editors),
        created_by=names[row.created_by],
        changed_by=names[row.changed_by],
        changed_at=row.changed_at,
    )


def texts_of(session: Session, row: RulesetDraft, clock: Clock) -> Bundle:
    """The texts of a draft on the ground of today: the facts and the national set that are in force."""
    base = in_force.shipped_bundle(row.regio) or _base(session, row, clock)
    return replace(base, day=row.valid_from, own=MappingProxyType(dict(row.own)))


def _base(session: Session, row: RulesetDraft, clock: Clock) -> Bundle:
    day = date.fromisoformat(row.based_on.rpartition("/")[2])
    return in_force.bundle_in_force(session, row.regio, min(day, clock.today()))


def is_outdated(session: Session, row: RulesetDraft, clock: Clock) -> bool:
    """Whether the set that a draft is a copy of is no longer the one in force."""
    return in_force.rules_in_force(session, row.regio, clock.today()).hash != row.based_on_hash


def open_row(session: Session, actor: Actor, draft_id: uuid.UUID, version: int) -> RulesetDraft:
    """The row of an open draft, locked, if it is still the version that the actor looked at.

    Raises:
        NotFound, DraftGone, DraftChanged: it is not there, closed, or another version.
    """
    row = policy.fetch(session, actor, Action.EDIT_RULES, RulesetDraft, draft_id, lock=True)
    if row.state is not RulesetDraftState.OPEN:
        raise DraftGone(f"Dit concept is {row.state}. Er kan niets meer in veranderen.")
    if row.version != version:
        raise DraftChanged("Iemand anders wijzigde dit concept intussen. Uw wijziging is nog niet bewaard.")
    return row


def _touch(row: RulesetDraft, actor: Actor, clock: Clock) -> None:
    account = account_of(actor)
    row.version += 1
    row.changed_at, row.changed_by = clock.now(), account
    if str(account) not in row.editors:
        row.editors = [*row.editors, str(account)]


def account_of(actor: Actor) -> uuid.UUID:
    """Who acts; a job is nobody and writes no rules.

    Raises:
        Forbidden: there is no person.
    """
    if actor.account_id is None:
        raise policy.Forbidden(audit.entry(actor, Action.EDIT_RULES, outcome=Outcome.REFUSED))
    return actor.account_id


def _planned(own: dict[str, str], regio: str, first: date, last: date) -> dict[str, str]:
    head = with_value(own.get(HEAD, ""), ("id",), f"{regio}/{first.isoformat()}")
    head = with_value(head, ("geldig_van",), first.isoformat())
    return {**own, HEAD: with_value(head, ("geldig_tot",), last.isoformat())}


def refuse_day(session: Session, regio: str, day: date, clock: Clock) -> None:
    """Go on only if rules can come into force on this day.

    Raises:
        NotAllowed: it is not in the future, or taken.
    """
    if day <= clock.today():
        raise NotAllowed("De eerste dag moet in de toekomst liggen.")
    if day in in_force.first_days(session, regio):
        raise NotAllowed("Op die dag gaan al andere regels in. Kies een andere dag.")


def _free_day(session: Session, regio: str, today: date) -> date:
    """The first of the next month; if that is taken, the day after."""
    day = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    taken = in_force.first_days(session, regio)
    while day in taken:
        day += timedelta(days=1)
    return day
