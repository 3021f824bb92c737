"""`toegang start`: serve the pages, with the job worker in a process of its own beside it."""

import argparse
import signal
import socket
from typing import Any

from waitress.server import create_server

from config import log
from config.settings import Settings
from intake.cli.frame.environment import installed_settings
from intake.cli.frame.failure import BadInput
from intake.cli.frame.os_words import why
from intake.cli.worker.demo import fill_and_tell
from intake.cli.worker.worker_process import WorkerProcess
from intake.people.organisations import is_empty
from intake.store import Database, open_database
from reports.letters import available as letters_problem
from wsgi import create_app

THREADS = 8
HIGHEST_PORT = 65_535
LIMITS = {"max_request_body_size": 2_000_000, "max_request_header_size": 16_384}
"""Beyond these the server hangs up before the application reads anything (bytes)."""


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("start", help="start Toegang op deze computer")
    parser.add_argument("--port", type=_port, default=8000, metavar="POORT", help="de poort (gewoon: 8000)")
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRES", help="het adres (gewoon: 127.0.0.1)")
    parser.add_argument("--demo", action="store_true", help="vul een lege database met een fictieve regio")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped (Ctrl+C or SIGTERM); the worker ends with it."""
    settings = installed_settings()
    _refuse_taken(arguments.host, arguments.port)
    log.configure(settings)
    app = create_app(settings)
    database = open_database(settings.database_url, *settings.masters)
    _fill(database, settings, wanted=arguments.demo)
    _tell(letters_problem())
    server = create_server(app, host=arguments.host, port=arguments.port, threads=THREADS, ident=None, **LIMITS)
    worker = WorkerProcess()
    for told in (signal.SIGTERM, signal.SIGINT):  # SIGINT too: a shell that starts it in the background has it ignored
        signal.signal(told, _end)
    worker.start()
    print(f"Toegang staat klaar op http://{arguments.host}:{arguments.port}/inloggen – stoppen met Ctrl+C", flush=True)
    try:
        server.run()
    finally:
        server.close()
        worker.stop()
        database.dispose()
    return 0


def _end(number: int, frame: object) -> None:
    """Told to stop: leave as with Ctrl+C, with what is in hand finished."""
    del number, frame
    raise SystemExit(0)


def _fill(database: Database, settings: Settings, *, wanted: bool) -> None:
    with database.session(read_only=True) as session:
        empty = is_empty(session)
    if wanted and empty:
        fill_and_tell(database, settings)
    elif wanted:
        print("De database is niet leeg; de demo is niet opnieuw gevuld. De inlognamen: toegang demo --logins")
    elif empty:
        print("De database is leeg. Maak een eerste account met: toegang gebruiker nieuw … of vul een demo: --demo")


def _tell(problem: str | None) -> None:
    if problem:
        print(f"Brieven wachten: {problem}")


def _refuse_taken(host: str, port: int) -> None:
    """Say at once that the port is in use, before anything is made.

    Raises:
        BadInput: another program listens there, or the address is not of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise BadInput(
            f"op {host}:{port} kan Toegang niet luisteren ({why(error)}). Kies een andere --port."
        ) from error


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"“{text[:20]}” is geen poort. Kies een getal van 1 tot {HIGHEST_PORT}.")
    return int(text)
