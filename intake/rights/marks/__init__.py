"""Marks on a case: its processing is restricted (AVG art. 18), or many people know the client."""
