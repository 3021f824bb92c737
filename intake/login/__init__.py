"""Proving who you are: accounts, sessions, passwords and second factors, passkeys, single sign-on."""
