"""What comes back of a referral: read, accepted, declined, asked, withdrawn."""
