"""A wijkteam worker at a browser: logs in, fills in the form page by page, submits, decides; each step timed."""

import html
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import requests

FORM = re.compile(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
SEE_OTHER, OK = 303, 200

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "spoed": {
        "acuut_gevaar": "nee",
        "slaapplek_vannacht": "geen",
        "geboortedatum": "15 juni 1981",
        "kinderen_mee": "0",
    },
    "persoon": {"roepnaam": "Jan", "achternaam": "Kanariepiet", "nationaliteit": "nederlands", "woongemeente": "geen"},
    "wonen": {"woonsituatie": "5_niet_conventioneel"},
    "binding": {"maanden_in_regio_36": "36"},
    "gezondheid": {"verslaving": "ja", "psychisch_psychosociaal": "vermoeden", "handhaaft_zich": "nee"},
    "toestemming": {"verhaal": "Ik slaap drie nachten in mijn auto.\r\nEr is niemand meer die mij helpt."},
}
"""The pages that are filled in: the man who slept in his car."""


class WrongAnswer(AssertionError):
    """The server gave something else than a worker would get."""


@dataclass(slots=True)
class Timing:
    """How long each request took, in seconds, by its kind."""

    of: dict[str, list[float]] = field(default_factory=dict)

    def add(self, kind: str, seconds: float) -> None:
        self.of.setdefault(kind, []).append(seconds)


class Browser(Protocol):
    """What a worker opens pages with."""

    def get(self, url: str, *, allow_redirects: bool, timeout: float) -> Any:
        """The answer to a question for a page."""

    def post(self, url: str, *, data: Any, headers: Any, allow_redirects: bool, timeout: float) -> Any:
        """The answer to a form that was sent."""


class Worker:
    """One person, one session, one connection that stays open."""

    def __init__(self, url: str, email: str, password: str, *, browser: Browser | None = None) -> None:
        self.url, self.timing, self.page, self.pause = url, Timing(), "", 0.0
        self.browser = browser or _over_the_network()
        self.get("inloggen", "/inloggen")
        self.post("inloggen (wachtwoord)", "/inloggen", {"naam": email, "wachtwoord": password})
        self.timing = Timing()

    def file_intake(self, *, twice: bool = False) -> str:
        """From an empty form to a decision that is on its way; gives the id of the case.

        Args:
            twice: submit and decide a second time, as a double click does.
        """
        self.get("startpagina", "/")
        began = self.post("nieuw concept", "/concepten", {})
        draft = began.rsplit("/", 1)[0]
        for section, answers in SECTIONS.items():
            path = f"{draft}/{section}"
            if self.at != path:
                self.get("formulierpagina", path)
            following = self.post("pagina opslaan", path, {**answers, "doe": "verder"})
            self.get("formulierpagina", following)
        self.get("controle", f"{draft}/controle")
        return self._submit(draft, twice=twice)

    def _submit(self, draft: str, *, twice: bool) -> str:
        review = self.page
        case = self.post("indienen", f"{draft}/indienen", {})
        submitted = self.last
        if twice:
            self.page = review
            if self.post("indienen, dubbel", f"{draft}/indienen", {}) != case:
                raise WrongAnswer("a double click made another intake")
        self.get("zaak (advies)", case)
        self.post("besluit en verwijzing", f"{case}/besluit", {"doe": "volgen", "verwijzen": "meteen"})
        self.timing.add("indienen + besluit samen", submitted + self.last)
        self.get("zaak (na besluit)", case)
        if "Volgt het advies" not in self.page:
            raise WrongAnswer(f"{case} has no besluit on its page")
        return case.rsplit("/", 1)[1]

    def get(self, kind: str, path: str) -> None:
        """Open a page."""
        self._look()
        start = time.perf_counter()
        answer = self.browser.get(self.url + path.partition("#")[0], allow_redirects=False, timeout=60)
        self._took(kind, start)
        if answer.status_code != OK:
            raise WrongAnswer(f"GET {path}: {answer.status_code}")
        self.page, self.at = answer.text, path.partition("#")[0]

    def post(self, kind: str, path: str, typed: Mapping[str, str]) -> str:
        """Send the form of the page that goes to `path`; gives where it leads."""
        data = {**self._hidden(path), **typed}
        headers = {"Origin": self.url}
        self._look()
        start = time.perf_counter()
        answer = self.browser.post(self.url + path, data=data, headers=headers, allow_redirects=False, timeout=60)
        self._took(kind, start)
        if answer.status_code != SEE_OTHER:
            raise WrongAnswer(f"POST {path}: {answer.status_code} {answer.text[:2000]}")
        return answer.headers["Location"].partition("#")[0]

    def _look(self) -> None:
        if self.pause:
            time.sleep(random.uniform(0.5, 1.5) * self.pause)

    def _took(self, kind: str, start: float) -> None:
        self.last = time.perf_counter() - start
        self.timing.add(kind, self.last)

    def _hidden(self, path: str) -> dict[str, str]:
        for action, inside in FORM.findall(self.page):
            if action == path:
                return {name: html.unescape(value) for name, value in HIDDEN.findall(inside)}
        raise WrongAnswer(f"no form to {path} on {self.at}")


def _over_the_network() -> Browser:
    session = requests.Session()
    session.trust_env = False
    return session
