"""The dated folders of the regions: loading a set whole, as texts, and which one is in force."""
