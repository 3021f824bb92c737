"""Changing one value, or one row, in the text of a rule file and leaving every other sign."""
