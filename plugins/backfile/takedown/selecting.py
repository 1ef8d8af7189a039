"""Whether an entry's `article` means an article: by its id, by where it stood, or by where its page stands."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit


def is_article(named: str, article_id: str, addresses: Sequence[str]) -> bool:
    """`addresses` are where the article stood (may be empty) and its page's path in the archive."""
    if named == article_id:
        return True
    if "/" not in named:
        return False
    stood, page = addresses
    if page and (named == page or unquote(named.split("#")[0]).endswith(f"/{page}")):
        return True
    return bool(stood) and _plain(named) == _plain(stood)


def _plain(url: str) -> str:
    """An address without what does not make two pages of one: the scheme, the host's case, a slash at the end."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{unquote(parts.path).rstrip('/')}{query}"
