"""A case on its way to a receiver: sent, answered, handed over, stayed."""
