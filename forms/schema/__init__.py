"""The one marshmallow schema of the form, built from its questions, for pages, files and JSON alike."""

from forms.schema.compound import MAX_ROWS
from forms.schema.fields import MAX_LIST

__all__ = [
    "MAX_LIST",
    "MAX_ROWS",
]
