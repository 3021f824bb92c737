"""The one integrated intake form: questions as data, when each is asked, and the schema that checks answers."""

from importlib.resources import files

from forms.definition.loading import load_form
from forms.definition.source import Finding, FormErrors
from forms.facts import FactValue
from forms.form import Form
from forms.gaps import Gap
from forms.page.reading import Reading, on_page
from forms.projection import ShownSection
from forms.register import Processing
from forms.schema.schema import InvalidAnswers
from forms.values.question import Column, Gevoeligheid, Option, Question, QuestionType, Section

INTAKE_FORM = load_form(files("forms").joinpath("questions"))

__all__ = [
    "INTAKE_FORM",
    "Column",
    "FactValue",
    "Finding",
    "Form",
    "FormErrors",
    "Gap",
    "Gevoeligheid",
    "InvalidAnswers",
    "Option",
    "Processing",
    "Question",
    "QuestionType",
    "Reading",
    "Section",
    "ShownSection",
    "load_form",
    "on_page",
]
