"""Names that a rule set coins for itself: own outcomes, values and choices of which no vocabulary can know."""


def spoken(name: str) -> str:
    """A coined name as people read it: in a rule set its words are joined by underscores, and here by spaces."""
    return name.replace("_", " ")
