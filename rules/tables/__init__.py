"""A decision table: its grammar, its cells as bit masks, its rows and what they decide together."""
