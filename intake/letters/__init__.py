"""Letters to the client: what they say of a case, who receives them, and the press that makes them."""

from intake.letters.letter import LetterNotReady, ask_again, job_name, letters_of, open_letter
from intake.letters.press import LETTER_WORK, make
from intake.letters.preview import Contact, preview_letter
from intake.letters.shield import asks_first
from intake.letters.text import Reasoned

__all__ = [
    "LETTER_WORK",
    "Contact",
    "LetterNotReady",
    "Reasoned",
    "ask_again",
    "asks_first",
    "job_name",
    "letters_of",
    "make",
    "open_letter",
    "preview_letter",
]
