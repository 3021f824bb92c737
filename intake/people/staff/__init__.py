"""The staff of an organisation: invited, given roles, blocked."""
