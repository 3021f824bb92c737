"""What people may ask and check: accounts, the log, emergency access, the rights of the client."""
