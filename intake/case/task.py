"""Tasks beside the route: what the advies says must also be done (briefadres, identity, cliëntondersteuning, …)."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.case import timeline
from intake.tables.deadline import Task, TaskState
from intake.tables.intake import Intake

NAMES = {
    "veilig_thuis": "Veilig Thuis bellen",
    "identiteit": "Identiteit vaststellen",
    "verblijfsstatus": "Verblijfsstatus uitzoeken",
    "briefadres": "Briefadres regelen",
    "inkomen": "Inkomen regelen",
    "schulden": "Hulp bij schulden regelen",
    "ciz_aanvraag": "Samen een Wlz-aanvraag doen bij het CIZ",
    "clientondersteuning_aanbieden": "Gratis cliëntondersteuning aanbieden",
    "persoonlijk_plan": "Over het persoonlijk plan vertellen",
    "warme_overdracht": "Warme overdracht voorbereiden",
    "overdracht_bespreken": "De overdracht met de cliënt bespreken",
    "doorzenden": "De vraag doorsturen en dat aan de cliënt vertellen",
    "huisverbod_nagaan": "Nagaan of een huisverbod kan",
    "ggz_verwijzing": "Een verwijzing naar de ggz regelen via de huisarts",
    "ontslag_voorbereiden": "Het ontslag voorbereiden met de instelling",
    "plan_na_titel": "Een plan maken voor na de maatregel",
    "reintegratie": "Het re-integratieplan maken met de gevangenis",
    "jeugdhulp_verlengen": "Nagaan of jeugdhulp langer kan",
    "beschikking_nachtopvang": "De beschikking voor de nachtopvang maken",
    "pgb_uitleg": "Uitleg geven over het persoonsgebonden budget",
    "tolk": "Een tolk regelen",
}
INTERNAL = frozenset(
    {"persoonlijk_plan", "beschikking_nachtopvang", "pgb_uitleg", "overdracht_bespreken", "veilig_thuis"}
)
"""Tasks that a letter to the client does not list: told elsewhere in it, or not to be told on paper."""


def task_name(kind: str) -> str:
    """The task as a worker reads it."""
    return NAMES.get(kind, kind)


@dataclass(frozen=True, slots=True)
class NewTasks:
    """What an advies asks to be done, all before the same day when there is one."""

    kinds: tuple[str, ...]
    due_on: date | None = None


def add_all(session: Session, case: Intake, wanted: NewTasks, *, clock: Clock) -> None:
    """Those of the tasks that the case does not have yet."""
    have = set(session.scalars(select(Task.kind).where(Task.intake_id == case.id)))
    for kind in dict.fromkeys(wanted.kinds):
        if kind not in have:
            session.add(
                Task(
                    id=uuid.uuid4(),
                    gemeente_id=case.gemeente_id,
                    intake_id=case.id,
                    kind=kind,
                    state=TaskState.OPEN,
                    due_on=wanted.due_on,
                    created_at=clock.now(),
                )
            )
    session.flush()


def tasks_of(session: Session, intake_id: uuid.UUID) -> tuple[Task, ...]:
    """The tasks of a case, open ones first; the caller has fetched the case."""
    query = select(Task).where(Task.intake_id == intake_id)
    rows = session.scalars(query.order_by(Task.created_at, Task.kind))
    return tuple(sorted(rows, key=lambda task: task.state is not TaskState.OPEN))


def complete_task(act: Act, intake_id: uuid.UUID, task_id: uuid.UUID) -> None:
    """The task is done; doing it twice changes nothing.

    Raises:
        NotFound: no such case or task, or not for this actor.
    """
    case = policy.fetch(act.session, act.actor, Action.EDIT_INTAKE, Intake, intake_id, lock=True)
    task = act.session.scalars(select(Task).where(Task.intake_id == case.id, Task.id == task_id)).one_or_none()
    if task is None:
        raise policy.NotFound(audit.entry(act.actor, Action.EDIT_INTAKE, about=case))
    if task.state is TaskState.OPEN:
        task.state, task.done_at, task.done_by = TaskState.GEDAAN, act.clock.now(), act.actor.account_id
        audit.record(act.session, act.actor, Action.EDIT_INTAKE, about=case)
        timeline.tell(act, case, kind="taak", text=f"Gedaan: {task_name(task.kind)}.")
