"""Putting under cover what stood before hidden places had a cover, or before a place was marked as hidden."""

from intake.upkeep.covering.covering import cover_what_stands

__all__ = ["cover_what_stands"]
