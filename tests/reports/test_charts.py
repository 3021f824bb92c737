"""A chart tells the same to who sees it, who hears it and who prints it."""

import re
from xml.etree import ElementTree as ET

import pytest

from reports.charts import COLOURS, bars, lines
from reports.figure import Figure, Series, nice_top, table_of
from reports.letters.theme import contrast_with_white
from reports.tables import to_ods

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = pytest.mark.parametrize("draw", [bars, lines])


def a_figure(**changed):
    given = {
        "titel": "Meldingen per gemeente",
        "omschrijving": "Rotterdam heeft de meeste meldingen.",
        "labels": ("Capelle", "Krimpen", "Rotterdam"),
        "reeksen": (Series("Opvang", (77, None, 1240)), Series("Beschermd wonen", (32, 14, 0))),
        "eerste_kop": "Gemeente",
    }
    return Figure(**{**given, **changed})


def drawn(draw, figure, key="meldingen"):
    return ET.fromstring(str(draw(figure, key)))


@DRAWINGS
def test_a_chart_has_a_title_and_a_description_that_name_it(draw):
    svg = drawn(draw, a_figure())
    assert svg.get("role") == "img"
    named = [svg.find(f".//*[@id='{name}']").text for name in svg.get("aria-labelledby").split()]
    assert named == ["Meldingen per gemeente", "Rotterdam heeft de meeste meldingen."]


@DRAWINGS
def test_a_chart_holds_no_script_and_no_style(draw):
    text = str(draw(a_figure(), "meldingen"))
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|href", text)


@DRAWINGS
def test_two_charts_on_a_page_share_no_id(draw):
    one, other = (
        {element.get("id") for element in drawn(draw, a_figure(), key).iter()} - {None} for key in ("een", "twee")
    )
    assert one
    assert not one & other


@DRAWINGS
def test_markup_in_a_label_is_shown_as_typed(draw):
    figure = a_figure(labels=("<b>&", "</svg>", '"'), titel="<script>")
    assert drawn(draw, figure).find(f"{SVG}title").text == "<script>"


@DRAWINGS
def test_a_key_that_is_no_name_is_refused(draw):
    with pytest.raises(ValueError, match="kan geen naam zijn"):
        draw(a_figure(), 'x" onload="1')


def test_bars_differ_in_pattern_and_not_only_in_colour():
    patterns = [ET.tostring(pattern) for pattern in drawn(bars, a_figure()).iter(f"{SVG}pattern")]
    shapes = {re.search(rb' d="([^"]*)"', pattern)[1] for pattern in patterns}
    assert len(shapes) == 2


def test_lines_differ_in_dashes_and_not_only_in_colour():
    dashes = {path.get("stroke-dasharray") for path in drawn(lines, a_figure()).iter(f"{SVG}path")} - {None}
    assert dashes == {"none", "8 4"}


def test_the_figures_stand_beside_the_bars_in_dutch():
    told = [text.text for text in drawn(bars, a_figure()).iter(f"{SVG}text")]
    assert "1.240" in told
    assert "niet getoond" in told


def test_a_bar_is_as_long_as_its_figure():
    figure = a_figure(reeksen=(Series("Opvang", (10, 20, 40)),))
    lengths = [float(bar.get("width")) for bar in drawn(bars, figure).iter(f"{SVG}rect") if bar.get("y")]
    assert lengths == [pytest.approx(lengths[0]), pytest.approx(2 * lengths[0]), pytest.approx(4 * lengths[0])]


def test_a_hidden_figure_is_a_gap_in_the_line_and_never_a_zero():
    figure = a_figure(labels=("a", "b", "c", "d"), reeksen=(Series("Dagen", (1, None, 3, 2)),))
    path = next(p.get("d") for p in drawn(lines, figure).iter(f"{SVG}path") if p.get("stroke-dasharray"))
    assert path.count("M") == 2
    assert path.count("L") == 1


def test_the_table_beside_it_has_the_same_figures_and_can_be_taken_along():
    table = table_of(a_figure())
    assert table.headings == ("Gemeente", "Opvang", "Beschermd wonen")
    assert table.rows == (("Capelle", 77, 32), ("Krimpen", "niet getoond", 14), ("Rotterdam", 1240, 0))
    assert to_ods(table)


@pytest.mark.parametrize(("highest", "top"), [(0, 4), (3, 4), (4, 4), (5, 8), (77, 80), (1240, 1600), (10**6, 10**6)])
def test_the_axis_ends_at_a_round_number(highest, top):
    assert nice_top(a_figure(reeksen=(Series("x", (highest, 0, None)),))) == top


@DRAWINGS
@pytest.mark.parametrize("values", [(0, 0, 0), (None, None, None), (0.5, 0.25, 10**9)])
def test_odd_figures_give_a_whole_chart(draw, values):
    assert drawn(draw, a_figure(reeksen=(Series("x", values),)))


@DRAWINGS
def test_one_label_or_a_hundred_fit(draw):
    assert drawn(draw, a_figure(labels=("a",), reeksen=(Series("x", (1,)),)))
    hundred = a_figure(labels=tuple(map(str, range(100))), reeksen=(Series("x", tuple(range(100))),))
    assert drawn(draw, hundred)


def test_colours_can_be_read_on_white():
    assert all(contrast_with_white(colour) >= 6 for colour in COLOURS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": " "},
        {"omschrijving": ""},
        {"labels": (), "reeksen": ()},
        {"reeksen": ()},
        {"reeksen": (Series("x", (1, 2)),)},
        {"reeksen": (Series("x", (1, 2, -3)),)},
        {"reeksen": tuple(Series(str(n), (1, 2, 3)) for n in range(5))},
    ],
)
def test_a_figure_that_cannot_be_drawn_is_refused(wrong):
    with pytest.raises(ValueError, match=r"(?i)grafiek|reeks"):
        a_figure(**wrong)
