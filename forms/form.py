"""The form itself: its questions, and everything that can be asked of it."""

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from forms.facts import FactValue, facts_from, with_derived
from forms.gaps import Gap, gaps_in
from forms.page import page
from forms.page.reading import Progress, Reading, read_page
from forms.projection import ShownSection, answer_as_text, shown_to
from forms.register import Processing, processing_of
from forms.relevance import Relevance
from forms.schema.schema import AnswerSchema
from forms.values.question import Question, Section

Answers = Mapping[str, object]


class Form:
    """An integrated intake form. It is immutable after loading and may be shared between threads.

    Answers are a flat mapping of question key to JSON value: text, whole number, list, or object.
    """

    def __init__(self, titel: str, sections: tuple[Section, ...], bewaren: Mapping[str, str]) -> None:
        self.titel = titel
        self.sections = sections
        self.bewaren = MappingProxyType(dict(bewaren))
        self.questions = tuple(question for section in sections for question in section.questions)
        self._by_key = {question.key: question for question in self.questions}
        self._sections = {section.key: section for section in sections}
        self._relevance = Relevance(self.questions)
        self._schema = AnswerSchema(self.questions)
        self.version = _version(titel, sections, bewaren)

    def question(self, key: str) -> Question:
        """The question with this key.

        Raises:
            KeyError: there is none.
        """
        return self._by_key[key]

    def section(self, key: str) -> Section:
        """The section with this key.

        Raises:
            KeyError: there is none.
        """
        return self._sections[key]

    def asked(self, answers: Answers) -> frozenset[str]:
        """The keys of the questions that are asked; an unknown answer never hides what the rules may need."""
        return self._relevance.asked(with_derived(answers))

    def only_asked(self, answers: Answers) -> dict[str, object]:
        """`answers` without those to questions that are not asked."""
        asked = self.asked(answers)
        return {key: value for key, value in answers.items() if key in asked}

    def read(self, section_key: str, raw: Mapping[str, Sequence[str]], answers: Answers) -> Reading:
        """A posted page of one section, read into the answers so far. Names that are no question are passed over.

        Raises:
            KeyError: there is no such section.
        """
        before = Progress(answers, self.asked(answers))
        return read_page(self.section(section_key).questions, raw, before, self._schema)

    def raw_of(self, section_key: str, answers: Answers) -> dict[str, tuple[str, ...]]:
        """The texts with which a page of this section shows `answers`; `read` gives the same answers back.

        Raises:
            KeyError: there is no such section.
        """
        questions = self.section(section_key).questions
        return {
            name: texts for question in questions for name, texts in page.text_of(question, answers.get(question.key))
        }

    def validate(self, data: object) -> dict[str, object]:
        """The answers in `data`, read from JSON; null counts as absent.

        Raises:
            InvalidAnswers: with a Dutch sentence per key that says what is allowed.
        """
        return self._schema.load(data)

    def facts(self, answers: Answers) -> dict[str, FactValue]:
        """What the rules may read: known facts of questions that are asked, with those derived from rows."""
        return facts_from(self.questions, answers, self.asked(answers))

    def shown(self, answers: Answers, receiver: str) -> tuple[ShownSection, ...]:
        """What a receiver of this kind may read, and nothing more; a shielded address is left out.

        Raises:
            ValueError: there is no such kind of receiver.
        """
        return shown_to(self.sections, self.only_asked(answers), receiver)

    def as_text(self, key: str, value: object) -> str:
        """An answer in plain Dutch: options by label, dates and gemeenten as people write them.

        Raises:
            KeyError: there is no such question.
        """
        return answer_as_text(self.question(key), value)

    def processing_register(self) -> tuple[Processing, ...]:
        """The register of processing activities (art. 30 AVG), as far as it follows from the form."""
        return processing_of(self.sections, self.bewaren)

    def gaps(self, answers: Answers) -> tuple[Gap, ...]:
        """What the report of the investigation still lacks (Wmo 2015 art. 2.3.2 lid 4); it blocks no advice."""
        return gaps_in(self.questions, answers, self.asked(answers))


def _version(titel: str, sections: tuple[Section, ...], bewaren: Mapping[str, str]) -> str:
    """A hash of everything that the form says; sets are sorted, so that every run gives the same."""
    parts = [titel, repr(sorted(bewaren.items()))]
    for section in sections:
        parts.append(repr((section.key, section.titel, section.uitleg)))
        for question in section.questions:
            pairs = ((name, getattr(question, name)) for name in question.__slots__)
            parts.append(
                repr([(name, sorted(value) if isinstance(value, frozenset) else value) for name, value in pairs])
            )
    return "sha256:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()
