"""From facts to advice: tables with unknown answers, guard rails, and what is still open."""
