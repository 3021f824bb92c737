"""The head of the log kept outside the database, so that a cut log is found."""
