"""One value in a head changes; every other sign, comments included, stays as it was."""

import pytest
import yaml

from rules.editing.head import NoSuchKey, value_at, with_value

HEAD = """\
# Een opmerking die blijft.
id: proef/2026-01-01
geldig_van: 2026-01-01   # ook deze
parameters:
  leeftijd: {waarde: 23, toelichting: "vanaf"}
  regio: {waarde: [GM0599, GM0597], toelichting: de regio}
  winter:
    waarde: nee
"""


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        (("id",), "proef/2027-01-01", "proef/2027-01-01"),
        (("parameters", "leeftijd", "waarde"), "21", 21),
        (("parameters", "winter", "waarde"), "ja", "ja"),
        (("parameters", "winter", "waarde"), "yes", "yes"),
        (("parameters", "winter", "waarde"), "1e5", "1e5"),
        (("parameters", "winter", "waarde"), 'a: "b" # {c}', 'a: "b" # {c}'),
        (("parameters", "winter", "waarde"), "x\ny: z", "x\ny: z"),
        (("parameters", "regio", "waarde"), ("GM0502", "GM0599"), ["GM0502", "GM0599"]),
    ],
)
def test_the_value_is_read_back_as_it_was_typed(path, value, read):
    changed = with_value(HEAD, path, value)
    found = yaml.safe_load(changed)
    before = yaml.safe_load(HEAD)
    for key in path[:-1]:
        found, before = found[key], before[key]
    assert found.pop(path[-1]) == read
    before.pop(path[-1])
    assert found == before
    assert "# Een opmerking die blijft." in changed
    assert "# ook deze" in changed


def test_a_day_stays_a_day():
    assert str(yaml.safe_load(with_value(HEAD, ("geldig_van",), "2027-01-01"))["geldig_van"]) == "2027-01-01"


@pytest.mark.parametrize("text", ["", "a: [", "- a", HEAD, "a: " + "[" * 20_000])
def test_what_is_not_there_is_not_changed(text):
    with pytest.raises(NoSuchKey):
        with_value(text, ("bestaat", "niet"), "x")
    assert value_at(text, ("bestaat", "niet")) == ""


def test_a_value_is_read_from_a_text():
    assert value_at(HEAD, ("parameters", "leeftijd", "waarde")) == "23"
