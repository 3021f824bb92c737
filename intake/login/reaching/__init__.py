"""Reaching an identity provider: fetching from its address alone, and what it publishes of itself."""

from intake.login.reaching.directory import Directory
from intake.login.reaching.fetch import Fetcher, ProviderFailed

__all__ = [
    "Directory",
    "Fetcher",
    "ProviderFailed",
]
