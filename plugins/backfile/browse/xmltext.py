"""Text in XML: escaped, and without the characters that XML cannot hold."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES = {'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def xml_text(text: str) -> str:
    """A text between tags."""
    return escape(_FORBIDDEN.sub("", text), {"\r": "&#13;"})


def xml_value(text: str) -> str:
    """A text between the quotation marks of an attribute."""
    return escape(_FORBIDDEN.sub("", text), _QUOTES)


def element(name: str, text: str, **attributes: str) -> str:
    """One element with text in it; with neither text nor attributes it is nothing."""
    given = "".join(f' {key}="{xml_value(value)}"' for key, value in attributes.items())
    if not text and not given:
        return ""
    return f"<{name}{given}>{xml_text(text)}</{name}>" if text else f"<{name}{given}/>"
