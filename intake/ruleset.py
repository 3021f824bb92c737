"""Which rules are in force: those that came with the program and those that policy staff published, as one shelf.

The youngest set that has begun counts. A published set is kept with all its texts and its hash, and never changes.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.tables.account import Account
from intake.tables.ruleset import PublishedRuleset
from rules import Finding, NoRuleSet, RuleSet, RuleSetErrors, ruleset_for
from rules.bundle import Bundle, parse_bundle, read_bundle
from rules.ruleset import Status
from rules.shelf import SETS, days_of, version_of

RulesOf = Callable[[str, date], RuleSet]
MOST_KEPT = 32


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


_kept: dict[str, RuleSet] = {}
"""Published sets by hash; what a hash stands for never changes."""


def shelf(session: Session) -> RulesOf:
    """The rules of a region in force on a day, the published ones included."""
    return lambda regio, on: in_force(session, regio, on)


def in_force(session: Session, regio: str, on: date) -> RuleSet:
    """The rule set in force for a region on a day.

    Raises:
        NoRuleSet: with a Dutch sentence that names the first or last day for which there is one.
        RuleSetErrors: the set in force has faults.
        RulesetDamaged: the texts of the published set were changed.
    """
    row = session.execute(
        select(PublishedRuleset.id, PublishedRuleset.valid_from, PublishedRuleset.valid_to)
        .where(PublishedRuleset.regio == regio, PublishedRuleset.valid_from <= on)
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
    found = in_force(session, regio, on)
    published = _published(session, regio, found.valid_from)
    return bundle_of(published) if published else read_bundle(SETS / regio / found.valid_from.isoformat())


def shipped_bundle(regio: str) -> Bundle | None:
    """The texts of the newest set of a region that came with the program; none when there is none."""
    days = days_of(SETS, regio)
    return read_bundle(SETS / regio / days[-1].isoformat()) if days else None


def version_on(session: Session, regio: str, first_day: date) -> RuleSet:
    """The version that began on `first_day`, whether it is in force or not.

    Raises:
        NoRuleSet: no version began on that day.
    """
    published = _published(session, regio, first_day)
    return opened(published) if published is not None else version_of(regio, first_day)


def with_hash(session: Session, regio: str, wanted: str) -> RuleSet | None:
    """The version with this hash, for making an old advies again; none when it is nowhere any more."""
    published = session.scalars(select(PublishedRuleset).where(PublishedRuleset.hash == wanted).limit(1)).first()
    if published is not None:
        return opened(published)
    shipped = (version_of(regio, day) for day in days_of(SETS, regio))
    return next((found for found in shipped if found.hash == wanted), None)


def versions(session: Session, regio: str, *, on: date) -> tuple[Version, ...]:
    """Every version of a region's rules, the newest first."""
    found = [_shipped_version(regio, day) for day in days_of(SETS, regio)]
    names = {row.id: row.naam for row in session.execute(select(Account.id, Account.naam))}
    rows = session.scalars(select(PublishedRuleset).where(PublishedRuleset.regio == regio))
    found += [_published_version(row, names) for row in rows]
    found.sort(key=lambda version: version.valid_from, reverse=True)
    return _standing(found, on)


def first_days(session: Session, regio: str) -> frozenset[date]:
    """The days on which some version begins: no other can begin on these."""
    query = select(PublishedRuleset.valid_from).where(PublishedRuleset.regio == regio)
    return frozenset(days_of(SETS, regio)) | frozenset(session.scalars(query))


def _published(session: Session, regio: str, first_day: date) -> PublishedRuleset | None:
    query = select(PublishedRuleset).where(PublishedRuleset.regio == regio, PublishedRuleset.valid_from == first_day)
    return session.scalars(query).one_or_none()


def _shipped_version(regio: str, day: date) -> Version:
    found = version_of(regio, day)
    standing = Standing.CONCEPT if found.status is Status.CONCEPT else Standing.WAS
    return Version(regio, day, found.valid_to, found.title, found.hash, standing)


def _published_version(row: PublishedRuleset, names: dict[uuid.UUID, str]) -> Version:
    return Version(
        row.regio,
        row.valid_from,
        row.valid_to,
        opened(row).title,
        row.hash,
        Standing.WAS,
        note=row.note,
        published_at=row.published_at,
        published_by=names.get(row.published_by, ""),
    )


def _standing(newest_first: list[Version], on: date) -> tuple[Version, ...]:
    """The same versions with where they stand: the first that has begun is in force unless it has ended."""
    found: list[Version] = []
    begun = False
    for version in newest_first:
        standing = version.standing
        if standing is not Standing.CONCEPT:
            ahead = version.valid_from > on
            ended = begun or version.valid_to < on
            standing = Standing.KOMT if ahead else Standing.WAS if ended else Standing.GELDT
            begun = begun or not ahead
        found.append(replace(version, standing=standing))
    return tuple(found)
