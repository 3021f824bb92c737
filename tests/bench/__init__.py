"""How fast the product is, measured on one machine with the command that made the numbers: `bin/bench <part>`."""
