"""The tables, one module per noun. Importing this package registers them all on `Base.metadata`."""
