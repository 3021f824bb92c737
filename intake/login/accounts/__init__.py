"""The accounts of people, their passwords, and the invitations by which they come."""
