"""The system as a user: jobs done after the commit, and the daily round."""
