"""Sessions on the server: begun, renewed, ended; and what was typed when one ran out."""
