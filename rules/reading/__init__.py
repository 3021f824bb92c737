"""From the files of a rule set to tables, heads and guard rails, with every fault told with its place."""
