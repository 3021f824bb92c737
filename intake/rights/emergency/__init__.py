"""Emergency access to a case, with a reason, told to everybody whom it concerns."""
