"""What may be tried only so often, and what may be shown only once."""
