"""What rules speak in: facts, findings, advice, derived facts and their plain Dutch. Imports no other room."""
