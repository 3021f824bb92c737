"""What every operation of the interface shares: admission, reading, serving, problems, its description."""
