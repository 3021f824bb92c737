"""Sealing what is secret: ciphers, the keys of tenants and cases, and the sealed columns of a row."""
