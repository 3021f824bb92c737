"""Reads a letter back as a person would: the text on the paper."""

import io

from pypdf import PdfReader

from reports.letters import Letter, render_letter


def text_of(letter: Letter) -> str:
    """All text of the printed letter, on one line, with plain spaces."""
    reader = PdfReader(io.BytesIO(render_letter(letter).pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
