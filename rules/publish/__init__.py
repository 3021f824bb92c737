"""A rule set made public: as a document for people, as a record for the Algoritmeregister, as DMN for other engines."""

from rules.publish.algoritmeregister import ABOUT_FILE, read_about, record_of
from rules.publish.dmn import to_dmn
from rules.publish.document import Document, document_of
from rules.publish.plain import plain_text
from rules.publish.words import value_text

__all__ = [
    "ABOUT_FILE",
    "Document",
    "document_of",
    "plain_text",
    "read_about",
    "record_of",
    "to_dmn",
    "value_text",
]
