from random import Random

import pytest

from rules.tables.lanes import lanes_for

NAMES = tuple(f"feit_{place}" for place in range(90))


@pytest.mark.parametrize("most", [100, 40_000, 3_000_000_000])
def test_counts_in_lanes_are_the_counts_of_each_name(most):
    random, lanes = Random(most), lanes_for(NAMES, most)
    counts = {name: random.choice([0, 0, 1, 2, most // 2, most]) for name in NAMES}
    together = sum(lanes.one[name] * count for name, count in counts.items())
    assert dict(lanes.counted(together)) == {name: count for name, count in counts.items() if count}
    assert lanes.read(lanes.flags(together)) == tuple(int(count > 0) for count in counts.values())


def test_leaving_a_name_out_leaves_the_others():
    lanes = lanes_for(NAMES, 9)
    together = sum(lanes.one.values()) * 7 & ~lanes.full["feit_3"]
    assert dict(lanes.counted(together)) == {name: 7 for name in NAMES if name != "feit_3"}


def test_counts_that_fit_in_no_lane_are_refused():
    with pytest.raises(ValueError, match=r"^9223372036854775808$"):
        lanes_for(NAMES, 1 << 63)


def test_no_names_have_no_lanes():
    assert lanes_for((), 5).read(0) == ()
