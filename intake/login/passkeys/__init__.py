"""Passkeys: kept with an account, and entering with one (WebAuthn)."""
