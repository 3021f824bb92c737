"""The advice: what the rules say about one person on one day, as everybody else in the house sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from rules.values.urgentie import Urgentie


@dataclass(frozen=True, slots=True)
class Bestemming:
    """Where the referral goes. `gemeente` is a CBS code or empty."""

    soort: str
    naam: str
    gemeente: str


class Stap(NamedTuple):
    """One rule that decided, with the facts it asked; a tuple, since an advice makes dozens of them.

    `zeker`: no unknown answer can undo it. `voorlopig`: it decides because something is not known.
    """

    tabel: str
    regel: str
    omdat: str
    grondslag: str
    feiten: Mapping[str, Any]
    zeker: bool = True
    voorlopig: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The step as JSON."""
        return {
            "tabel": self.tabel,
            "regel": self.regel,
            "omdat": self.omdat,
            "grondslag": self.grondslag,
            "feiten": {name: list(value) if isinstance(value, tuple) else value for name, value in self.feiten.items()},
            "zeker": self.zeker,
            "voorlopig": self.voorlopig,
        }


class OpenVraag(NamedTuple):
    """An unknown answer and the outcomes that it can still change."""

    feit: str
    kan_veranderen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """One advice. The attributes are the keys of the JSON interface; open questions go most decisive first.

    `open_uitkomsten` names the outcomes that an unknown answer can still change.
    """

    regio: str
    regelset: str
    regelset_hash: str
    peildatum: str
    veiligheid: tuple[str, ...]
    kring: str
    voorliggend: tuple[str, ...]
    voorzieningen: tuple[str, ...]
    overbrugging: str
    niveau: str
    urgentie: Urgentie | None
    """How soon; none only in an answer of rules that are not complete, which the guard rails refuse."""
    regiokeuze: str
    verantwoordelijke_gemeente: str
    expertise: bool
    expertise_redenen: tuple[str, ...]
    bestemming: Bestemming
    termijnen: Mapping[str, str]
    taken: tuple[str, ...]
    stappen: tuple[Stap, ...]
    open_vragen: tuple[OpenVraag, ...]
    open_uitkomsten: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The advice as JSON."""
        return {
            "regio": self.regio,
            "regelset": self.regelset,
            "regelset_hash": self.regelset_hash,
            "peildatum": self.peildatum,
            "veiligheid": list(self.veiligheid),
            "kring": self.kring,
            "voorliggend": list(self.voorliggend),
            "voorzieningen": list(self.voorzieningen),
            "overbrugging": self.overbrugging,
            "niveau": self.niveau,
            "urgentie": self.urgentie.value if self.urgentie else "",
            "regiokeuze": self.regiokeuze,
            "verantwoordelijke_gemeente": self.verantwoordelijke_gemeente,
            "expertise": self.expertise,
            "expertise_redenen": list(self.expertise_redenen),
            "bestemming": {
                "soort": self.bestemming.soort,
                "naam": self.bestemming.naam,
                "gemeente": self.bestemming.gemeente,
            },
            "termijnen": dict(self.termijnen),
            "taken": list(self.taken),
            "stappen": [step.to_dict() for step in self.stappen],
            "open_vragen": [
                {"feit": question.feit, "kan_veranderen": list(question.kan_veranderen)}
                for question in self.open_vragen
            ],
            "open_uitkomsten": list(self.open_uitkomsten),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Advice":
        """The advice that `to_dict` wrote.

        Raises:
            KeyError: a key of the advice is missing.
            ValueError: its urgency is none that there is.
        """
        return cls(
            regio=data["regio"],
            regelset=data["regelset"],
            regelset_hash=data["regelset_hash"],
            peildatum=data["peildatum"],
            veiligheid=tuple(data["veiligheid"]),
            kring=data["kring"],
            voorliggend=tuple(data["voorliggend"]),
            voorzieningen=tuple(data["voorzieningen"]),
            overbrugging=data["overbrugging"],
            niveau=data["niveau"],
            urgentie=Urgentie(data["urgentie"]) if data["urgentie"] else None,
            regiokeuze=data["regiokeuze"],
            verantwoordelijke_gemeente=data["verantwoordelijke_gemeente"],
            expertise=bool(data["expertise"]),
            expertise_redenen=tuple(data["expertise_redenen"]),
            bestemming=Bestemming(**data["bestemming"]),
            termijnen=MappingProxyType(dict(data["termijnen"])),
            taken=tuple(data["taken"]),
            stappen=tuple(_step(step) for step in data["stappen"]),
            open_vragen=tuple(OpenVraag(item["feit"], tuple(item["kan_veranderen"])) for item in data["open_vragen"]),
            open_uitkomsten=tuple(data.get("open_uitkomsten", ())),
        )


def _step(data: Mapping[str, Any]) -> Stap:
    facts = {name: _frozen(value) for name, value in data["feiten"].items()}
    return Stap(
        tabel=data["tabel"],
        regel=data["regel"],
        omdat=data["omdat"],
        grondslag=data["grondslag"],
        feiten=MappingProxyType(facts),
        zeker=bool(data.get("zeker", True)),
        voorlopig=bool(data.get("voorlopig", False)),
    )


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
