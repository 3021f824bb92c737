"""What every command shares: the settings, the database, files, failures."""
