"""One case opened: everything of it, the lists of work, tonight, urgency and its end."""
