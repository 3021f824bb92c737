"""What a form is made of: questions and their options, conditions, dates, places and texts."""

from forms.values.dates import typed_date
from forms.values.question import GEEN, ONBEKEND, WIL_NIET_ZEGGEN, Column, Option, Question, QuestionType
from forms.values.text import TextError, clean, quoted

__all__ = [
    "GEEN",
    "ONBEKEND",
    "WIL_NIET_ZEGGEN",
    "Column",
    "Option",
    "Question",
    "QuestionType",
    "TextError",
    "clean",
    "quoted",
    "typed_date",
]
