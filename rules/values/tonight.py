"""What an open question could decide about tonight: the order in which the answers are needed.

Danger to life first, then whether it has to be today, then where the person sleeps; after that safety, the law that
holds and the kind of help. `feiten.yaml` gives the values of an outcome by weight, so that nothing here names a value.
"""

from typing import NamedTuple


class Stake(NamedTuple):
    """What can be at stake: an outcome, and how many of its heaviest values count; None is any change of it."""

    outcome: str
    heaviest: int | None = None


STAKES = (
    Stake("veiligheid", 1),
    Stake("urgentie", 1),
    Stake("urgentie", 2),
    Stake("overbrugging"),
    Stake("urgentie"),
    Stake("veiligheid"),
    Stake("kring"),
    Stake("voorzieningen"),
)
"""The heaviest first. U0 is now, U1 is today: the two heaviest values of `urgentie`."""
