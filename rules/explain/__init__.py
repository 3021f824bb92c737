"""Saying why: an advice in words, why not, two sets side by side, past cases, scenarios."""
