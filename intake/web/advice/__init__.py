"""The advice as a page shows it: the route in one glance, and by the rules of today."""
