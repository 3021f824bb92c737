"""Derived facts: the closed list of functions over answers, each saying what is known and what could be."""
