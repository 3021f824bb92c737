"""What somebody chose and saw, and what came of it; the values of the act of deciding, and why it can be refused."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from intake.dossier.deciding.succession import Hanging
from intake.referrals.sending.choice import ChoiceRefused
from intake.referrals.sending.start import Sent
from intake.tables.besluit import Besluit


class Keuze(StrEnum):
    """What a person does with the advies."""

    VOLGEN = "volgen"
    AFWIJKEN = "afwijken"
    VANNACHT = "vannacht"
    """Decide about tonight only."""


class Overtaken(RuntimeError):
    """What the person saw is no longer so; nothing is recorded. `what` says it in one Dutch sentence."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} Uw besluit is niet vastgelegd. Bekijk eerst wat er nu staat. Wilt u toch zo besluiten? Verstuur "
            "het dan nog een keer."
        )
        self.what = what


class NothingDeviates(ValueError):
    """Chosen was what the advies says; the message is Dutch and says what to do."""

    def __init__(self) -> None:
        super().__init__("U koos hetzelfde als het advies. Kies iets anders, of volg het advies.")


class UnknownReceiver(ChoiceRefused):
    """The organisation that was chosen receives no cases (any more); the message is Dutch."""

    def __init__(self) -> None:
        super().__init__("Dit is geen organisatie die zaken ontvangt. Kies een ander in de lijst.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the person saw before deciding.

    Attributes:
        advies_hash: of the advies.
        besluiten: how many besluiten; none when the door does not know.
        gevolgen: what a new besluit would do, as `Hanging.token`; none when the door does not show it.
    """

    advies_hash: str
    besluiten: int | None = None
    gevolgen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was chosen; what was left empty is as the advies says. `verwijzen`: send the case on at once."""

    keuze: Keuze
    seen: Seen
    voorziening: str = ""
    overbrugging: str = ""
    ontvanger: uuid.UUID | None = None
    reden: str = ""
    verwijzen: bool = True


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it.

    Attributes:
        besluit: as recorded; the earlier one when the same was sent twice.
        is_new: whether it was recorded now.
        ended: what hung under the besluit before, and was dealt with.
        sent: to whom the case was sent on; none when the person does that.
        hands_over: by the newest besluit another region takes over, which is asked in another way.
    """

    besluit: Besluit
    is_new: bool
    ended: Hanging
    sent: tuple[Sent, ...] | None
    hands_over: bool
