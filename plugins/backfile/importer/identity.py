"""Who an article is: an id that does not change with its title, and the addresses made of it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from slugify import slugify

from backfile.importer.shingles import fold

ID_LENGTH = 10
_OPENING = 3
_SLUG_LENGTH = 60
# Names that file systems or web hosts keep for themselves.
_RESERVED = frozenset("con prn aux nul com1 lpt1 index search feeds theme".split())
# WordPress (both), Blogger, and what advertisers add.
_OTHER_WAY = re.compile(r"/comment-page-[0-9]+\Z|(?<=[^/])/amp\Z")
_WAY_HERE = re.compile(
    r"(?:cpage|comments?[-_]?page|replytocom|showComment|utm_[a-z]+|fbclid|gclid)(?:=|\Z)"
    r"|(?:amp|print|printable|outputType)(?:=(?:1|true|yes|y|amp)?)?\Z",
    re.IGNORECASE,
)
_VERSIONS = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.])")


def article_id(url: str, paragraphs: Sequence[str]) -> str:
    """Ten letters and digits from the canonical URL, else from the article's first paragraphs.

    The opening alone decides, so that an extract with comments, one without, and both together are the
    same article. 50 bits: two of a hundred thousand articles collide once in 200,000 archives.
    """
    return digest_id(canonical_url(url) if url else "\n".join(" ".join(fold(p)) for p in paragraphs[:_OPENING]))


def id_of_rest(title: str, comment: str, source: str) -> str:
    """The same from what an article without address and text has: title and first comment, else its source's digest."""
    words = "\n".join(" ".join(fold(text)) for text in (title, comment))
    return digest_id(f"rest {words if words.strip() else source}")


def digest_id(seed: str) -> str:
    """Ten lower-case letters and digits made from a text."""
    digest = hashlib.sha256(seed.encode("utf-8", "replace")).digest()
    return base64.b32encode(digest)[:ID_LENGTH].decode().lower()


def canonical_url(url: str) -> str:
    """A URL without scheme, `www.`, fragment, trailing slash and upper case in the host.

    Nor with what leads to the same article by another way: the page of its comments, the comment that is answered or
    shown, the campaign that a reader came from, its version for telephones (`m.`, AMP) or for a printer.
    """
    try:
        parts = urlsplit(url.strip())
        host = _VERSIONS.sub("", parts.hostname or "")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # a bracket that is no IPv6 address, a port that is no number
        return url.strip()
    path = _OTHER_WAY.sub("", parts.path.rstrip("/"))
    query = "&".join(part for part in parts.query.split("&") if not _WAY_HERE.match(part))
    return urlunsplit(("", host + port, path, query, ""))


def is_first_page(url: str) -> bool:
    """True for the address of a site alone, which is that of no article in particular."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return bool(parts.netloc) and parts.path in ("", "/") and not parts.query


def article_slug(title: str) -> str:
    """A readable part of an address: at most 60 letters, digits and hyphens, never empty or reserved."""
    slug = slugify(title, max_length=_SLUG_LENGTH, word_boundary=True)
    return f"{slug}-article" if slug in _RESERVED else slug or "article"


NO_ID = article_id("", ())
"""What an article without address and text would be called, as would every other."""
