"""Beds and dwellings: who has them, what is free, and which would suit."""
