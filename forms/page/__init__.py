"""Between what stands on a page and the answers: typed text in, answers and errors beside their fields out."""
