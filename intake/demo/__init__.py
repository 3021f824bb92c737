"""A fictive region to look at and to learn with: organisations, places, people who log in, and a year of cases."""

from intake.demo.fill import fill
from intake.demo.people import DEMO_PASSWORD, DemoLogin, demo_logins

__all__ = ["DEMO_PASSWORD", "DemoLogin", "demo_logins", "fill"]
