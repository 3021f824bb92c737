"""Filling an empty database with the fictive region and its year."""

import random
from datetime import date, timedelta

from sqlalchemy import select

from config.clock import Clock, FixedClock
from config.settings import Settings
from intake import letters, melding
from intake.access import Act
from intake.demo.clients import CASES, SEED, clients
from intake.demo.people import DemoRegion, register_region
from intake.demo.story import Story, tell
from intake.people.organisations import is_empty
from intake.store import Database, outbox
from intake.tables.letter import Letter, LetterState
from reports.letters import available

FIRST_DAY = date(2026, 1, 2)
"""The first working day of the rules that come with the program."""
LETTERS_AT_ONCE = 6
"""The newest letters are made here; the job worker makes the others."""
BETWEEN_LETTERS = timedelta(seconds=2)


class NotEmpty(RuntimeError):
    """The database holds something already; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__("De database is niet leeg. De demo vult alleen een lege database.")


def fill(database: Database, settings: Settings, *, clock: Clock, cases: int = CASES) -> None:
    """Make the region and a year of cases that ends now.

    Raises:
        NotEmpty: there is something in the database.
    """
    del settings
    with database.unit_of_work() as session:
        if not is_empty(session):
            raise NotEmpty
        begin = FixedClock(clock.now() - timedelta(days=365))
        region = register_region(session, clock=begin, since=begin.today())
    draw = random.Random(SEED)  # noqa: S311 - the same year every time is the point
    for client in clients(clock.today(), FIRST_DAY, cases):
        tell(Story(database, region, client, clock.now(), draw, client.moment))
    _drafts(database, region, clock)
    if available() is None:
        _print_newest(database, clock)
    _plan_the_others(database, clock)


def _drafts(database: Database, region: DemoRegion, clock: Clock) -> None:
    """Two half-filled forms, so that there is one to go on with."""
    for key, name in (("wijkteam-capelle", "Lieke"), ("wijkteam-rotterdam", "Mo")):
        with database.unit_of_work() as session:
            worker = region.actor(session, key, clock)
            made = melding.start_draft(Act(session, worker, clock))
            reading = melding.unchanged(made)
            reading.answers.update(roepnaam=name, achternaam="Concept (fictief)", slaapplek_vannacht="alleen_vannacht")
            melding.save_draft(
                Act(session, worker, clock),
                made.id,
                melding.TypedPage(section="spoed", reading=reading),
                version=made.version,
            )


def _print_newest(database: Database, clock: Clock) -> None:
    with database.session(read_only=True) as session:
        waiting = select(Letter.id).where(Letter.state == LetterState.WORDT_GEMAAKT)
        newest = list(session.scalars(waiting.order_by(Letter.asked_at.desc()).limit(LETTERS_AT_ONCE)))
    for letter_id in newest:
        with database.unit_of_work() as session:
            letters.make(session, letter_id, clock=clock)


def _plan_the_others(database: Database, clock: Clock) -> None:
    """One by one, the newest first, with room between them for the letters of who works with the demo."""
    with database.unit_of_work() as session:
        waiting = select(Letter.id).where(Letter.state == LetterState.WORDT_GEMAAKT).order_by(Letter.asked_at.desc())
        for place, letter_id in enumerate(session.scalars(waiting).all()):
            outbox.plan(session, [letters.job_name(letter_id)], run_at=clock.now() + place * BETWEEN_LETTERS)
