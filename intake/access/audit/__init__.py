"""The log of everything: rows in a chain that nobody can change unseen, sealed per gemeente (NEN 7513)."""
