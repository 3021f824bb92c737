"""A served application and a real browser; and the region with a strict client for each of its people."""

from tests.browser.serving import chromium, served
from tests.intake.serving import app, folder, instance, log_in, password_hash, people, standing

__all__ = ["app", "chromium", "folder", "instance", "log_in", "password_hash", "people", "served", "standing"]
