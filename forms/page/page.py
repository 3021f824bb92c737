"""Between what stands on a page and the JSON form of answers. It parses; whether an answer is allowed the schema says.

Posted names: `key` for a question, `key.column.`-like paths for compound ones: `woongeschiedenis.0.gemeente` for the
first row, `zelfredzaamheid.financien` for a domain. What can be ticked beside a text field (`onbekend`, `geen`)
is posted under the same name as the field.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from forms.values import places
from forms.values.dates import iso_date, iso_month, short, short_month, typed_date, typed_month
from forms.values.question import GEEN, LIST_TYPES, TEXT_TYPES, Column, Question, QuestionType
from forms.values.text import TextError, clean

Raw = Mapping[str, Sequence[str]]

_MAX_NUMBER = 9
_LONGEST_LIST = 4000
_MAX_RAW_ROWS = 1000
_SPLIT = re.compile(r"[;\n]")


def value_of(question: Question, raw: Raw) -> object:
    """What `raw` answers to the question, or None when nothing was filled in. Rows keep their posted place."""
    if question.type is QuestionType.RIJEN:
        return _rows_of(question, raw)
    if question.type is QuestionType.ZRM:
        return _scores_of(question, raw)
    return _value(question, raw.get(question.key, ()))


def is_posted(question: Question, raw: Raw) -> bool:
    """Whether the page held this question at all."""
    return question.key in raw or any(name.startswith(f"{question.key}.") for name in raw)


def text_of(question: Question, value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names and texts with which a page shows this answer."""
    if question.type is QuestionType.RIJEN and isinstance(value, list):
        for number, row in enumerate(value):
            for column in question.columns:
                if column.key in row:
                    yield f"{question.key}.{number}.{column.key}", (_shown(column, row[column.key]),)
    elif question.type is QuestionType.ZRM and isinstance(value, dict):
        for domain, score in value.items():
            yield f"{question.key}.{domain}", (str(score),)
    elif isinstance(value, list):
        yield question.key, tuple(_shown(question, item) for item in value) or (GEEN,)
    elif value is not None:
        yield question.key, (_shown(question, value),)


def row_places(question: Question, raw: Raw) -> list[int]:
    """The posted numbers of the rows of this question in which something was filled in, in order."""
    pattern = re.compile(rf"{question.key}\.(0|[1-9][0-9]{{0,2}})\.[a-z0-9_]+\Z")
    found = {
        int(match[1]) for name, texts in raw.items() if (match := pattern.match(name)) and any(map(str.strip, texts))
    }
    return sorted(found)[:_MAX_RAW_ROWS]


def _rows_of(question: Question, raw: Raw) -> object:
    rows = []
    for number in row_places(question, raw):
        cells = {
            column.key: _value(column, raw.get(f"{question.key}.{number}.{column.key}", ()))
            for column in question.columns
        }
        rows.append({key: value for key, value in cells.items() if value is not None})
    return rows or None


def _scores_of(question: Question, raw: Raw) -> object:
    cells = {one.key: _scalar(one, raw.get(f"{question.key}.{one.key}", ())) for one in question.columns}
    scores = {domain: _number(score) for domain, score in cells.items() if score is not None}
    ticked = _scalar(question, raw.get(question.key, ()))
    return [ticked, scores] if scores and ticked else scores or ticked


def _value(asked: Question | Column, texts: Sequence[str]) -> object:
    if asked.type in LIST_TYPES:
        return _list(asked, texts)
    one = _scalar(asked, texts)
    if not isinstance(one, str) or any(option.value == one for option in asked.options):
        return one
    reader = _READERS.get(asked.type)
    return reader(one) if reader else one


def _scalar(asked: Question | Column, texts: Sequence[str]) -> object:
    """The one text that was filled in; the list of them when there are more, which the schema then refuses."""
    filled = list(dict.fromkeys(text if asked.type in TEXT_TYPES else _tidy(text) for text in texts if text.strip()))
    if not filled:
        return None
    return filled[0] if len(filled) == 1 else filled


def _list(asked: Question | Column, texts: Sequence[str]) -> object:
    values = [text for text in map(_tidy, texts) if text]
    if asked.type is QuestionType.GEMEENTEN:
        values = [piece for text in values for piece in _gemeenten(text)]
    if values == [GEEN] and any(option.value == GEEN for option in asked.options):
        return []
    alone = len(values) == 1 and values[0] in ("onbekend", "wil_niet_zeggen")
    return (values[0] if alone else list(dict.fromkeys(values))) if values else None


def _gemeenten(text: str) -> Iterator[str]:
    """Several gemeenten may be typed in one field; only a name that is none as a whole is split at its commas."""
    if len(text) > _LONGEST_LIST:
        yield text
        return
    for piece in map(str.strip, _SPLIT.split(text)):
        if "," in piece and places.code_of(piece) is None:
            yield from (_gemeente(part) for part in map(str.strip, piece.split(",")) if part)
        elif piece:
            yield _gemeente(piece)


def _tidy(text: str) -> str:
    """A short answer without invisible marks around it; what cannot be tidied is left for the schema to refuse."""
    try:
        return clean(text, max_length=4000, max_lines=200)
    except TextError:
        return text


def _gemeente(text: str) -> str:
    return places.code_of(text) or text


def _day(text: str) -> str:
    day = typed_date(text)
    return day.isoformat() if day else text


def _month(text: str) -> str:
    month = typed_month(text)
    return month.isoformat()[:7] if month else text


def _number(text: object) -> object:
    if isinstance(text, str) and re.fullmatch(rf"[0-9]{{1,{_MAX_NUMBER}}}", text):
        return int(text)
    return text


def _bsn(text: str) -> str:
    return re.sub(r"[ .\-]", "", text)


def _shown(asked: Question | Column, value: object) -> str:
    if not isinstance(value, str):
        return str(value)
    if asked.type is QuestionType.DATUM:
        return short(day) if (day := iso_date(value)) else value
    if asked.type is QuestionType.MAAND:
        return short_month(month) if (month := iso_month(value)) else value
    if asked.type in (QuestionType.GEMEENTE, QuestionType.GEMEENTEN):
        return places.name_of(value)
    return value


_READERS: Mapping[QuestionType, Callable[[str], object]] = {
    QuestionType.GEMEENTE: _gemeente,
    QuestionType.DATUM: _day,
    QuestionType.MAAND: _month,
    QuestionType.GETAL: _number,
    QuestionType.BSN: _bsn,
}
