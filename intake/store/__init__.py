"""The database, the turn to write in it, and doing the same request once."""
