"""`toegang advies` and `toegang brief`: from an answers file, stored nowhere."""
