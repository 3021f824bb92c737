"""Where the form meets the rules: answers become facts, facts become an advies, and nobody is left without an answer.

When the rules cannot answer (no rule set for the day, a rule set with errors, a broken guard rail), the case still gets
a safe answer for tonight, and the regional expertise function looks at it (Wmo 2015 art. 2.3.3).
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.clock import Clock
from config.regions import REGIONS
from forms import INTAKE_FORM
from intake.advice.in_force import RESERVE
from intake.keys import sealing
from intake.store.idempotency import body_hash
from intake.tables.advice import AdviceOccasion, StoredAdvice
from intake.tables.intake import Intake
from rules import (
    Advice,
    FactValue,
    InvalidFacts,
    NoRuleSet,
    RuleSet,
    RuleSetErrors,
    WaarborgBroken,
    advise,
    ruleset_for,
)
from rules.values import ENGINE_VERSION, Urgentie

SAFETY_FACTS = {
    "acuut_gevaar": "crisisdienst",
    "geweld_afhankelijkheidsrelatie": "geweldspoor",
    "mensenhandel": "geweldspoor",
    "kind_onveilig": "meldcode",
    "onttrekkingsrisico": "medische_controle",
    "geheim_adres": "afgeschermd_adres",
}
SURE_OF_A_BED = frozenset({"eigen_woning", "kan_blijven", "instelling"})
ADULT = 18
RulesOf = Callable[[str, date], RuleSet]
"""Gives the rules of a region in force on a day; raises NoRuleSet or RuleSetErrors."""
_DESK = {"soort": "regionale_toegang", "naam": "Centraal Onthaal"}
_YOUTH_DESK = {"soort": "crisisdienst", "naam": "Crisisdienst Jeugd"}


@dataclass(frozen=True, slots=True)
class AdviceOutcome:
    """An advies. `reserve`: the rules could not answer and this is the safe answer; `reason` says why, in Dutch."""

    advice: Advice
    reserve: bool = False
    reason: str = ""


def regio_of(gemeente_code: str | None) -> str:
    """The id of the region to which a gemeente belongs; empty when we know none."""
    return next((region.id for region in REGIONS.values() if gemeente_code in region.gemeenten), "")


def advise_answers(
    answers: Mapping[str, Any], *, regio: str, on: date, rules_of: RulesOf = ruleset_for
) -> AdviceOutcome:
    """The advies on these answers as they stand on the day `on`, by the rules of the day of the melding.

    `rules_of` gives the rules of a region on a day; `intake.advice.in_force.shelf` also knows those published in the
    database.
    """
    return advise_facts(INTAKE_FORM.facts(answers), regio=regio, on=on, rules_of=rules_of)


def advise_facts(
    facts: Mapping[str, FactValue], *, regio: str, on: date, rules_of: RulesOf = ruleset_for
) -> AdviceOutcome:
    """The advies on these facts; the safe answer when the rules cannot give one."""
    try:
        ruleset = rules_of(regio, min(_melding(facts, on), on))
        return AdviceOutcome(advise(ruleset, facts, on))
    except WaarborgBroken as error:
        return AdviceOutcome(error.safe, reserve=True, reason=error.because)
    except NoRuleSet as error:
        return AdviceOutcome(_safe_answer(facts, regio, on), reserve=True, reason=str(error))
    except RuleSetErrors:
        return AdviceOutcome(_safe_answer(facts, regio, on), reserve=True, reason="In de regels zit een fout.")
    except InvalidFacts:
        return AdviceOutcome(_safe_answer(facts, regio, on), reserve=True, reason="De regels kennen een antwoord niet.")


def store(
    session: Session, case: Intake, outcome: AdviceOutcome, occasion: AdviceOccasion, *, clock: Clock
) -> StoredAdvice:
    """Keep the advies of today with the case, as the newest; the earlier ones stay."""
    content = outcome.advice.to_dict()
    number = session.scalar(select(func.count()).where(StoredAdvice.intake_id == case.id)) or 0
    stored = StoredAdvice(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        number=number + 1,
        occasion=occasion,
        made_at=clock.now(),
        on=clock.today(),
        ruleset=outcome.advice.regelset,
        ruleset_hash=outcome.advice.regelset_hash,
        content_hash=body_hash(content),
        reserve=outcome.reserve,
        reserve_reason=outcome.reason or None,
        facts_hash=body_hash(sealing.get(session, case, "facts")),
        form_version=INTAKE_FORM.version,
        engine=ENGINE_VERSION,
    )
    sealing.put(session, stored, "content", content)
    session.add(stored)
    session.flush()
    case.urgentie, case.expertise = outcome.advice.urgentie or Urgentie.VANDAAG, outcome.advice.expertise
    return stored


def latest(session: Session, intake_id: uuid.UUID) -> StoredAdvice:
    """The newest advies of a case; the caller has fetched the case."""
    query = select(StoredAdvice).where(StoredAdvice.intake_id == intake_id)
    return session.scalars(query.order_by(StoredAdvice.number.desc()).limit(1)).one()


def opened(session: Session, stored: StoredAdvice) -> Advice:
    """The advies itself."""
    return Advice.from_dict(sealing.get(session, stored, "content"))


def _melding(facts: Mapping[str, FactValue], on: date) -> date:
    text = facts.get("melding_datum")
    return date.fromisoformat(text) if isinstance(text, str) and text != "onbekend" else on


def _safe_answer(facts: Mapping[str, FactValue], regio: str, on: date) -> Advice:
    """A bed tonight unless there surely is one, and people of the region to look at it; safety first."""
    safety = list(dict.fromkeys(flag for fact, flag in SAFETY_FACTS.items() if facts.get(fact) in ("ja", "vermoeden")))
    violence, crisis = "geweldspoor" in safety, "crisisdienst" in safety
    bed_is_sure = facts.get("slaapplek_vannacht") in SURE_OF_A_BED and not violence
    minor = _is_minor(facts, on)
    centre = REGIONS[regio].centrumgemeente if regio in REGIONS else str(facts.get("melding_gemeente", ""))
    return Advice.from_dict(
        {
            "regio": regio,
            "regelset": RESERVE,
            "regelset_hash": RESERVE,
            "peildatum": on.isoformat(),
            "veiligheid": safety,
            "kring": "jeugd" if minor else "onduidelijk",
            "voorliggend": ["crisis_jeugd"] if minor else [],
            "voorzieningen": [] if minor else [_safe_place(facts, violence=violence)],
            "overbrugging": "blijft_waar_veilig" if bed_is_sure else "tijdelijke_opvang_vandaag",
            "niveau": "regionaal",
            "urgentie": Urgentie.NU if crisis else Urgentie.HOOG if bed_is_sure else Urgentie.VANDAAG,
            "regiokeuze": "eigen",
            "verantwoordelijke_gemeente": str(facts.get("melding_gemeente", centre)),
            "expertise": True,
            "expertise_redenen": [RESERVE],
            "bestemming": {**(_YOUTH_DESK if minor else _DESK), "gemeente": centre},
            "termijnen": {},
            "taken": ["clientondersteuning_aanbieden"],
            "stappen": [_safe_step(facts)],
            "open_vragen": [],
        }
    )


def _safe_place(facts: Mapping[str, FactValue], *, violence: bool) -> str:
    children = facts.get("kinderen_mee")
    if violence:
        return "vrouwenopvang"
    return "gezinsopvang" if isinstance(children, int) and children > 0 else "opvang_24uurs"


def _is_minor(facts: Mapping[str, FactValue], on: date) -> bool:
    born = facts.get("geboortedatum")
    if not isinstance(born, str) or born == "onbekend":
        return False
    birth = date.fromisoformat(born)
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)) < ADULT


def _safe_step(facts: Mapping[str, FactValue]) -> dict[str, Any]:
    return {
        "tabel": RESERVE,
        "regel": "R.1",
        "omdat": "Wij konden de regels van de regio nu niet toepassen. U krijgt vandaag een veilige plek als u die "
        "nodig hebt. Deskundigen van de regio kijken mee.",
        "grondslag": "Wmo 2015 art. 2.3.3",
        "feiten": {"slaapplek_vannacht": facts.get("slaapplek_vannacht", "onbekend")},
    }
