"""Destroying a file when its time has come, or when the client asks."""
