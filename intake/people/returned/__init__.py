"""Post that came back, for who manages the accounts: to see why, and to send it again."""

from intake.people.returned.returned import all_post, send_again

__all__ = ["all_post", "send_again"]
