"""Drafts of a rule set: written, saved, exchanged with spreadsheets."""
