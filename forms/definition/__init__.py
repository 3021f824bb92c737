"""From the question files to sections and questions, with every fault found at once."""
