"""`toegang gebruiker`, `koppeling` and `organisatie`."""
