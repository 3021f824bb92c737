"""Past cases under other rules: what would have come out, counted per gemeente and receiver. Nothing stored changes.

All cases are played, the newest first, so many at a time that no worker holds them all. No case is shown to whoever
asks; only numbers leave this module. A case that is restricted is left out: no rule runs on it (AVG art. 18).
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from config.gemeenten import naam_van
from intake.access import restriction
from intake.advice import giving
from intake.keys import sealing
from intake.rulesets.drafts.words import outcome_label, outcome_words
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation
from intake.tables.place import Place, PlaceState
from rules import RuleSet
from rules.cases import Case, Demand, Replay, Transition, demand, replay, together

BATCH = 1_000
"""Cases played in one go: some seconds, far within the lease of a job."""
GEMEENTE, RECEIVER = "gemeente", "ontvanger"
PROVISIONS, DESTINATION = "voorzieningen", "bestemming"
NONE = Replay(0, 0, 0, 0, ())


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Up to which case was played; the next is older."""

    submitted_at: datetime
    intake_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Batch:
    """Some cases; `bookmark` is where the next batch goes on, none after the last case."""

    cases: tuple[Case, ...]
    bookmark: Bookmark | None


@dataclass(frozen=True, slots=True)
class Supply:
    """The open places for one provision now, and how many of them are free."""

    places: int
    free: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What the new rules ask of one receiver or of the places for one provision; `supply` is none for what has none."""

    name: str
    more: int
    fewer: int
    supply: Supply | None = None


@dataclass(frozen=True, slots=True)
class PlayedAgain:
    """What came of it so far, and how many cases there are in all.

    `bookmark`: where to go on; none when all were played.
    """

    found: Replay
    in_all: int
    bookmark: Bookmark | None = None
    places: tuple[Effect, ...] = ()
    receivers: tuple[Effect, ...] = ()

    def with_more(self, found: Replay, bookmark: Bookmark | None) -> Self:
        """The same with another batch counted in."""
        return replace(self, found=together(self.found, found), bookmark=bookmark)

    def in_words(self, ruleset: RuleSet, supply: Mapping[str, Supply]) -> Self:
        """The end of it: what it asks of places and receivers, and the names of outcomes as people say them."""
        moved = self.found.transitions
        told = tuple(
            replace(
                one,
                outcome=outcome_label(ruleset, one.outcome),
                before=_in_words(ruleset, one.outcome, one.before),
                after=_in_words(ruleset, one.outcome, one.after),
            )
            for one in moved
        )
        return replace(
            self,
            found=replace(self.found, transitions=told),
            places=tuple(_effect(ruleset, PROVISIONS, one, supply) for one in demand(moved, PROVISIONS)),
            receivers=tuple(_effect(ruleset, DESTINATION, one, {}) for one in demand(moved, DESTINATION)),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for the database."""
        found, bookmark = self.found, self.bookmark
        moved = [[one.outcome, one.before, one.after, dict(one.groups), one.count] for one in found.transitions]
        return {
            "telling": [found.cases, found.changed, found.unreadable, found.broken],
            "overgangen": moved,
            "totaal": self.in_all,
            "verder": [bookmark.submitted_at.isoformat(), str(bookmark.intake_id)] if bookmark else None,
            "plekken": [_effect_data(one) for one in self.places],
            "ontvangers": [_effect_data(one) for one in self.receivers],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` gave."""
        cases, changed, unreadable, broken = data["telling"]
        moved = tuple(Transition(*one) for one in data["overgangen"])
        bookmark = data["verder"]
        return cls(
            Replay(cases, changed, unreadable, broken, moved),
            data["totaal"],
            Bookmark(datetime.fromisoformat(bookmark[0]), uuid.UUID(bookmark[1])) if bookmark else None,
            tuple(_read_effect(one) for one in data["plekken"]),
            tuple(_read_effect(one) for one in data["ontvangers"]),
        )


def begin(session: Session) -> PlayedAgain:
    """Nothing played yet of all the cases there are."""
    return PlayedAgain(NONE, session.scalar(select(func.count()).select_from(Intake).where(*_playable())) or 0)


def play_again(old: RuleSet, new: RuleSet, batch: Batch, so_far: PlayedAgain) -> PlayedAgain:
    """The cases of a batch under both sets, counted in with what was played before."""
    return so_far.with_more(replay(old, new, batch.cases), batch.bookmark)


def stored_batch(session: Session, after: Bookmark | None = None, *, size: int | None = None) -> Batch:
    """The facts of the next cases, with the groups that they count in and nothing else.

    For a job that policy staff asked for, and for the command line, where whoever runs it holds the database and keys.
    """
    codes = {row.id: row.gemeente_code for row in session.execute(select(Organisation.id, Organisation.gemeente_code))}
    size = size or BATCH
    query = select(Intake).where(*_playable()).order_by(Intake.submitted_at.desc(), Intake.id).limit(size)
    if after is not None:
        same_moment = and_(Intake.submitted_at == after.submitted_at, Intake.id > after.intake_id)
        query = query.where(or_(Intake.submitted_at < after.submitted_at, same_moment))
    rows = session.scalars(query).all()
    bookmark = Bookmark(rows[-1].submitted_at, rows[-1].id) if len(rows) == size else None
    return Batch(tuple(_case(session, row, codes) for row in rows), bookmark)


def stored_cases(session: Session) -> Iterator[Case]:
    """Every case, as `stored_batch`, one batch in memory at a time."""
    batch = stored_batch(session)
    yield from batch.cases
    while batch.bookmark is not None:
        batch = stored_batch(session, batch.bookmark)
        yield from batch.cases


def supply_of(session: Session) -> Mapping[str, Supply]:
    """The open places of the register now, per provision by code."""
    held, free = func.sum(Place.capaciteit), func.sum(Place.capaciteit - Place.bezet)
    query = select(Place.voorziening, held, free).where(Place.state == PlaceState.OPEN).group_by(Place.voorziening)
    return {name: Supply(int(places), int(left)) for name, places, left in session.execute(query)}


def _playable() -> tuple[ColumnElement[bool], ...]:
    unrestricted = restriction.not_restricted(Intake)
    return () if unrestricted is None else (unrestricted,)


def _case(session: Session, row: Intake, codes: Mapping[uuid.UUID, str | None]) -> Case:
    given = giving.opened(session, giving.latest(session, row.id)).bestemming
    groups = {GEMEENTE: naam_van(codes.get(row.gemeente_id) or ""), RECEIVER: given.naam or given.soort}
    return Case(sealing.get(session, row, "facts"), row.melding_datum, groups)


def _in_words(ruleset: RuleSet, outcome: str, told: str) -> str:
    """One side of a transition; a list is told with commas."""
    return ", ".join(outcome_words(ruleset, outcome, one) for one in told.split(", "))


def _effect(ruleset: RuleSet, outcome: str, asked: Demand, supply: Mapping[str, Supply]) -> Effect:
    return Effect(outcome_words(ruleset, outcome, asked.value), asked.more, asked.fewer, supply.get(asked.value))


def _effect_data(effect: Effect) -> list[Any]:
    held = effect.supply
    return [effect.name, effect.more, effect.fewer, [held.places, held.free] if held else None]


def _read_effect(data: list[Any]) -> Effect:
    name, more, fewer, supply = data
    return Effect(name, more, fewer, Supply(*supply) if supply else None)
