"""Publishing a rule set by a second person, taking it back, and what stands where."""
