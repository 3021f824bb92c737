"""A referral as its receiver and its sender may see it, and the lists of them."""
