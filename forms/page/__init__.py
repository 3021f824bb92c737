"""Between what stands on a page and the answers: typed text in, answers and errors beside their fields out."""

from forms.page.page import row_places

__all__ = [
    "row_places",
]
