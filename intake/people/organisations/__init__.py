"""The organisations of the region, how they are reached, and who works where."""
