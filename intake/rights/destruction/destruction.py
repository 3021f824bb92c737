"""Destroying a file: because the client asks (Wmo 2015 art. 5.3.5), or because its time is over (art. 5.3.4).

Two people say yes; while a legal hold lasts nobody can. Then every row goes and the key of the case is destroyed, so
that copies in backups are unreadable too. What remains is a certificate: which case by id, why, when, by whom.
"""

import os
import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.case.days import destruction_request_end
from intake.keys import sealing
from intake.keys.keys import destroy_case_key
from intake.places import place
from intake.rights.destruction import case_rows
from intake.tables.destruction import Destruction, DestructionGround, DestructionState, LegalHold
from intake.tables.intake import Intake, IntakeState

OPEN = (DestructionState.GEVRAAGD, DestructionState.EERSTE_AKKOORD)
DONE = (IntakeState.AFGESLOTEN, IntakeState.INGETROKKEN)
FILE = "vernietigd.txt"
LONGEST_REASON = 2_000


class DestructionRefused(ValueError):
    """It cannot be destroyed (yet); the message is Dutch and says what to do."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is to be destroyed: its request, number, and whether a legal hold keeps it."""

    row: Destruction
    reference: str
    held: bool


def request(
    act: Act,
    intake_id: uuid.UUID,
    *,
    ground: DestructionGround = DestructionGround.VERZOEK,
    due_on: date | None = None,
) -> Destruction:
    """Ask that the file be destroyed; a request that is open already stays and is returned.

    Raises:
        NotFound: no such case, or not for this actor.
        DestructionRefused: the case is still open.
    """
    case = policy.fetch(act.session, act.actor, Action.DESTROY_FILE, Intake, intake_id, lock=True)
    if case.state not in DONE:
        raise DestructionRefused("Deze zaak loopt nog. Sluit de zaak eerst af, of trek de melding in.")
    query = select(Destruction).where(Destruction.intake_id == case.id, Destruction.state.in_(OPEN))
    waiting = act.session.scalars(query).one_or_none()
    if waiting is not None:
        return waiting
    assert act.actor.account_id is not None
    made = Destruction(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        ground=ground,
        state=DestructionState.GEVRAAGD,
        asked_at=act.clock.now(),
        asked_by=act.actor.account_id,
        due_on=due_on or destruction_request_end(act.clock.today()),
    )
    act.session.add(made)
    act.session.flush()
    audit.record(act.session, act.actor, Action.DESTROY_FILE, about=made, detail=f"gevraagd grond={ground}")
    return made


def waiting_list(session: Session, actor: Actor) -> tuple[Waiting, ...]:
    """What waits for a yes in the actor's gemeente, first due first.

    Raises:
        Forbidden: this is not for the actor's role.
    """
    policy.require(actor, Action.DESTROY_FILE)
    where = Destruction.state.in_(OPEN)
    rows = policy.fetch_all(session, actor, Action.DESTROY_FILE, Destruction, where, order_by=[Destruction.due_on])
    cases = session.execute(select(Intake.id, Intake.reference).where(Intake.id.in_([row.intake_id for row in rows])))
    names = {row.id: row.reference for row in cases}
    held = held_cases(session)
    return tuple(Waiting(row, names.get(row.intake_id, "–"), row.intake_id in held) for row in rows)


def certificates(session: Session, actor: Actor) -> list[Destruction]:
    """What was destroyed in the actor's gemeente, latest first.

    Raises:
        Forbidden: this is not for the actor's role.
    """
    policy.require(actor, Action.DESTROY_FILE)
    where = Destruction.state == DestructionState.VERNIETIGD
    order = [Destruction.done_at.desc()]
    return policy.fetch_all(session, actor, Action.DESTROY_FILE, Destruction, where, order_by=order, limit=200)


def approve(act: Act, destruction_id: uuid.UUID) -> Destruction:
    """Say yes. The second person's yes destroys the file at once.

    Raises:
        NotFound: no such request, or not for this actor.
        DestructionRefused: a legal hold lasts, the actor said yes already, or it is over.
    """
    row = policy.fetch(act.session, act.actor, Action.DESTROY_FILE, Destruction, destruction_id, lock=True)
    if row.state not in OPEN:
        raise DestructionRefused("Hierover is al besloten.")
    if row.intake_id in held_cases(act.session):
        raise DestructionRefused("Dit dossier moet bewaard blijven: er loopt nog een bezwaar, beroep of klacht.")
    if row.state is DestructionState.GEVRAAGD:
        row.state, row.first_by, row.first_name = DestructionState.EERSTE_AKKOORD, act.actor.account_id, act.actor.naam
        row.first_at = act.clock.now()
        act.session.flush()
        audit.record(act.session, act.actor, Action.DESTROY_FILE, about=row, detail="eerste_akkoord")
        return row
    if row.first_by == act.actor.account_id:
        raise DestructionRefused("U gaf al akkoord. Een tweede persoon moet dit ook doen.")
    return _execute(act, row)


def reject(session: Session, actor: Actor, destruction_id: uuid.UUID) -> None:
    """Say no: the file stays.

    Raises:
        NotFound: no such request, or not for this actor.
        DestructionRefused: it is over.
    """
    row = policy.fetch(session, actor, Action.DESTROY_FILE, Destruction, destruction_id, lock=True)
    if row.state not in OPEN:
        raise DestructionRefused("Hierover is al besloten.")
    row.state = DestructionState.AFGEWEZEN
    session.flush()
    audit.record(session, actor, Action.DESTROY_FILE, about=row, detail="afgewezen")


def hold(act: Act, intake_id: uuid.UUID, *, reason: str) -> LegalHold:
    """Keep the file from being destroyed until the hold is ended.

    Raises:
        NotFound: no such case, or not for this actor.
        DestructionRefused: no reason was given.
    """
    case = policy.fetch(act.session, act.actor, Action.DESTROY_FILE, Intake, intake_id)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise DestructionRefused("Schrijf op waarom het dossier bewaard moet blijven, bijvoorbeeld: bezwaar loopt.")
    assert act.actor.account_id is not None
    made = LegalHold(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        since=act.clock.now(),
        by=act.actor.account_id,
        naam=act.actor.naam,
    )
    sealing.put(act.session, made, "reason", reason.strip())
    act.session.add(made)
    act.session.flush()
    audit.record(act.session, act.actor, Action.DESTROY_FILE, about=made, detail="bewaarplicht_begonnen")
    return made


def release(act: Act, hold_id: uuid.UUID) -> None:
    """The hold ends.

    Raises:
        NotFound: no such hold, or not for this actor.
    """
    found = policy.fetch(act.session, act.actor, Action.DESTROY_FILE, LegalHold, hold_id, lock=True)
    if found.ended_at is None:
        found.ended_at, found.ended_by = act.clock.now(), act.actor.account_id
        act.session.flush()
        audit.record(act.session, act.actor, Action.DESTROY_FILE, about=found, detail="bewaarplicht_beeindigd")


def holds_of(session: Session, case: Intake) -> tuple[tuple[LegalHold, str], ...]:
    """The holds on the case that last, with their reasons; the caller has fetched the case."""
    query = select(LegalHold).where(LegalHold.intake_id == case.id, LegalHold.ended_at.is_(None))
    return tuple((one, str(sealing.get(session, one, "reason"))) for one in session.scalars(query))


def held_cases(session: Session) -> set[uuid.UUID]:
    """The cases on which a hold lasts."""
    return set(session.scalars(select(LegalHold.intake_id).where(LegalHold.ended_at.is_(None))))


def keep_list(session: Session, folder: Path) -> int:
    """Write which cases were destroyed to a file outside the database, so that a restore can destroy them again.

    What stands in the file stays, also when the database was put back to before it.
    """
    done = select(Destruction.intake_id).where(Destruction.state == DestructionState.VERNIETIGD)
    lines = sorted(f"{intake_id}\n" for intake_id in {*session.scalars(done), *_listed(folder)})
    part = folder / f".{FILE}"
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / FILE)
    return len(lines)


def destroy_again(session: Session, folder: Path) -> int:
    """After a restore: destroy what the file names and what came back; how many."""
    found = 0
    for intake_id in _listed(folder):
        case = session.get(Intake, intake_id)
        if case is not None:
            _destroy(session, case)
            found += 1
    return found


def _listed(folder: Path) -> tuple[uuid.UUID, ...]:
    path = folder / FILE
    return tuple(uuid.UUID(line) for line in path.read_text(encoding="ascii").split()) if path.exists() else ()


def _execute(act: Act, row: Destruction) -> Destruction:
    case = act.session.get_one(Intake, row.intake_id)
    for stay, _ in place.stays_of(act.session, case.id):
        place.end(act.session, stay, clock=act.clock)
    row_id = row.id
    audit.record(act.session, act.actor, Action.DESTROY_FILE, about=row, detail="vernietigd")
    gone = _destroy(act.session, case)
    certificate = act.session.get_one(Destruction, row_id)
    certificate.state, certificate.done_at, certificate.rows = DestructionState.VERNIETIGD, act.clock.now(), gone
    certificate.second_by, certificate.second_name = act.actor.account_id, act.actor.naam
    act.session.flush()
    return certificate


def _destroy(session: Session, case: Intake) -> int:
    gemeente_id, keys = case.gemeente_id, [case.id, *case_rows.drafts_of(session, case)]
    gone = case_rows.delete_rows(session, case)
    for zaak_id in keys:
        destroy_case_key(session, gemeente_id, zaak_id)
    return gone
