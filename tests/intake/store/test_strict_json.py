import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.store.strict_json import UnreadableJson, read_json


def test_plain_json_is_read():
    assert read_json('﻿{"a": [1, 2.5, null, "é 😀", "\\ud83d\\ude00"]}'.encode()) == {"a": [1, 2.5, None, "é 😀", "😀"]}


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "geen JSON"),
        (b"{", "regel 1"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1e400}', "te groot"),
        (b'{"a": ' + b"9" * 5000 + b"}", "te lang"),
        (b'{"a": 1, "a": 2}', "twee keer"),
        (b'{"a": "\\ud800"}', "half teken"),
        ('{"a": 1}'.encode("utf-16"), "UTF-8"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 10_000, "te diep"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "te diep"),
        (b'["' + b"x" * 10_000_000 + b'"]', "te groot"),
    ],
)
def test_what_readers_could_differ_on_is_refused(data, word):
    with pytest.raises(UnreadableJson, match=word):
        read_json(data)


def test_brackets_inside_a_string_do_not_count_as_nesting():
    assert read_json(b'["' + b"[" * 1000 + b'\\""]') == ["[" * 1000 + '"']


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(UnreadableJson):
        read_json(data)
