"""The advies of a case: given by the rules in force, stored with their hash, proved again later."""
