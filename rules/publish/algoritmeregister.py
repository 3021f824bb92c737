"""The record of a rule set for the Algoritmeregister of the Dutch government (publicatiestandaard 1.0.0, every field).

What can be read from the set itself is read from it: dates, legal grounds, data, working. What only people can say
(purpose, weighing, risks) stands beside the tables in `algoritmeregister.yaml`, in plain Dutch.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from rules.editing.head import is_plain
from rules.engine.ruleset import RuleSet, Status
from rules.shelf.bundle import Bundle
from rules.values.findings import Finding, RuleSetErrors

ABOUT_FILE = "algoritmeregister.yaml"
STANDARD, LANGUAGE = "1.0.0", "NLD"
NEEDED = (
    "naam", "korte_omschrijving", "organisatie", "contact", "publicatiecategorie", "doel_en_impact", "afwegingen",
    "menselijke_tussenkomst", "risicobeheer", "technische_werking", "gegevens",
)  # fmt: skip
OPTIONAL = (
    "thema", "link_publiekspagina", "link_bronregistratie", "wettelijke_basis", "verwerkingsregister", "impacttoetsen",
    "impacttoetsen_toelichting", "leverancier", "link_broncode", "zoektermen", "bronnen_gegevens", "begindatum",
)  # fmt: skip
CATEGORIES = ("Impactvolle algoritmes", "Hoog-risico AI-systeem", "Overige algoritmes")
LONGEST = {"naam": 100, "korte_omschrijving": 350, "organisatie": 100}
WETTEN = "https://wetten.overheid.nl/"
LAWS = {
    "Awb": ("Algemene wet bestuursrecht", f"{WETTEN}BWBR0005537"),
    "AVG": ("Algemene verordening gegevensbescherming", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),
    "EVRM": ("Europees Verdrag voor de Rechten van de Mens", f"{WETTEN}BWBV0001000"),
    "Grondwet": ("Grondwet", f"{WETTEN}BWBR0001840"),
    "Huisvestingswet": ("Huisvestingswet 2014", f"{WETTEN}BWBR0035303"),
    "IVRK": ("Verdrag inzake de rechten van het kind", f"{WETTEN}BWBV0002508"),
    "Jeugdwet": ("Jeugdwet", f"{WETTEN}BWBR0034925"),
    "Participatiewet": ("Participatiewet", f"{WETTEN}BWBR0015703"),
    "Vw 2000": ("Vreemdelingenwet 2000", f"{WETTEN}BWBR0011823"),
    "Wet BRP": ("Wet basisregistratie personen", f"{WETTEN}BWBR0033715"),
    "Wet COA": ("Wet Centraal Orgaan opvang asielzoekers", f"{WETTEN}BWBR0006685"),
    "Wet tijdelijk huisverbod": ("Wet tijdelijk huisverbod", f"{WETTEN}BWBR0024649"),
    "Wgs": ("Wet gemeentelijke schuldhulpverlening", f"{WETTEN}BWBR0031331"),
    "Wet forensische zorg": ("Wet forensische zorg", f"{WETTEN}BWBR0040634"),
    "Wlz": ("Wet langdurige zorg", f"{WETTEN}BWBR0035917"),
    "Wmo": ("Wet maatschappelijke ondersteuning 2015", f"{WETTEN}BWBR0035362"),
    "Wvggz": ("Wet verplichte geestelijke gezondheidszorg", f"{WETTEN}BWBR0040635"),
    "Wzd": ("Wet zorg en dwang", f"{WETTEN}BWBR0040632"),
    "Zvw": ("Zorgverzekeringswet", f"{WETTEN}BWBR0018450"),
}


def record_of(ruleset: RuleSet, bundle: Bundle, *, public_page: str, on: date) -> dict[str, Any]:
    """The record as JSON, with the field names of the register's delivery interface.

    Raises:
        RuleSetErrors: what people have to say about the set is missing or too long.
    """
    about = read_about(bundle.own.get(ABOUT_FILE, ""))
    return {
        "name": about["naam"],
        "description_short": about["korte_omschrijving"],
        "organization": about["organisatie"],
        "category": _list(about, "thema"),
        "status": status_of(ruleset, on),
        "begin_date": _month(str(about.get("begindatum") or ruleset.valid_from)),
        "end_date": _month(str(ruleset.valid_to)),
        "contact_email": about["contact"],
        "website": about.get("link_publiekspagina") or public_page,
        "publication_category": about["publicatiecategorie"],
        "url": about.get("link_bronregistratie") or None,
        "goal": about["doel_en_impact"],
        "proportionality": about["afwegingen"],
        "human_intervention": about["menselijke_tussenkomst"],
        "risks": about["risicobeheer"],
        "lawful_basis": "\n".join(_grounds(ruleset, about)),
        "lawful_basis_grouping": [{"title": title, "link": link} for title, link in laws_of(ruleset)],
        "process_index_url": about.get("verwerkingsregister") or None,
        "impacttoetsen": about.get("impacttoetsen_toelichting", ""),
        "impacttoetsen_grouping": _links(about, "impacttoetsen"),
        "source_data": f"{about['gegevens']}\n\n{_asked(ruleset)}",
        "source_data_grouping": _links(about, "bronnen_gegevens"),
        "methods_and_models": f"{about['technische_werking']}\n\n{_working(ruleset)}",
        "provider": about.get("leverancier") or None,
        "publiccode": about.get("link_broncode") or None,
        "lang": LANGUAGE,
        "standard_version": STANDARD,
        "source_id": ruleset.id,
        "tags": ", ".join(_list(about, "zoektermen")),
    }


def read_about(text: str) -> Mapping[str, Any]:
    """What people say about a set.

    Raises:
        RuleSetErrors: with every field that is missing, unknown or too long.
    """
    try:
        about = {} if not text else yaml.safe_load(text) if is_plain(text) else None
    except (yaml.YAMLError, ValueError) as error:
        raise RuleSetErrors([Finding(ABOUT_FILE, "dit is geen leesbare YAML")]) from error
    if not isinstance(about, dict):
        raise RuleSetErrors([Finding(ABOUT_FILE, "het bestand moet uit velden met waarden bestaan")])
    findings = [Finding(ABOUT_FILE, f"„{name}” ontbreekt") for name in NEEDED if not about.get(name)]
    allowed = ", ".join((*NEEDED, *OPTIONAL))
    unknown = [name for name in about if name not in NEEDED and name not in OPTIONAL]
    findings += [Finding(ABOUT_FILE, f"„{name}” bestaat niet", allowed=allowed) for name in unknown]
    for name, most in LONGEST.items():
        if len(str(about.get(name, ""))) > most:
            findings.append(Finding(ABOUT_FILE, f"„{name}” is te lang", allowed=f"hoogstens {most} tekens"))
    if about.get("publicatiecategorie") not in (None, *CATEGORIES):
        findings.append(Finding(ABOUT_FILE, "deze publicatiecategorie bestaat niet", allowed=", ".join(CATEGORIES)))
    if findings:
        raise RuleSetErrors(findings)
    return about


def status_of(ruleset: RuleSet, on: date) -> str:
    """The status in the words of the register."""
    if ruleset.status is Status.CONCEPT or on < ruleset.valid_from:
        return "In ontwikkeling"
    return "Buiten gebruik" if on > ruleset.valid_to or ruleset.status is Status.VERVALLEN else "In gebruik"


def laws_of(ruleset: RuleSet) -> tuple[tuple[str, str], ...]:
    """Title and link of each law that some rule names as its ground."""
    grounds = " ".join(row.ground for table in ruleset.tables for row in table.rows)
    return tuple(law for name, law in LAWS.items() if name in grounds)


def _grounds(ruleset: RuleSet, about: Mapping[str, Any]) -> list[str]:
    texts = (row.ground for table in ruleset.tables for row in table.rows)
    grounds = {part.strip() for text in texts for part in text.split(";")}
    said = [str(about["wettelijke_basis"])] if about.get("wettelijke_basis") else []
    return [*said, "De regels noemen deze artikelen: " + "; ".join(sorted(grounds)) + "."]


def _asked(ruleset: RuleSet) -> str:
    """The facts that some table really reads, derived ones by what they are made of."""
    needs = {item.fact.name: item.needs for item in ruleset.derived}
    names = [fact.name for table in ruleset.tables for fact in table.columns]
    read: dict[str, None] = {}
    while names:
        name = names.pop(0)
        names += needs.get(name, ())
        if name in ruleset.facts and name not in ruleset.constants:
            read[name] = None
    labels = [ruleset.facts[name].label for name in ruleset.facts if name in read]
    return "De regels lezen deze antwoorden: " + "; ".join(labels) + "."


def _working(ruleset: RuleSet) -> str:
    rows = sum(len(table.rows) for table in ruleset.tables)
    titles = "; ".join(table.title for table in ruleset.tables)
    return (
        f"Er zijn {len(ruleset.tables)} beslistabellen met samen {rows} regels, in deze volgorde: {titles}. "
        f"Het kenmerk van deze regels is {ruleset.hash}."
    )


def _list(about: Mapping[str, Any], name: str) -> list[str]:
    value = about.get(name) or []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _links(about: Mapping[str, Any], name: str) -> list[dict[str, str]]:
    items = about.get(name) or []
    return [{"title": str(item.get("titel", "")), "link": str(item.get("link", ""))} for item in items]


def _month(day: str) -> str:
    return day[:7]
