"""Anchors: where each chain of the audit log ended, kept in a file outside the database, to find a tail that was cut.

Somebody who may write in the database and not in this file cannot put an older log back unnoticed. Copy the file to
another system, or print it, to be safe from who may write in both.
"""

import os
import uuid
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from intake.access.audit.chain import Anchor, anchors_now

FILE = "logboek-ankers.txt"


class AnchorFileDamaged(ValueError):
    """A line of the file is no anchor; the message is Dutch and names the line."""


def keep_anchor(session: Session, folder: Path, *, now: datetime) -> tuple[Anchor, ...]:
    """Write where each chain ends now at the end of the file; what was written stays."""
    anchors = anchors_now(session)
    lines = "".join(f"{now.isoformat(timespec='seconds')} {anchor}\n" for anchor in anchors)
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    return anchors


def kept_anchor(folder: Path) -> tuple[Anchor, ...]:
    """Every anchor in the file; none when there is no file yet.

    Raises:
        AnchorFileDamaged: a line cannot be read.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="ascii", errors="replace").splitlines(), start=1):
        try:
            _, chain_id, seq, digest = line.split(" ")
            found.append(Anchor(uuid.UUID(chain_id), int(seq), bytes.fromhex(digest).hex()))
        except ValueError as error:
            raise AnchorFileDamaged(f"{path.name}, regel {number} is geen anker.") from error
    return tuple(found)
