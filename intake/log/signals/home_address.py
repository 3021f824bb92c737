"""The own address of an employee, if the employee gives it: so that opening the file of a neighbour stands out.

It is wrapped by the master key, shown to nobody but the person, and compared as a keyed hash only
(`intake.case.lookup`).
"""

from sqlalchemy.orm import Session

from intake.case.lookup import home_of
from intake.keys.crypto import unwrap_secret, wrap_secret
from intake.tables.account import Account

KIND = "woonadres"


class NoAddress(ValueError):
    """What was typed is no postcode with a house number; the message is Dutch."""


def keep_home(session: Session, account: Account, *, postcode: str, house: str) -> None:
    """Keep the address of this person; both empty takes it away.

    Raises:
        NoAddress: it is no postcode with a house number.
    """
    if not postcode.strip() and not house.strip():
        account.woonadres = None
        return
    home = home_of(postcode, house.strip())
    if not home:
        raise NoAddress("Vul een postcode in zoals 2901 AB, en een huisnummer. Of laat beide leeg.")
    account.woonadres = wrap_secret(session, home.encode(), account.id, KIND)


def kept_home(session: Session, account: Account) -> tuple[str, str]:
    """Postcode and house number of this person; twice nothing when they were not given.

    Raises:
        CannotOpen: the master key is another.
    """
    postcode, _, house = spelled(session, account).partition("|")
    return postcode, house


def spelled(session: Session, account: Account) -> str:
    """The same in the spelling in which addresses are compared (`intake.case.lookup.home_of`); empty when not given.

    Raises:
        CannotOpen: the master key is another.
    """
    if account.woonadres is None:
        return ""
    return unwrap_secret(session, account.woonadres, account.id, KIND).decode()
