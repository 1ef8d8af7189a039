r"""The label that stands in a text for an image that was not saved: told from other text by its link's title.

[Image not saved: The ferry](https://harbour.example/ferry.jpg "Image not saved")
\[Image not saved: The ferry\]                        when nobody knows where it was
"""

from __future__ import annotations

import re

from backfile.importer.html.links import commonmark_target
from backfile.markdown import escape_text

LABEL = "Image not saved"
_LINKED = re.compile(rf'\[{LABEL}[^\n]*?]\([^()\s]*? "{LABEL}"\)')
_BRACKET = re.compile(r"\\?([\[\]])|\\.")
_BARE = re.compile(rf"\\\[{LABEL}(?:: [^\n]*?)?\\]")


def placeholder(words: str, url: str) -> str:
    """CommonMark that names an image and leads to where it was."""
    label = f"{LABEL}: {words}" if words else LABEL
    # As entities, so that no bracket among the words looks like the last one.
    text = _BRACKET.sub(lambda found: f"&#{ord(found[1])};" if found[1] else found[0], escape_text(label))
    return f'[{text}]({commonmark_target(url)} "{LABEL}")' if url else f"\\[{text}\\]"


def count_placeholders(text: str) -> int:
    """How many images a text names and does not show."""
    return len(_LINKED.findall(text)) + len(_BARE.findall(text))


def without_placeholders(text: str) -> str:
    """The text without them: it is the same article whether its images were saved or not."""
    return _BARE.sub("", _LINKED.sub("", text))
