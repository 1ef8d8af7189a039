"""Saved HTML: body, metadata, and comments with author, date and thread."""
