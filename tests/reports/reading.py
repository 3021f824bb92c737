"""Reads a letter back as a person would: the text on the paper, sentence by sentence."""

import io
import re
from functools import cache

import lxml.html
from pypdf import PdfReader

from reports.letters import NEUTRAAL, Letter, render_letter
from reports.letters.page import html_of


@cache
def text_of(letter: Letter) -> str:
    """All text of the printed letter, on one line, with plain spaces."""
    reader = PdfReader(io.BytesIO(render_letter(letter).pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def page_of(letter: Letter) -> lxml.html.HtmlElement:
    """The letter before it is printed."""
    return lxml.html.fromstring(html_of(letter, "nl", NEUTRAAL))


def sentences_of(letter: Letter) -> list[str]:
    """Every sentence of the running text; addresses and the list of legal grounds left out."""
    blocks = page_of(letter).xpath("//p[not(contains(@class, 'klein'))] | //li | //td")
    texts = (" ".join(block.text_content().split()) for block in blocks)
    return [sentence for text in texts for sentence in re.split(r"(?<=[.?!:]) ", text) if sentence]
