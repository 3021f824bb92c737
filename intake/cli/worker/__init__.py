"""`toegang start`, `werker` and `demo`."""
