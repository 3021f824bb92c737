"""Drafts: every page that is typed is kept, also with an error in it, and two tabs never overwrite each other."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from config.clock import Clock
from forms import INTAKE_FORM, Reading
from forms.client import client_name
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor, system_actor
from intake.access.audit import audit
from intake.keys import sealing
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.store.outbox import job
from intake.tables.draft import Draft, DraftState
from intake.tables.job import JobKind

LIFE = timedelta(days=30)
"""How long an untouched draft is kept; each save starts it anew."""
WARNING = timedelta(days=7)
"""How long before the end its people are told."""


class EditConflict(RuntimeError):
    """Somebody (perhaps you, in another tab) saved this draft since you opened it. Nothing was overwritten.

    `yours` is the page as you sent it, `theirs` the draft as it is now.
    """

    def __init__(self, yours: Reading, theirs: "DraftView") -> None:
        super().__init__("Dit concept is intussen ergens anders opgeslagen. Vergelijk en kies wat u wilt houden.")
        self.yours = yours
        self.theirs = theirs


class DraftClosed(RuntimeError):
    """The draft was submitted, thrown away or ended; it can be changed no more."""

    def __init__(self, draft: "DraftView") -> None:
        super().__init__(_CLOSED[draft.state])
        self.draft = draft


_CLOSED = {
    DraftState.OPEN: "",
    DraftState.INGEDIEND: "Dit concept is al ingediend. U vindt de melding in het overzicht.",
    DraftState.WEGGEGOOID: "Dit concept is weggegooid. Begin een nieuwe melding.",
    DraftState.VERLOPEN: "Dit concept was te lang niet bewerkt en is verlopen. Begin een nieuwe melding.",
}


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft, opened.

    Attributes:
        answers: all answers so far.
        raw: per section with an error, the texts as they were typed.
        pages: the sections that were saved without an error.
        title: the client's name as far as known; for people, not for URLs or logs.
    """

    id: uuid.UUID
    version: int
    state: DraftState
    answers: Mapping[str, Any]
    raw: Mapping[str, Mapping[str, Sequence[str]]]
    pages: frozenset[str]
    title: str
    updated_at: datetime
    expires_at: datetime
    intake_id: uuid.UUID | None


def start_draft(act: Act) -> DraftView:
    """A new draft, with today as day of the melding and the actor's gemeente as the one turned to.

    Raises:
        Forbidden: the actor's role takes no meldingen, or works for no gemeente.
    """
    policy.require(act.actor, Action.START_DRAFT)
    if act.actor.tenant_id is None or act.actor.organisation_id is None or act.actor.account_id is None:
        raise policy.Forbidden(audit.entry(act.actor, Action.START_DRAFT))
    now = act.clock.now()
    draft = Draft(
        id=uuid.uuid4(),
        gemeente_id=act.actor.tenant_id,
        organisation_id=act.actor.organisation_id,
        account_id=act.actor.account_id,
        state=DraftState.OPEN,
        version=1,
        form_version=INTAKE_FORM.version,
        pages=[],
        created_at=now,
        updated_at=now,
        expires_at=now + LIFE,
    )
    sealing.put(act.session, draft, "answers", _first_answers(act.actor, act.clock))
    sealing.put(act.session, draft, "raw", {})
    act.session.add(draft)
    act.session.flush()
    audit.record(act.session, act.actor, Action.START_DRAFT, about=draft)
    job.ask(
        act.session,
        job.NewJob(JobKind.CONCEPT_VERLOOPT, {"draft_id": str(draft.id)}, run_at=draft.expires_at - WARNING),
        clock=act.clock,
    )
    return view(act.session, draft)


def open_draft(session: Session, actor: Actor, draft_id: uuid.UUID) -> DraftView:
    """The draft, opened.

    Raises:
        NotFound: no such draft, or not of the actor's team.
    """
    return view(session, policy.fetch(session, actor, Action.READ_DRAFT, Draft, draft_id))


def open_drafts(session: Session, actor: Actor) -> tuple[DraftView, ...]:
    """The unfinished drafts of the actor's team, last touched first."""
    rows = policy.fetch_all(
        session, actor, Action.READ_DRAFT, Draft, Draft.state == DraftState.OPEN, order_by=[Draft.updated_at.desc()]
    )
    return tuple(view(session, row) for row in rows)


@dataclass(frozen=True, slots=True)
class TypedPage:
    """The page of a section as somebody typed it: what `INTAKE_FORM.read` made of it, on top of the draft's answers."""

    section: str
    reading: Reading


def save_draft(act: Act, draft_id: uuid.UUID, page: TypedPage, *, version: int) -> DraftView:
    """Keep one page: its answers, and where it has errors also the texts as typed.

    Args:
        act: who types, in which transaction, at which moment.
        draft_id: the draft.
        page: what was typed.
        version: the version of the draft on which the page was made.

    Raises:
        NotFound: no such draft, or not of the actor's team.
        DraftClosed: it is not open any more.
        EditConflict: it was saved since; nothing was overwritten.
    """
    section, reading = page.section, page.reading
    draft = policy.fetch(act.session, act.actor, Action.EDIT_DRAFT, Draft, draft_id, lock=True)
    if draft.state is not DraftState.OPEN:
        raise DraftClosed(view(act.session, draft))
    if draft.version != version:
        raise EditConflict(reading, view(act.session, draft))
    raw = dict(sealing.get(act.session, draft, "raw"))
    raw.pop(section, None)
    pages = [one for one in draft.pages if one != section]
    if reading.errors:
        raw[section] = {name: list(texts) for name, texts in reading.raw.items()}
    else:
        pages.append(section)
    sealing.put(act.session, draft, "answers", dict(reading.answers))
    sealing.put(act.session, draft, "raw", raw)
    draft.pages, draft.form_version = pages, INTAKE_FORM.version
    _touch(draft, act.clock)
    audit.record(act.session, act.actor, Action.EDIT_DRAFT, about=draft)
    return view(act.session, draft)


def discard_draft(act: Act, draft_id: uuid.UUID) -> None:
    """Throw the draft away; what was typed is gone.

    Raises:
        NotFound: no such draft, or not of the actor's team.
        DraftClosed: it was submitted.
    """
    draft = policy.fetch(act.session, act.actor, Action.DISCARD_DRAFT, Draft, draft_id, lock=True)
    if draft.state is not DraftState.OPEN:
        raise DraftClosed(view(act.session, draft))
    _empty(act.session, draft, DraftState.WEGGEGOOID, act.clock)
    audit.record(act.session, act.actor, Action.DISCARD_DRAFT, about=draft)


def close_as_submitted(session: Session, draft: Draft, intake_id: uuid.UUID, *, clock: Clock) -> None:
    """The draft became an intake: what was typed lies there now."""
    draft.intake_id = intake_id
    _empty(session, draft, DraftState.INGEDIEND, clock)


def expire(session: Session, draft_id: uuid.UUID, *, clock: Clock) -> None:
    """The job of a draft that nobody touches: tell its people a week ahead, then end it and tell them."""
    actor = system_actor(clock.now())
    draft = policy.fetch(session, actor, Action.DISCARD_DRAFT, Draft, draft_id, lock=True)
    if draft.state is not DraftState.OPEN:
        return
    if clock.now() >= draft.expires_at:
        _empty(session, draft, DraftState.VERLOPEN, clock)
        audit.record(session, actor, Action.DISCARD_DRAFT, about=draft)
        _tell(session, draft, MessageKind.CONCEPT_VERLOPEN, clock)
        return
    if clock.now() >= draft.expires_at - WARNING and draft.warned_at is None:
        draft.warned_at = clock.now()
        _tell(session, draft, MessageKind.CONCEPT_VERLOOPT, clock)
    until = draft.expires_at if draft.warned_at else draft.expires_at - WARNING
    job.ask(session, job.NewJob(JobKind.CONCEPT_VERLOOPT, {"draft_id": str(draft.id)}, run_at=until), clock=clock)


def view(session: Session, draft: Draft) -> DraftView:
    """The draft as a page needs it; the caller has fetched it."""
    answers = sealing.get(session, draft, "answers")
    return DraftView(
        id=draft.id,
        version=draft.version,
        state=draft.state,
        answers=answers,
        raw=sealing.get(session, draft, "raw"),
        pages=frozenset(draft.pages),
        title=client_name(answers),
        updated_at=draft.updated_at,
        expires_at=draft.expires_at,
        intake_id=draft.intake_id,
    )


def unchanged(draft: DraftView) -> Reading:
    """What the worker has in hand who looks at the draft and typed nothing."""
    return Reading(answers=dict(draft.answers), errors={}, raw={})


def _first_answers(actor: Actor, clock: Clock) -> dict[str, str]:
    answers = {"melding_datum": clock.today().isoformat()}
    if actor.gemeente_code:
        answers["melding_gemeente"] = actor.gemeente_code
    return answers


def _touch(draft: Draft, clock: Clock) -> None:
    draft.version += 1
    draft.updated_at, draft.expires_at, draft.warned_at = clock.now(), clock.now() + LIFE, None


def _empty(session: Session, draft: Draft, state: DraftState, clock: Clock) -> None:
    sealing.put(session, draft, "answers", {})
    sealing.put(session, draft, "raw", {})
    draft.state, draft.pages = state, []
    draft.version += 1
    draft.updated_at = clock.now()


def _tell(session: Session, draft: Draft, kind: MessageKind, clock: Clock) -> None:
    to = To(draft.organisation_id, draft.account_id)
    message.send(session, Told(kind), to=to, behind=Behind(Subject.CONCEPT, draft.id), clock=clock)
