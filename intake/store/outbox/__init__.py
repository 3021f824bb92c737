"""Jobs: what is to be done after the commit, asked for in the same transaction."""
