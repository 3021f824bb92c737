"""From a draft to a filed melding."""
