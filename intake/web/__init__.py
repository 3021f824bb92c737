"""Pages for people: server-rendered, in Dutch, complete without script."""
