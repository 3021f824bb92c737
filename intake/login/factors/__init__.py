"""Entering with a password and a second factor."""
