"""By when a receiver answers: within hours when somebody needs a bed tonight, within working days otherwise.

A bed for tonight cannot wait for tomorrow's office hours (Wmo 2015 art. 2.3.3: onverwijld).
"""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from config.calendar import add_working_days
from config.clock import AMSTERDAM, Clock
from config.regions import ANSWER_HOURS, REGIONS
from intake.advice import giving
from intake.advice import region as region_term
from intake.places.bed import is_bed
from intake.store.outbox import job
from intake.tables.besluit import Besluit
from intake.tables.intake import Intake
from intake.tables.job import JobKind
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralKind
from rules.values import BED_TONIGHT, Urgentie

RESPONSE_DAYS = {
    Urgentie.NU: 1,
    Urgentie.VANDAAG: 1,
    Urgentie.HOOG: 2,
    Urgentie.VERHOOGD: 5,
    Urgentie.REGULIER: 5,
}
"""Working days in which a receiver answers, by urgency."""
EARLY = time(6, 0)


def is_for_tonight(case: Intake, decided: Besluit, referral: Referral) -> bool:
    """Whether hours count: tonight's bed, help of the crisis service today, or a matter of now, by phone (U0)."""
    if case.urgentie is Urgentie.NU or referral.purpose == PlacementPurpose.OVERBRUGGING:
        return True
    if case.urgentie.is_today and decided.bestemming_soort == OrganisationKind.CRISISDIENST:
        return True
    return is_bed(referral) and case.urgentie.is_today and decided.overbrugging == BED_TONIGHT


def start_clock(session: Session, case: Intake, referral: Referral, *, clock: Clock) -> None:
    """The receiver's time begins now: its hours or working days, and the job that looks again when they are over."""
    decided = session.get_one(Besluit, referral.besluit_id)
    if referral.kind is ReferralKind.VERWIJZING and is_for_tonight(case, decided, referral):
        referral.respond_at = clock.now() + timedelta(hours=answer_hours(session, case))
        referral.respond_by = referral.respond_at.astimezone(AMSTERDAM).date()
    else:
        referral.respond_at, referral.respond_by = None, _last_day(session, case, referral, clock.today())
    wake_after(session, referral, clock=clock)


def _last_day(session: Session, case: Intake, referral: Referral, today: date) -> date:
    if referral.kind is ReferralKind.OVERDRACHT:
        return region_term.transfer_by(session, case, today)
    return add_working_days(today, RESPONSE_DAYS[case.urgentie])


def answer_hours(session: Session, case: Intake) -> int:
    """The hours that the region gives a receiver tonight."""
    gemeente = session.get_one(Organisation, case.gemeente_id)
    region = REGIONS.get(giving.regio_of(gemeente.gemeente_code))
    return region.antwoord_vannacht_uren if region else ANSWER_HOURS


def is_over(referral: Referral, clock: Clock) -> bool:
    """Whether the receiver's time has passed."""
    return clock.now() >= referral.respond_at if referral.respond_at else clock.today() > referral.respond_by


def wake_after(session: Session, referral: Referral, *, clock: Clock) -> None:
    """Look at the referral again at its hour, or on the morning after its last day."""
    morning = datetime.combine(referral.respond_by + timedelta(days=1), EARLY, AMSTERDAM)
    at = referral.respond_at or morning
    job.ask(session, job.NewJob(JobKind.VERWIJZING_VERLOOPT, {"referral_id": str(referral.id)}, run_at=at), clock=clock)
