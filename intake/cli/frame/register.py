"""An organisation of the register as a command names it: by its name, or a gemeente by its CBS code."""

from sqlalchemy.orm import Session

from intake.cli.frame.failure import BadInput
from intake.people.organisations import gemeente_with_code, organisations
from intake.tables.organisation import Organisation

MOST_NAMES = 20
LONGEST_SHOWN = 80


def known_organisation(session: Session, wanted: str) -> Organisation | None:
    """The organisation that is called so; none when there is none, or more than one."""
    name = wanted.strip()
    called = [one for one in organisations(session) if one.naam.casefold() == name.casefold()]
    return called[0] if len(called) == 1 else gemeente_with_code(session, name.upper())


def the_organisation(session: Session, wanted: str) -> Organisation:
    """As `known_organisation`.

    Raises:
        BadInput: there is none, or more than one.
    """
    found = known_organisation(session, wanted)
    if found is None:
        raise no_organisation(session, wanted)
    return found


def no_organisation(session: Session, wanted: str) -> BadInput:
    """What to say of a name that names none, or more than one."""
    names = ", ".join(one.naam for one in organisations(session)[:MOST_NAMES]) or "nog geen"
    return BadInput(
        f"er is geen organisatie “{wanted[:LONGEST_SHOWN]}”, of meer dan één. Er zijn: {names}. "
        "Of noem de CBS-code van een gemeente."
    )
