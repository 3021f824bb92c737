"""The rule sets of a region in the hands of policy staff."""
