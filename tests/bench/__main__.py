"""`bin/bench <part>`: run one part and print its numbers."""

import importlib
import sys

PARTS = ("rules", "advies", "intake", "verzoeken", "brieven", "start", "logboek", "inloggen")


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        sys.stderr.write(f"usage: bin/bench {{{'|'.join(PARTS)}}}\n")
        return 2
    return importlib.import_module(f"tests.bench.{sys.argv[1]}").main(sys.argv[2:])


if __name__ == "__main__":
    raise SystemExit(main())
