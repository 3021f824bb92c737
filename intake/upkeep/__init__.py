"""Keeping an installation well: backups, keys renewed, the chain of the log kept outside."""
