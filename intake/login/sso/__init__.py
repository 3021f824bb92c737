"""Arriving by way of an identity provider (OpenID Connect)."""
