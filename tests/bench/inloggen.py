"""How long a login takes for a name that exists and for one that does not: `bin/bench inloggen [tries]`.

Both are asked in turn, through the application itself; the counts of attempts are emptied between them, so that no
limit is reached. Processor time is measured, since other work on the machine must not decide.
"""

import tempfile
import time
from pathlib import Path
from statistics import median

from sqlalchemy import delete

from config.clock import SystemClock
from config.settings import Settings
from intake.login.accounts.account import NewAccount, register_account, set_password
from intake.store.database import open_database
from intake.tables.login_session import Attempt
from intake.web.app import build
from tests.bench.say import say, table

TRIES = 200
MASTER_KEY = b"m" * 32
KNOWN, UNKNOWN = "bekend@voorbeeld.test", "onbekend@voorbeeld.test"


def main(arguments: list[str]) -> int:
    """Measure and print; 1 when the medians differ by more than five percent."""
    tries = int(arguments[0]) if arguments else TRIES
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'toegang.db'}"
        database = open_database(url, MASTER_KEY)
        database.upgrade()
        clock = SystemClock()
        with database.unit_of_work() as session:
            account = register_account(
                session, NewAccount(email=KNOWN, naam="Bekend", functie="proef"), now=clock.now()
            )
            set_password(session, account, "rustig lopende beek", now=clock.now())
        settings = Settings(
            instance=Path(folder), database_url=url, secret_key="k" * 40, master_key=MASTER_KEY,
            trusted_hosts=("localhost",),
        )  # fmt: skip
        client = build(settings=settings, clock=clock, database=database).test_client()
        token = client.get("/inloggen").text.partition('name="csrf_token" value="')[2].partition('"')[0]
        timings: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
        for number in range(2 * tries):
            name = (KNOWN, UNKNOWN)[number % 2]
            with database.unit_of_work() as session:
                session.execute(delete(Attempt))
            data = {"naam": name, "wachtwoord": "een verkeerd woord", "csrf_token": token}
            before = time.process_time()
            answer = client.post("/inloggen", data=data)
            timings[name].append(time.process_time() - before)
            assert answer.status_code == 400
        database.dispose()
    table({"bestaat": timings[KNOWN], "bestaat niet": timings[UNKNOWN]})
    known, unknown = median(timings[KNOWN]), median(timings[UNKNOWN])
    difference = abs(known - unknown) / max(known, unknown)
    say(f"verschil van de medianen: {difference:.1%} van {max(known, unknown) * 1000:.1f} ms")
    return int(difference > 0.05)
