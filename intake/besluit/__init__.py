"""A person decides: taking a besluit by mandate, and asking the expertise function first."""
