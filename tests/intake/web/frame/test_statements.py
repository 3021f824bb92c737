"""A list asks the database as much for many rows as for one; only the log gets a row for each person that is read."""

from contextlib import contextmanager

from sqlalchemy import event

LOGGING = ("audit", "tenant_key")
MOST = 12


@contextmanager
def counted(database):
    """The statements that this database runs, without those of the log."""
    statements: list[str] = []

    def note(*call):
        statement = call[2]
        if not any(name in statement.lower() for name in LOGGING) and not statement.startswith(("BEGIN", "SAVEPOINT")):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def asked(client, database, path: str) -> int:
    client.get(path)
    with counted(database) as statements:
        client.get(path)
    return len(statements)


def test_the_list_of_cases_asks_as_much_for_many_as_for_one(log_in, database, people):
    with database.unit_of_work() as session:
        people.an_intake(session)
    client = log_in("worker")
    few = asked(client, database, "/intakes")
    with database.unit_of_work() as session:
        for _ in range(12):
            people.an_intake(session)
    assert "13 intakes" in client.get("/intakes").text
    assert asked(client, database, "/intakes") == few <= MOST


def test_the_start_page_asks_as_much_for_many_as_for_one(log_in, database, people):
    with database.unit_of_work() as session:
        people.an_intake(session)
    client = log_in("worker")
    few = asked(client, database, "/")
    with database.unit_of_work() as session:
        for _ in range(6):
            people.an_intake(session)
    assert asked(client, database, "/") == few
