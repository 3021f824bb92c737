"""The life of an intake: from draft to advice, besluit, referral and letter, and who may see it. Knows no Flask."""
