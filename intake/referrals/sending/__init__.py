"""Choosing a receiver and sending the case there; who is next in line."""
