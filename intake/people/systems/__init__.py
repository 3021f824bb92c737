"""Other systems of an organisation: their keys, and who acts with one."""
