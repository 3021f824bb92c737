"""The one marshmallow schema of the form, built from its questions, for pages, files and JSON alike."""
