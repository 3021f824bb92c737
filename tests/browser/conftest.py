"""A served application and a real browser."""

from tests.browser.serving import chromium, served

__all__ = ["chromium", "served"]
