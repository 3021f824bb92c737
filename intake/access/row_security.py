"""The second lock, in PostgreSQL itself: without an actor no row of a case is there, with one no row of another tenant.

The policies are made by the migrations. Here each transaction is told for whom it works (`bind`), in settings that end
with the transaction, and a production database is checked before the application serves (`require_locked`). It lets
through somewhat more than `intake.access.policy` does (a whole gemeente, where the policy looks at roles), never less.
SQLite has no such lock; there `intake.access.loader_lock` adds a condition to the queries.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event, func, inspect, literal, select, text
from sqlalchemy.orm import Session, SessionTransaction

from intake.access import loader_lock
from intake.access.actor import Actor
from intake.tables.access_path import path_of
from intake.tables.account import Role
from intake.tables.key import CaseKey
from intake.tables.schema import Base

BOUND = "toegang_row_security"
SYSTEM = {"toegang.systeem": "ja", "toegang.gemeente": "", "toegang.organisaties": "", "toegang.moment": ""}
NOBODY = {**SYSTEM, "toegang.systeem": ""}


class NotLocked(RuntimeError):
    """The database does not keep tenants apart; the message is Dutch and says what to do."""


def bind(session: Session, actor: Actor) -> None:
    """From now on this session works for `actor`, in this transaction and those after it."""
    if Role.SYSTEEM in actor.roles:
        bind_system(session)
        return
    loader_lock.bind(session, actor)
    organisations = ",".join(sorted(str(one) for one in actor.addressed_as))
    tenant = str(actor.log_id or "")
    moment = actor.moment.isoformat()
    _bind(
        session,
        {
            "toegang.systeem": "",
            "toegang.gemeente": tenant,
            "toegang.organisaties": organisations,
            "toegang.moment": moment,
        },
    )


def bind_system(session: Session) -> None:
    """From now on this session works for the program itself: a job, a command."""
    loader_lock.bind(session, None)
    _bind(session, SYSTEM)


@contextmanager
def across_tenants(session: Session) -> Iterator[None]:
    """Inside, the second lock is open: for the few look-ups that cross tenants by design (emergency access)."""
    settings, actor = session.info.get(BOUND), session.info.get(loader_lock.ACTOR)
    bind_system(session)
    try:
        yield
    finally:
        loader_lock.bind(session, actor)
        _bind(session, settings if settings is not None else NOBODY)


def locked_tables() -> frozenset[str]:
    """The tables that must be locked: all with data of clients, and the keys of the cases."""
    models: list[type[Base]] = [mapper.class_ for mapper in Base.registry.mappers]
    of_clients = [model for model in models if path_of(model).gemeente and path_of(model).persoonsgegevens]
    return frozenset({CaseKey.__tablename__, *(model.__tablename__ for model in of_clients)})


def require_locked(connection: Connection) -> None:
    """Check that this PostgreSQL role cannot pass the lock and that no table was left open.

    Raises:
        NotLocked: what is open, and what to do.
    """
    if connection.dialect.name != "postgresql":
        return
    role = connection.execute(
        text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).scalar_one()
    if role:
        raise NotLocked(
            "De databasegebruiker mag alle tenants zien (SUPERUSER of BYPASSRLS). "
            "Maak een gewone gebruiker en gebruik die in TOEGANG_DATABASE_URL."
        )
    forced = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    missing = locked_tables() & set(inspect(connection).get_table_names()) - set(connection.scalars(forced))
    seen = [table for table in sorted(locked_tables() - missing) if _shows_a_row(connection, table)]
    if missing or seen:
        open_tables = ", ".join(sorted({*missing, *seen}))
        raise NotLocked(
            f"Deze tabellen zijn niet per gemeente afgeschermd: {open_tables}. Voer “alembic upgrade head” uit."
        )


def _shows_a_row(connection: Connection, table: str) -> bool:
    named = Base.metadata.tables[table]
    return connection.execute(select(1).select_from(named).limit(1)).first() is not None


def _bind(session: Session, settings: dict[str, str]) -> None:
    session.info[BOUND] = settings
    if session.in_transaction():
        _tell(session.connection(), settings)


@event.listens_for(Session, "after_begin")
def _tell_anew(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """A new transaction knows nothing of the one before it."""
    del transaction
    settings = session.info.get(BOUND)
    if settings is not None:
        _tell(connection, settings)


def _tell(connection: Connection, settings: dict[str, str]) -> None:
    if connection.dialect.name == "postgresql":
        until_commit = literal(value=True)
        connection.execute(select(*(func.set_config(name, value, until_commit) for name, value in settings.items())))
