"""Looking at a draft: its faults, the cases that change, past cases played again."""
