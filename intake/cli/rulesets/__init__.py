"""`toegang regels`: show, check, compare and replay rule sets."""
