"""The rules of this installation for the commands: what came with the program and what was published in its database.

Commands about rules work on a machine without any database; then only what came with the program counts.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from intake import advice
from intake.advice import RulesOf
from intake.cli.frame.environment import installed_database_url
from intake.store import DatabaseFileUnsafe, UnknownDatabase, open_database
from intake.tables.ruleset import PublishedRuleset, RulesetWithdrawal
from rules import ruleset_for

ONLY_SHIPPED = "Alleen de regels die bij het programma horen tellen nu mee."


@contextmanager
def published_rules() -> Iterator[Session | None]:
    """A session on the database of this installation that only reads; none when there is no database.

    When there should be one but it cannot be read, a warning says so: the rules in force may then be others.
    """
    url = installed_database_url()
    if not url:
        yield None
        return
    try:
        database = open_database(url)
    except (DatabaseFileUnsafe, UnknownDatabase, ValueError) as error:
        _warn(str(error))
        yield None
        return
    try:
        with database.reading() as session:
            yield session if _readable(session) else None
    finally:
        database.dispose()


@contextmanager
def installed_rules() -> Iterator[RulesOf]:
    """The rules of a region in force on a day, in this installation."""
    with published_rules() as session:
        yield ruleset_for if session is None else advice.shelf(session)


def _readable(session: Session) -> bool:
    """Whether the tables of the rules are there, as this program knows them."""
    try:
        session.execute(select(PublishedRuleset.id, PublishedRuleset.issue).limit(1))
        session.execute(select(RulesetWithdrawal.id).limit(1))
    except SQLAlchemyError as error:
        _warn(f"de database antwoordt niet zoals het hoort ({type(error).__name__}).")
        return False
    return True


def _warn(text: str) -> None:
    print(f"toegang: let op: {text} {ONLY_SHIPPED}", file=sys.stderr)
