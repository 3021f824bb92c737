"""An advice in plain Dutch: what, why, what is still open, and that a person decides."""

from collections.abc import Mapping

from rules.engine.ruleset import RuleSet
from rules.values.advice import Advice, OpenVraag, Stap
from rules.values.facts import Fact, FactType
from rules.values.urgentie import Urgentie
from rules.values.wording import say_day, say_list, say_value, say_word, sentence

URGENCY = {
    Urgentie.NU: "nu meteen, per telefoon",
    Urgentie.VANDAAG: "vandaag",
    Urgentie.HOOG: "hoge spoed",
    Urgentie.VERHOOGD: "verhoogde spoed",
    Urgentie.REGULIER: "gewoon, zonder spoed",
}
TERMS = {
    "persoonlijk_plan": "U kunt een eigen plan geven tot en met",
    "onderzoek": "Het onderzoek is klaar op uiterlijk",
    "eerste_contact": "Iemand neemt contact op, uiterlijk op",
}
_HEADINGS = {
    "veiligheid": "Eerst veiligheid",
    "voorzieningen": "Hulp die past",
    "voorliggend": "Andere wet of regeling",
    "overbrugging": "Tot die tijd",
    "niveau": "Wie regelt het",
    "regiokeuze": "Regio",
}
_NOTHING = ("", "geen", "niet_van_toepassing")


def explain(advice: Advice, ruleset: RuleSet | None = None) -> str:
    """The advice as a plain text with short headed parts; with the rule set its own words for facts and outcomes."""
    names = ruleset.names() if ruleset else {}
    parts = [
        [f"ADVIES van {say_day(advice.peildatum)}"],
        _what(advice, names),
        ["Waarom", *dict.fromkeys(_why(step) for step in advice.stappen)],
        _open(advice.open_vragen, names),
        ["Wanneer", *(f"- {TERMS.get(name, name)} {say_day(day)}." for name, day in advice.termijnen.items())],
        [
            "Dit is een advies, gemaakt met regels op een computer.",
            "Een medewerker neemt het besluit en mag van het advies afwijken.",
            f"Regels: {advice.regio}, geldig vanaf {say_day(advice.regelset)}.",
        ],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _what(advice: Advice, names: Mapping[str, Fact]) -> list[str]:
    lines = ["Wat wij adviseren"]
    for name, heading in _HEADINGS.items():
        value = getattr(advice, name)
        words = (value,) if isinstance(value, str) else value
        said = [say_word(_fact(names, name), word) for word in words if word not in _NOTHING]
        if said:
            lines.append(f"- {heading}: {say_list(said)}")
    lines.append(f"- Hoe snel: {URGENCY[advice.urgentie] if advice.urgentie else ''}")
    if advice.bestemming.naam:
        lines.append(f"- Wie u verder helpt: {advice.bestemming.naam}")
    if advice.expertise:
        lines.append("- De regionale expertisegroep kijkt mee.")
    if advice.taken:
        tasks = say_list([say_word(_fact(names, "taken"), word) for word in advice.taken])
        lines.append(f"- Wat er ook moet gebeuren: {tasks}")
    return lines


def _why(step: Stap) -> str:
    doubt = "" if step.zeker else " Dit kan nog veranderen."
    return f"- {sentence(step.omdat)} ({step.grondslag}){doubt}"


def _open(questions: tuple[OpenVraag, ...], names: Mapping[str, Fact]) -> list[str]:
    if not questions:
        return []
    lines = ["Wat wij nog niet weten en wat het advies kan veranderen"]
    for question in questions:
        changes = say_list([_fact(names, name).label for name in question.kan_veranderen])
        lines.append(f"- {sentence(_fact(names, question.feit).label)} Kan veranderen: {changes}.")
    return lines


def explain_facts(step: Stap, ruleset: RuleSet) -> dict[str, str]:
    """The facts that a step asked, name and value in plain words."""
    names = ruleset.names()
    return {_fact(names, name).label: say_value(_fact(names, name), value) for name, value in step.feiten.items()}


def _fact(names: Mapping[str, Fact], name: str) -> Fact:
    return names.get(name) or Fact(name, FactType.TEKST)
