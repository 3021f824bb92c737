"""What went wrong at the command line, told in one Dutch line."""


class BadInput(ValueError):
    """The input is not usable; the message is Dutch and says which part and what is allowed."""
