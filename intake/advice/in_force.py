"""Which rules are in force: those that came with the program and those that policy staff published, as one shelf.

The youngest set that has begun counts. A published set is kept with all its texts and its hash, and never changes. One
that was withdrawn before its first day stays to be read and never comes into force.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.tables.account import Account
from intake.tables.ruleset import PublishedRuleset, RulesetWithdrawal
from rules import Advice, Finding, NoRuleSet, RuleSet, RuleSetErrors, ruleset_for
from rules.engine import Status
from rules.explain import Display, Heading, LetterPart, Shown
from rules.shelf import SETS, Bundle, days_of, declared, parse_bundle, read_bundle, version_of

RulesOf = Callable[[str, date], RuleSet]
MOST_KEPT = 32
RESERVE = "reserve"
"""What an advies names as its rule set and table when the rules of the region could not be applied."""
RESERVE_DISPLAY = Display({RESERVE: Shown(Heading.EERST, frozenset({LetterPart.EERST, LetterPart.WAAROM}))})


class RulesetDamaged(RuleSetErrors):
    """The texts of a published set do not give the hash that was kept with it."""

    def __init__(self, name: str) -> None:
        super().__init__([Finding(name, "de teksten passen niet bij het kenmerk waarmee zij zijn vastgesteld")])


class Standing(StrEnum):
    """Where a version stands on a day."""

    GELDT = "geldt nu"
    KOMT = "gaat gelden"
    WAS = "gold eerder"
    CONCEPT = "concept"
    INGETROKKEN = "ingetrokken"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a region's rules. `published_*` is empty for those that came with the program."""

    regio: str
    valid_from: date
    valid_to: date
    title: str
    hash: str
    standing: Standing
    note: str = ""
    published_at: datetime | None = None
    published_by: str = ""
    id: uuid.UUID | None = None
    issue: int = 1
    """Which set for this day it is, from 1; more than one when others were withdrawn."""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_because: str = ""


_kept: dict[str, RuleSet] = {}
"""Published sets by hash; what a hash stands for never changes."""
_STANDS = PublishedRuleset.id.not_in(select(RulesetWithdrawal.ruleset_id))
"""The set was not withdrawn."""


def shelf(session: Session) -> RulesOf:
    """The rules of a region in force on a day, the published ones included."""
    return lambda regio, on: rules_in_force(session, regio, on)


def rules_in_force(session: Session, regio: str, on: date) -> RuleSet:
    """The rule set in force for a region on a day.

    Raises:
        NoRuleSet: with a Dutch sentence that names the first or last day for which there is one.
        RuleSetErrors: the set in force has faults.
        RulesetDamaged: the texts of the published set were changed.
    """
    row = session.execute(
        select(PublishedRuleset.id, PublishedRuleset.valid_from, PublishedRuleset.valid_to)
        .where(PublishedRuleset.regio == regio, PublishedRuleset.valid_from <= on, _STANDS)
        .order_by(PublishedRuleset.valid_from.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return ruleset_for(regio, on)
    shipped = [day for day in days_of(SETS, regio) if row.valid_from < day <= on]
    if shipped:
        return ruleset_for(regio, on)
    if on > row.valid_to:
        raise NoRuleSet(f"De regels van {regio} gelden tot en met {row.valid_to}; voor {on} zijn er nog geen.")
    return opened(session.get_one(PublishedRuleset, row.id))


def opened(published: PublishedRuleset) -> RuleSet:
    """The rule set in a published version, held against its hash.

    Raises:
        RulesetDamaged: the texts were changed.
    """
    found = _kept.get(published.hash)
    if found is None:
        found = parse_bundle(bundle_of(published))
        if found.hash != published.hash:
            raise RulesetDamaged(found.id)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[published.hash] = found
    return found


def bundle_of(published: PublishedRuleset) -> Bundle:
    """The texts of a published version."""
    own, shared = MappingProxyType(dict(published.own)), MappingProxyType(dict(published.shared))
    return Bundle(published.regio, published.valid_from, own, shared)


def bundle_in_force(session: Session, regio: str, on: date) -> Bundle:
    """The texts of the set in force.

    Raises:
        NoRuleSet: there is none.
    """
    found = rules_in_force(session, regio, on)
    published = _published(session, regio, found.valid_from)
    return bundle_of(published) if published else read_bundle(SETS / regio / found.valid_from.isoformat())


def bundle_on(session: Session, regio: str, first_day: date) -> Bundle | None:
    """The texts of the published set that begins on `first_day` and stands; none when there is none."""
    published = _published(session, regio, first_day)
    return bundle_of(published) if published else None


def shipped_bundle(regio: str) -> Bundle | None:
    """The texts of the newest set of a region that came with the program; none when there is none."""
    days = days_of(SETS, regio)
    return read_bundle(SETS / regio / days[-1].isoformat()) if days else None


def version_on(session: Session, regio: str, first_day: date, issue: int | None = None) -> RuleSet:
    """The version that begins on `first_day`, whether it is in force or not; with `issue` a withdrawn one too.

    Raises:
        NoRuleSet: no version begins on that day.
    """
    published = _published(session, regio, first_day, issue)
    return opened(published) if published is not None else version_of(regio, first_day)


def with_hash(session: Session, regio: str, wanted: str) -> RuleSet | None:
    """The version with this hash, for making an old advies again; none when it is nowhere any more."""
    shipped = (version_of(regio, day) for day in days_of(SETS, regio))
    found = next((one for one in shipped if one.hash == wanted), None)
    if found is not None:
        return found
    published = session.scalars(select(PublishedRuleset).where(PublishedRuleset.hash == wanted).limit(1)).first()
    return opened(published) if published is not None else None


def display_of(session: Session, given: Advice) -> Display:
    """Where the reasons of an advies are read, as the rule set that gave it declares."""
    if given.regelset == RESERVE:
        return RESERVE_DISPLAY
    return declared(with_hash(session, given.regio, given.regelset_hash), given.regio)


def versions(session: Session, regio: str, *, on: date) -> tuple[Version, ...]:
    """Every version of a region's rules, the newest first; those that were withdrawn too."""
    found = [_shipped_version(regio, day) for day in days_of(SETS, regio)]
    names = {row.id: row.naam for row in session.execute(select(Account.id, Account.naam))}
    query = select(PublishedRuleset, RulesetWithdrawal).outerjoin(RulesetWithdrawal)
    rows = session.execute(query.where(PublishedRuleset.regio == regio))
    found += [_published_version(row, withdrawal, names) for row, withdrawal in rows]
    found.sort(key=lambda version: (version.valid_from, version.issue), reverse=True)
    return _standing(found, on)


def first_days(session: Session, regio: str) -> frozenset[date]:
    """The days on which some version begins: no other can begin on these."""
    query = select(PublishedRuleset.valid_from).where(PublishedRuleset.regio == regio, _STANDS)
    return frozenset(days_of(SETS, regio)) | frozenset(session.scalars(query))


def next_issue(session: Session, regio: str, first_day: date) -> int:
    """The number of the next set for this day; 1 unless some were withdrawn."""
    query = select(func.max(PublishedRuleset.issue))
    query = query.where(PublishedRuleset.regio == regio, PublishedRuleset.valid_from == first_day)
    return (session.scalar(query) or 0) + 1


def _published(session: Session, regio: str, first_day: date, issue: int | None = None) -> PublishedRuleset | None:
    """The set for this day that stands, or the one with this number."""
    query = select(PublishedRuleset).where(PublishedRuleset.regio == regio, PublishedRuleset.valid_from == first_day)
    query = query.where(_STANDS if issue is None else PublishedRuleset.issue == issue)
    return session.scalars(query).one_or_none()


def _shipped_version(regio: str, day: date) -> Version:
    found = version_of(regio, day)
    standing = Standing.CONCEPT if found.status is Status.CONCEPT else Standing.WAS
    return Version(regio, day, found.valid_to, found.title, found.hash, standing)


def _published_version(
    row: PublishedRuleset, withdrawal: RulesetWithdrawal | None, names: dict[uuid.UUID, str]
) -> Version:
    found = Version(
        row.regio,
        row.valid_from,
        row.valid_to,
        opened(row).title,
        row.hash,
        Standing.WAS,
        note=row.note,
        published_at=row.published_at,
        published_by=names.get(row.published_by, ""),
        id=row.id,
        issue=row.issue,
    )
    if withdrawal is None:
        return found
    return replace(
        found,
        standing=Standing.INGETROKKEN,
        withdrawn_at=withdrawal.withdrawn_at,
        withdrawn_by=names.get(withdrawal.withdrawn_by, ""),
        withdrawn_because=withdrawal.reason,
    )


def _standing(newest_first: list[Version], on: date) -> tuple[Version, ...]:
    """The same versions with where they stand: the first that has begun is in force unless it has ended."""
    found: list[Version] = []
    begun = False
    for version in newest_first:
        standing = version.standing
        if standing is Standing.WAS:
            ahead = version.valid_from > on
            ended = begun or version.valid_to < on
            standing = Standing.KOMT if ahead else Standing.WAS if ended else Standing.GELDT
            begun = begun or not ahead
        found.append(replace(version, standing=standing))
    return tuple(found)
