"""What the client may ask: inzage, correction, restriction, and who looked."""
