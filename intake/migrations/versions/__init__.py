"""One module per step; the newest is what `intake.tables` says."""
