"""`python -m intake.cli`: the same as `toegang`, where the command itself is not on the path."""

from intake.cli import main

raise SystemExit(main())
