"""`toegang backup`, `herstel`, `doctor`, `controleer-logboek` and `sleutels`."""
