"""What in the log deserves a look: unusual numbers, own names and own addresses."""
