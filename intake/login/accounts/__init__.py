"""The accounts of people, their passwords, and the invitations by which they come."""

from intake.login.accounts.account import EmailTaken, NewAccount, block, find_account, register_account, set_password
from intake.login.accounts.invitation import LONGEST_TOKEN, Link, LinkDead, TooManyLinks, ask_link, look_up, redeem
from intake.login.accounts.passwords import WeakPassword, hash_password

__all__ = [
    "LONGEST_TOKEN",
    "EmailTaken",
    "Link",
    "LinkDead",
    "NewAccount",
    "TooManyLinks",
    "WeakPassword",
    "ask_link",
    "block",
    "find_account",
    "hash_password",
    "look_up",
    "redeem",
    "register_account",
    "set_password",
]
