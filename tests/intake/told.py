"""What somebody was told in the house, as they read it."""

from sqlalchemy.orm import Session

from intake.access.actor import Actor
from intake.people.messages import message, wording


def heard_by(session: Session, actor: Actor) -> list[str]:
    """What this person has not read yet, newest first."""
    found = message.unread(session, actor)
    return wording.texts(session, found, message.within_reach(session, actor, found))
