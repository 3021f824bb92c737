"""The log read by people: looking through it, reviewing it, and saying it in words."""
