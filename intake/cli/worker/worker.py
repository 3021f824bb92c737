"""`toegang werker`: do the jobs in a process of its own, for production."""

import argparse
import signal
from typing import Any

from config import log
from config.clock import SystemClock
from intake.cli.frame.database import installed_database
from intake.cli.worker.worker_process import live_beside_server
from intake.worker.worker import Installation, job_worker


def register(commands: Any) -> None:
    """Add the subcommand."""
    parser = commands.add_parser("werker", help="voer de taken op de achtergrond uit (brieven, termijnen, ankers)")
    parser.add_argument("--naast-start", metavar="NAAM", default="", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop; the job at hand is finished first."""
    wanted = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
    name: str = arguments.naast_start
    if name:
        live_beside_server()
    with installed_database() as (database, settings):
        log.configure(settings)
        here = Installation(settings.instance, settings.post, settings.base_url)
        worker = job_worker(database, SystemClock(), installation=here, name=name)
        worker.start()
        if not name:
            print("De werker draait – stoppen met Ctrl+C", flush=True)
        signal.sigwait(wanted)
        worker.stop()
    return 0
