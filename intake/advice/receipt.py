"""The receipt of an advies: what it was made with, and making it again to see that it is the same.

An advies of years ago can be checked as long as its case is kept: facts, day, rule set and form are all known by hash.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import INTAKE_FORM
from intake.advice import giving
from intake.advice import in_force as ruleset
from intake.keys import sealing
from intake.store.idempotency import body_hash
from intake.tables.advice import StoredAdvice
from intake.tables.intake import Intake
from rules import Advice, InvalidFacts, WaarborgBroken, advise
from rules.values import ENGINE_VERSION


class NoSuchAdvice(LookupError):
    """There is no advies with this reference and number; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of making an advies again. `differences` are Dutch sentences; none means: exactly the same."""

    reference: str
    number: int
    made_on: str
    ruleset: str
    ruleset_hash: str
    facts_hash: str
    form_version: str
    engine: str
    differences: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the advies came out exactly as it was."""
        return not self.differences


def prove(session: Session, reference: str, number: int | None = None) -> Proof:
    """Make the advies of a case again; the newest, or the one with this number.

    Raises:
        NoSuchAdvice: there is none.
        CannotOpen: the key of the case was destroyed.
    """
    case = session.scalars(select(Intake).where(Intake.reference == reference)).one_or_none()
    if case is None:
        raise NoSuchAdvice(f"Er is geen intake met nummer {reference}.")
    query = select(StoredAdvice).where(StoredAdvice.intake_id == case.id).order_by(StoredAdvice.number.desc())
    if number is not None:
        query = query.where(StoredAdvice.number == number)
    stored = session.scalars(query.limit(1)).first()
    if stored is None:
        raise NoSuchAdvice(f"Intake {reference} heeft geen advies met nummer {number}.")
    return Proof(
        reference=reference,
        number=stored.number,
        made_on=stored.on.isoformat(),
        ruleset=stored.ruleset,
        ruleset_hash=stored.ruleset_hash,
        facts_hash=stored.facts_hash or "",
        form_version=stored.form_version or "",
        engine=stored.engine or "",
        differences=tuple(_differences(session, case, stored)),
    )


def _differences(session: Session, case: Intake, stored: StoredAdvice) -> Iterator[str]:
    facts = sealing.get(session, case, "facts")
    before = giving.opened(session, stored)
    if body_hash(before.to_dict()) != stored.content_hash:
        yield "Het bewaarde advies past niet bij zijn kenmerk."
    if stored.facts_hash and body_hash(facts) != stored.facts_hash:
        yield "De feiten zijn sinds dit advies gewijzigd."
    if stored.form_version and stored.form_version != INTAKE_FORM.version:
        yield "Let op: het formulier is sindsdien gewijzigd. De feiten van toen zijn gebruikt."
    if stored.engine and stored.engine != ENGINE_VERSION:
        yield f"Let op: het rekenprogramma had toen versie {stored.engine} en heeft nu versie {ENGINE_VERSION}."
    if stored.reserve:
        yield f"De regels konden toen niet antwoorden: {stored.reserve_reason or ''} Dit was het veilige antwoord."
        return
    found = ruleset.with_hash(session, before.regio, stored.ruleset_hash)
    if found is None:
        yield f"De regelset met kenmerk {stored.ruleset_hash} is er niet meer."
        return
    try:
        now = advise(found, facts, stored.on)
    except (WaarborgBroken, InvalidFacts) as error:
        yield f"Dezelfde regels geven nu geen advies meer: {error}"
        return
    yield from changed(before, now)


def changed(before: Advice, after: Advice) -> Iterator[str]:
    """One Dutch sentence for each part of an advies that came out otherwise."""
    one, other = before.to_dict(), after.to_dict()
    for name in dict.fromkeys((*one, *other)):
        if one.get(name) != other.get(name):
            yield f"„{name}” was anders."
