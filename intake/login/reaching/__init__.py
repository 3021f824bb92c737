"""Reaching an identity provider: fetching from its address alone, and what it publishes of itself."""
