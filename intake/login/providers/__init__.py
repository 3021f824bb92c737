"""The identity providers of organisations: registered, linked, and how one is reached."""
