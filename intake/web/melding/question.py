"""A question as a page shows it: what was typed, what is wrong with it, and the ids that tie it together."""

from dataclasses import dataclass

from config.gemeenten import naam_van
from forms.values import Column, Option, Question, QuestionType
from intake.web.melding.gemeenten import Choices

DATE_HINT = "Bijvoorbeeld 23-11-2026"
MONTH_HINT = "Bijvoorbeeld 11-2026"
SCORES = (
    Option("1", "1 – acute problemen"),
    Option("2", "2 – niet zelfredzaam"),
    Option("3", "3 – beperkt zelfredzaam"),
    Option("4", "4 – voldoende zelfredzaam"),
    Option("5", "5 – volledig zelfredzaam"),
)
INLINE_LETTERS = 60
TWO_COLUMNS_FROM = 4
COLUMN_LETTERS = 40
_INPUT_MODE = {
    QuestionType.GETAL: "numeric",
    QuestionType.BSN: "numeric",
}
_WIDTH = {
    QuestionType.DATUM: " textbox--date",
    QuestionType.MAAND: " textbox--date",
    QuestionType.GETAL: " textbox--number",
    QuestionType.BSN: " textbox--bsn",
}
_HINT = {QuestionType.DATUM: DATE_HINT, QuestionType.MAAND: MONTH_HINT}
_SHORT = frozenset({QuestionType.TEKST, QuestionType.BSN})
_WITH_CHOICES = frozenset({QuestionType.KEUZE, QuestionType.JA_NEE, QuestionType.MEERKEUZE})


@dataclass(frozen=True, slots=True)
class Cell:
    """One control within rows or scores."""

    column: Column
    name: str
    value: str
    error: str = ""

    @property
    def input_id(self) -> str:
        """The id of the control."""
        return self.name.replace(".", "-")

    @property
    def hint(self) -> str:
        """How to write it, when that needs saying."""
        return self.column.help or _HINT.get(self.column.type, "")

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen; a score has its five steps."""
        return self.column.options


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question on a page.

    Attributes:
        question: the question itself.
        asked: whether it is shown; one that is not asked lies hidden, for the script to show.
        values: what was typed or chosen, as text.
        error: the sentence beside it, or nothing.
        rows: for `rijen`, the rows with their cells; for `zrm`, one row with a cell a domain.
        gemeenten: the gemeenten to choose from.
    """

    question: Question
    asked: bool
    values: tuple[str, ...] = ()
    error: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    gemeenten: Choices

    @property
    def key(self) -> str:
        """The key of the question, and the name of its control."""
        return self.question.key

    @property
    def input_id(self) -> str:
        """The id of its one control."""
        return self.key

    @property
    def first_id(self) -> str:
        """The id of its first control, where an error leads to."""
        kind = self.question.type
        if kind in _WITH_CHOICES:
            return self.id_of(self.question.options[0].value)
        if kind is QuestionType.GEMEENTEN:
            return self.id_of(self.gemeente_choices[0].value)
        if self.rows:
            return next((cell.input_id for row in self.rows for cell in row if cell.error), self.rows[0][0].input_id)
        return self.input_id

    @property
    def help(self) -> str:
        """The help, with an example where one is needed."""
        hint = _HINT.get(self.question.type, "")
        if not hint or "ijvoorbeeld" in self.question.help:
            return self.question.help
        return f"{self.question.help} {hint}.".strip()

    @property
    def help_id(self) -> str:
        """The id of the help."""
        return f"{self.key}-hulp"

    @property
    def error_id(self) -> str:
        """The id of the error."""
        return f"{self.key}-fout"

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader reads with it."""
        return " ".join(name for name, there in ((self.help_id, self.help), (self.error_id, self.error)) if there)

    @property
    def input_mode(self) -> str:
        """The keyboard that a phone shows."""
        return _INPUT_MODE.get(self.question.type, "")

    @property
    def width_class(self) -> str:
        """How wide the control is."""
        return _WIDTH.get(self.question.type, "")

    @property
    def scores(self) -> tuple[Option, ...]:
        """The five steps of the zelfredzaamheidsmatrix."""
        return SCORES

    @property
    def arrangement(self) -> str:
        """How the options stand: beside each other when they are short, in two columns when many, else in a list."""
        options = self.question.options
        if any(option.help for option in options):
            return ""
        if sum(len(option.label) for option in options) <= INLINE_LETTERS:
            return " choices--inline"
        many = len(options) >= TWO_COLUMNS_FROM and all(len(option.label) <= COLUMN_LETTERS for option in options)
        return " choices--two-columns" if many else ""

    @property
    def half(self) -> bool:
        """Whether it is short enough to share its line with the next one."""
        return self.question.type in _SHORT and len(self.help) <= COLUMN_LETTERS

    @property
    def typed(self) -> str:
        """What was typed: the first value that is not one of the options."""
        known = {option.value for option in self.question.options}
        return next((value for value in self.values if value not in known), "")

    @property
    def selected(self) -> str:
        """The one value chosen from a list."""
        return next((value for value in self.values if value), "")

    @property
    def gemeente_choices(self) -> tuple[Option, ...]:
        """The tick boxes of a question about several gemeenten: the region's, those named before, the options."""
        region = tuple(Option(gemeente.code, gemeente.naam) for gemeente in self.gemeenten.region)
        shown = {option.value for option in (*region, *self.question.options)}
        codes = {gemeente.code for gemeente in self.gemeenten.others}
        named = tuple(Option(code, naam_van(code)) for code in self.values if code in codes and code not in shown)
        return (*region, *named, *self.question.options)

    @property
    def typed_gemeente(self) -> str:
        """What was typed beside the tick boxes and is no gemeente (yet)."""
        shown = {option.value for option in self.gemeente_choices}
        return next((value for value in self.values if value and value not in shown), "")

    def id_of(self, value: str) -> str:
        """The id of one option."""
        return f"{self.key}-{value}"
