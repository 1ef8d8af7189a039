"""Where the untouched text of a source stands in an archive, beside the articles made of it."""

from __future__ import annotations

PUBLISHED = "sources"
KEPT = "originals"


def source_text_path(sha256: str, *, published: bool = True) -> str:
    """The path of a source's text, relative to the content folder and, when published, to the site.

    It always ends in `.txt`: whatever a source is, a browser shows it as text and runs nothing in it.
    A source with readers' addresses in it is kept, and not published.
    """
    return f"{PUBLISHED if published else KEPT}/{sha256[:2]}/{sha256}.txt"
