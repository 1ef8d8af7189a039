"""Addresses as pages write them, made absolute and harmless."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_SCHEMES = frozenset({"http", "https", "mailto"})
_BAD = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]")
_ENCODE = re.compile(r"[<>()\[\]\\`\"'*_{}|^]")
_LONGEST = 2000
_ARCHIVES = re.compile(
    r"^(?:(?:https?://web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?"
    r"|https?://archive\.(?:today|is|ph|li|md|fo|vn)/(?:\d{4}\.\d\d\.\d\d-\d{6}|\d{14}|o/\w{4,8}))/(?=https?:/)"
)


def safe_url(address: str | None, base: str = "") -> str:
    """The address as an absolute http, https or mailto URL, or the empty string.

    Control, blank and zero-width characters make an address unusable rather than being cut out of it.
    A prefix of the Wayback Machine or of archive.today is taken off.
    """
    address = (address or "").strip("\t\n\r\f ")
    if not address or len(address) > _LONGEST:
        return ""
    address = _ARCHIVES.sub("", address.replace(" ", "%20"))
    try:
        absolute = urljoin(base, address) if base else address
        parts = urlsplit(absolute)
        if parts.scheme.lower() not in _SCHEMES or _BAD.search(absolute):
            return ""
        if parts.scheme.lower() != "mailto" and not parts.hostname:
            return ""
    except ValueError:  # an impossible host or port
        return ""
    return absolute


def commonmark_target(url: str) -> str:
    """The URL as the target of a CommonMark link: what has a meaning there is percent-encoded."""
    return _ENCODE.sub(lambda found: f"%{ord(found[0]):02X}", url) if not url.startswith("mailto:") else url
