"""Holding a rule set against itself: gaps, overlaps, rows that never decide, guard rails, each with an example case."""
