"""The matrix reads a page as a browser does: a way on it counts however it is written."""

import pytest

from tests.house.access.cells import LEADS_TO


@pytest.mark.parametrize(
    ("written", "way"),
    [
        (b'<a class="button" href="/intakes/1?x=1#top">', (b"", b"/intakes/1")),
        (b'<a\n  class="button"\n  href="/intakes/1">', (b"", b"/intakes/1")),
        (b'<form action="/intakes" method="post">', (b"/intakes", b"")),
        (b'<form\n  class="flow" action="/intakes"\n  method="post">', (b"/intakes", b"")),
    ],
)
def test_a_way_counts_over_however_many_lines_its_tag_runs(written: bytes, way: tuple[bytes, bytes]):
    assert LEADS_TO.findall(written) == [way]


@pytest.mark.parametrize("written", [b'<abbr title="/intakes">', b'<a href="#top">', b'<form action="/" method="get">'])
def test_what_leads_nowhere_or_only_asks_is_no_way(written: bytes):
    assert LEADS_TO.findall(written) == []
