"""Who has a place, and leaving it."""
