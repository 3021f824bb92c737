"""A test client stricter than any browser: it reads every page, refuses what is wrong in it, and fills in forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import html5lib
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.test import TestResponse

Element = ET.Element
FIELDS = ("input", "select", "textarea")
POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "list")
PRODUCT = " – Toegang"
ERROR = "Fout: "


class PageFault(AssertionError):
    """A page that a person would stumble over."""


@dataclass
class Form:
    """One form of a page, with the values that a browser would send."""

    action: str
    method: str
    values: dict[str, list[str]]
    allowed: dict[str, set[str]]
    free: set[str]
    buttons: dict[str, tuple[str, str]]

    def fill(self, answers: Mapping[str, str | Sequence[str]]) -> None:
        """Type and tick; refuses a field that is not on the page and a choice that is not offered."""
        for name, value in answers.items():
            chosen = [value] if isinstance(value, str) else list(value)
            if name not in self.allowed:
                raise PageFault(f"no field {name} in the form; there are {sorted(self.allowed)}")
            for one in chosen:
                if name not in self.free and one not in self.allowed[name]:
                    raise PageFault(f"{name} does not offer {one}; it offers {sorted(self.allowed[name])}")
            self.values[name] = chosen


@dataclass
class Page:
    """One answer that was read and found right."""

    response: TestResponse
    root: Element = field(repr=False)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.request.path

    @property
    def text(self) -> str:
        """What a person reads, with single spaces; what is hidden is left out."""
        return " ".join(" ".join(_shown(self.root.find("body"))).split())

    @property
    def title(self) -> str:
        return _text(self.root.find(".//h1"))

    def links(self) -> dict[str, str]:
        return {_text(a): a.get("href", "") for a in self.root.iter("a")}

    def by_id(self, name: str) -> Element | None:
        return next((element for element in self.root.iter() if element.get("id") == name), None)

    def forms(self) -> list[Form]:
        return [_form(element) for element in self.root.iter("form")]

    def form_with(self, button: str) -> Form:
        for form in self.forms():
            if button in form.buttons:
                return form
        raise PageFault(f"no button “{button}”; there are {[name for form in self.forms() for name in form.buttons]}")

    def buttons(self) -> list[str]:
        return [name for form in self.forms() for name in form.buttons]

    def button_like(self, start: str) -> str:
        """The first button whose words begin so."""
        found = [name for name in self.buttons() if name.startswith(start)]
        if not found:
            raise PageFault(f"no button like “{start}”; there are {self.buttons()}")
        return found[0]


class StrictClient:
    """Walks through the pages of one browser."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.browser = app.test_client()
        self.page: Page | None = None

    def get(self, path: str, *, status: int = 200) -> Page:
        """Open a page, following where it leads."""
        return self._read(self.browser.get(path, follow_redirects=True), status)

    def press(
        self, button: str, answers: Mapping[str, str | Sequence[str]] | None = None, *, status: int = 200
    ) -> Page:
        """Fill in the form that has this button, and press it."""
        assert self.page is not None, "open a page first"
        form = self.page.form_with(button)
        form.fill(answers or {})
        name, value = form.buttons[button]
        data = {key: values for key, values in form.values.items() if values}
        if name:
            data[name] = [value]
        return self.send(form, data, status=status)

    def send(self, form: Form, data: Mapping[str, Sequence[str]], *, status: int = 200) -> Page:
        """Send a form as it is, also what a page would not let one send."""
        assert self.page is not None
        target = urljoin(self.page.path, form.action)
        if form.method == "get":
            response = self.browser.get(target, query_string=dict(data), follow_redirects=True)
        else:
            headers = {"Origin": "http://localhost"}
            response = self.browser.post(target, data=dict(data), headers=headers, follow_redirects=True)
        return self._read(response, status)

    def follow(self, link: str, *, status: int = 200) -> Page:
        """Click on a link by its words."""
        assert self.page is not None
        links = self.page.links()
        if link not in links:
            raise PageFault(f"no link “{link}”; there are {sorted(links)}")
        return self.get(urljoin(self.page.path, links[link]), status=status)

    def _read(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, f"{response.request.path}: {response.status} {response.text[:3000]}"
        assert response.mimetype == "text/html", response.mimetype
        page = Page(response, html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.text))
        faults = list(_faults(page, self.app))
        if faults:
            raise PageFault(f"{page.path}: " + "; ".join(faults))
        self.page = page
        return page


def _faults(page: Page, app: Flask):
    root = page.root
    ids = [element.get("id") for element in root.iter() if element.get("id") is not None]
    yield from (f"id {name} occurs twice" for name in {one for one in ids if ids.count(one) > 1})
    yield from (f"id “{name}” is empty or has a space" for name in ids if not name or " " in name)
    yield from _pointer_faults(root, set(ids))
    yield from _label_faults(root)
    yield from _heading_faults(page)
    yield from _inline_faults(root)
    yield from _link_faults(page, set(ids), app)


def _pointer_faults(root: Element, ids: set[str]):
    for element in root.iter():
        for attribute in POINTERS:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{element.tag} {attribute}={name} points at nothing"


def _label_faults(root: Element):
    labelled = {label.get("for") for label in root.iter("label")}
    inside = {id(found) for label in root.iter("label") for found in label.iter() if found.tag in FIELDS}
    for element in root.iter():
        if element.tag not in FIELDS or element.get("type") == "hidden":
            continue
        if element.get("id") not in labelled and id(element) not in inside and not element.get("aria-label"):
            yield f"field {element.get('name')} has no label"
    for element in root.iter():
        if element.tag in ("button", "a", "label", "legend", "summary") and not _text(element):
            yield f"{element.tag} without words"
        if element.tag == "fieldset" and (len(element) == 0 or element[0].tag != "legend"):
            yield "fieldset without legend"
        if element.tag == "img" and element.get("alt") is None:
            yield "img without alt"


def _heading_faults(page: Page):
    headings = [_text(element) for element in page.root.iter("h1")]
    title = _text(page.root.find(".//title"))
    if len(headings) != 1:
        yield f"{len(headings)} h1s"
    elif title.removeprefix(ERROR) != headings[0] + PRODUCT:
        yield f"title “{title}” is not the h1 “{headings[0]}”"
    if page.root.get("lang") != "nl":
        yield "the page does not say that it is Dutch"
    level = 1
    for element in page.root.iter():
        if element.tag in ("h1", "h2", "h3", "h4"):
            found = int(element.tag[1])
            if found > level + 1:
                yield f"{element.tag} “{_text(element)}” skips a level"
            level = found


def _inline_faults(root: Element):
    for element in root.iter():
        if element.get("style") is not None or element.tag == "style":
            yield f"{element.tag} with inline style"
        if element.tag == "script" and not element.get("src"):
            yield "inline script"
        yield from (f"{element.tag} has {name}" for name in element.attrib if name.startswith("on"))
        for name in ("src", "href", "action"):
            if urlsplit(element.get(name) or "").scheme in ("http", "https", "javascript", "data"):
                yield f"{element.tag} {name}={element.get(name)} leads outside"


def _link_faults(page: Page, ids: set[str], app: Flask):
    adapter = app.url_map.bind("localhost")
    for element in page.root.iter():
        target = element.get("href") or element.get("src") or element.get("action")
        if target is None or target.startswith(("tel:", "mailto:")):
            continue
        parts = urlsplit(urljoin(page.path, target))
        if target.startswith("#"):
            if target[1:] not in ids:
                yield f"{target} is not on the page"
            continue
        method = (element.get("method") or "get").upper() if element.tag == "form" else "GET"
        try:
            adapter.match(parts.path, method=method)
        except (NotFound, MethodNotAllowed):
            yield f"{element.tag} leads to nowhere: {method} {target}"


def _form(element: Element) -> Form:
    form = Form(element.get("action") or "", (element.get("method") or "get").lower(), {}, {}, set(), {})
    for found in element.iter():
        name = found.get("name") or ""
        if found.tag == "button":
            form.buttons[_text(found)] = (name, found.get("value") or "")
        elif found.tag in FIELDS and name:
            _take(form, found, name)
    return form


def _take(form: Form, found: Element, name: str) -> None:
    values = form.values.setdefault(name, [])
    allowed = form.allowed.setdefault(name, set())
    kind = found.get("type", "text")
    if found.tag == "select":
        options = list(found.iter("option"))
        allowed.update(option.get("value", _text(option)) for option in options)
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        values.append(chosen[0].get("value", ""))
    elif found.tag == "textarea":
        form.free.add(name)
        values.append("".join(found.itertext()))
    elif kind in ("radio", "checkbox"):
        allowed.add(found.get("value", "on"))
        if found.get("checked") is not None:
            values.append(found.get("value", "on"))
    else:
        form.free.add(name)
        values.append(found.get("value", ""))


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _shown(element: Element | None):
    if element is None or element.get("hidden") is not None or element.tag in ("script", "datalist", "dialog"):
        return
    yield element.text or ""
    for child in element:
        yield from _shown(child)
        yield child.tail or ""
