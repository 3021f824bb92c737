"""What is done once a day: anchors of the log, the list of destroyed files, unused accounts, a reminder."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM, Clock
from intake.access import Action, audit, system_actor
from intake.keys import NO_TENANT
from intake.log import state_of
from intake.login import accounts
from intake.people import messages, systems
from intake.people.messages import Behind, MessageKind, Subject, To, Told
from intake.people.organisations import organisations
from intake.people.staff import UNUSED
from intake.rights import destruction, emergency
from intake.store import outbox
from intake.tables.account import Account, Membership, Role
from intake.tables.job import JobKind
from intake.tables.message import Message
from intake.tables.organisation import OrganisationKind
from intake.upkeep import chain, covering, rotation

HOUR = time(3, 30)
FINDABLE_A_DAY = 2_000


def ask(session: Session, *, clock: Clock) -> None:
    """Have it done today if it was not asked for yet."""
    _ask_for(session, clock.now(), clock)


def handler(folder: Path) -> Callable[[Session, Mapping[str, Any], Clock], None]:
    """The job, with the folder in which the anchors are kept."""

    def do(session: Session, payload: Mapping[str, Any], clock: Clock) -> None:
        del payload
        chain.keep_anchor(session, folder, now=clock.now())
        destruction.destroy_again(session, folder)
        destruction.keep_list(session, folder)
        block_unused(session, clock=clock)
        make_findable(session)
        covering.cover_what_stands(session, clock=clock)
        remind_of_review(session, clock=clock)
        emergency.escalate(session, clock=clock)
        systems.remind_of_end(session, clock=clock)
        tomorrow = clock.now().astimezone(AMSTERDAM).date() + timedelta(days=1)
        _ask_for(session, datetime.combine(tomorrow, HOUR, AMSTERDAM), clock)

    return do


def make_findable(session: Session) -> int:
    """Make the keyed hashes of cases that have none yet, or old ones; how many, at most a day's."""
    done = 0
    for one in organisations(session, (OrganisationKind.GEMEENTE,)):
        done += rotation.catch_up_here(session, one.id, most=FINDABLE_A_DAY - done)
    return done


def block_unused(session: Session, *, clock: Clock) -> int:
    """Block the accounts with which nobody logged in for 90 days (BIO2); how many.

    A functioneel beheerder is left: somebody must be able to let people in again.
    """
    before = clock.now() - UNUSED
    administrators = select(Membership.account_id).where(
        Membership.role == Role.FUNCTIONEEL_BEHEERDER, Membership.tot.is_(None)
    )
    unused = select(Account).where(
        Account.blocked_at.is_(None),
        func.coalesce(Account.last_login_at, Account.created_at) < before,
        Account.fictief.is_(False),
        Account.id.not_in(administrators),
    )
    found = list(session.scalars(unused))
    for one in found:
        accounts.block(session, one, now=clock.now())
        audit.record(
            session, system_actor(clock.now()), Action.MANAGE_ACCOUNTS, about=one, detail="geblokkeerd_ongebruikt"
        )
    return len(found)


def remind_of_review(session: Session, *, clock: Clock) -> int:
    """Tell the logbeheerders of each gemeente whose log waits for longer than 31 days; how many were told.

    Who has such a message unread gets no second one.
    """
    told = 0
    for one in organisations(session, (OrganisationKind.GEMEENTE, OrganisationKind.REGIO)):
        log = NO_TENANT if one.kind is OrganisationKind.REGIO else one.id
        if not state_of(session, log, clock=clock).overdue:
            continue
        unread = select(Message.account_id).where(
            Message.organisation_id == one.id, Message.subject == Subject.LOGBOEK.value, Message.read_at.is_(None)
        )
        keepers = select(Membership.account_id).where(
            Membership.organisation_id == one.id,
            Membership.role == Role.LOGBEHEERDER,
            or_(Membership.tot.is_(None), Membership.tot >= clock.today()),
            Membership.account_id.not_in(unread),
        )
        for account_id in set(session.scalars(keepers)):
            behind = Behind(Subject.LOGBOEK, one.id)
            messages.send(
                session, Told(MessageKind.LOGBOEK_WACHT), to=To(one.id, account_id), behind=behind, clock=clock
            )
            told += 1
    return told


def _ask_for(session: Session, moment: datetime, clock: Clock) -> None:
    day = moment.astimezone(AMSTERDAM).date().isoformat()
    outbox.ask(session, outbox.NewJob(JobKind.LOGBOEK_ANKER, {}, run_at=moment, once=f"dagelijks-{day}"), clock=clock)
