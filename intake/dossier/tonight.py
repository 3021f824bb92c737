"""What stands about tonight in a case: who was asked for a bed, until when, and whom the worker calls now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from config.clock import Clock
from intake.dossier.dossier import Dossier
from intake.people.organisations import reach
from intake.people.organisations.reach import crisis_help
from intake.places.bed import is_bed
from intake.tables.intake import Intake, IntakeState
from intake.tables.organisation import Organisation
from intake.tables.referral import Referral, ReferralState
from rules import Advice
from rules.values import BED_TONIGHT, CRISIS, TODAY

NEWS = timedelta(hours=24)
"""So long a bed that was agreed is news; after that it is where the client lives."""


class Bed(StrEnum):
    """How it stands with tonight's bed."""

    NIET_NODIG = "niet_nodig"
    NOG_BESLUITEN = "nog_besluiten"
    NIET_GEVRAAGD = "niet_gevraagd"
    GEVRAAGD = "gevraagd"
    VRAAG = "vraag"
    TOEGEZEGD = "toegezegd"
    NERGENS = "nergens"


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call at this moment. `answered`: as far as the register tells, somebody answers now."""

    naam: str
    nummer: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Tonight:
    """What a worker sees of tonight.

    Attributes:
        referral: the referral on which it rests; none when nobody is asked.
        call: the receiver that is asked, or the desk of the region when nobody has a bed.
        until: by when the receiver answers; another is asked after that.
        crisis: the crisis help to call now.
        danger: whether somebody's life is in danger; else the crisis help is where the route leads today.
    """

    bed: Bed
    referral: Referral | None = None
    call: Call | None = None
    until: datetime | None = None
    crisis: Call | None = None
    danger: bool = False


def tonight_of(session: Session, found: Dossier, *, clock: Clock) -> Tonight | None:
    """What cannot wait until tomorrow in this case, for who decides about it; none when nothing does."""
    if not (found.is_open and found.decides):
        return None
    given, case = found.advice, found.case
    danger = CRISIS in given.veiligheid
    crisis = _crisis(session, given, clock) if danger or _is_for_crisis_help(found) else None
    wanted = bool(found.besluiten) and found.besluiten[0].overbrugging == BED_TONIGHT
    if crisis and not found.besluiten and given.overbrugging == BED_TONIGHT:
        return Tonight(Bed.NOG_BESLUITEN, crisis=crisis, danger=danger)
    bed, one = _bed(case, [row for row, _ in found.referrals if is_bed(row)], wanted=wanted, clock=clock)
    if bed is Bed.NIET_NODIG and crisis is None:
        return None
    if bed is Bed.NERGENS:
        return Tonight(bed, call=_call(reach.region_desk(session), clock), crisis=crisis, danger=danger)
    asked = session.get(Organisation, one.receiver_id) if one else None
    return Tonight(bed, one, _call(asked, clock), one.respond_at if one else None, crisis, danger)


def _is_for_crisis_help(found: Dossier) -> bool:
    """Whether the crisis help is to help today and has not said yes; who is under 18 sleeps where it finds a place."""
    if found.advice.bestemming.soort != CRISIS or found.advice.urgentie not in TODAY:
        return False
    return all(row.state is not ReferralState.GEACCEPTEERD for row, _ in found.referrals)


def _bed(case: Intake, beds: list[Referral], *, wanted: bool, clock: Clock) -> tuple[Bed, Referral | None]:
    """How it stands, and on which referral: the one that is being asked, else the one that agreed."""
    for one in beds:
        if one.active and one.respond_at is not None:
            return (Bed.VRAAG if one.state is ReferralState.TERUGGEVRAAGD else Bed.GEVRAAGD), one
    for one in beds:
        if one.state is ReferralState.GEACCEPTEERD:
            is_news = one.answered_at is not None and clock.now() - one.answered_at < NEWS
            return (Bed.TOEGEZEGD, one) if is_news else (Bed.NIET_NODIG, None)
    if not wanted or case.state is IntakeState.GEPLAATST:
        return Bed.NIET_NODIG, None
    return (Bed.NERGENS if beds or case.state is IntakeState.GEEN_PLEK else Bed.NIET_GEVRAAGD), None


def _crisis(session: Session, given: Advice, clock: Clock) -> Call | None:
    return _call(crisis_help(session, given), clock)


def _call(one: Organisation | None, clock: Clock) -> Call | None:
    if one is None:
        return None
    return Call(one.naam, reach.number_at(one, clock.now()), reach.is_answered_at(one, clock.now()))
