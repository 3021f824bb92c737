"""Renewing the keys of the gemeenten, the master key and the search keys while people work."""
