"""Who may do what to which row: actors, the policy and its rules, the second lock, and the log of it all."""
