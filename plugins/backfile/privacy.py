"""Readers' addresses: found and masked, since a comment was published but its writer's address was not.

What an article itself prints is its own and is never masked.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import replace

from backfile.model import Article, Comment

MASK = "[address removed]"

# Every part is bounded, so that a long run without an `@` costs no more than its length.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])")
_MAIL_LINK = re.compile(r"\[([^\[\]]{0,400})\]\(<?mailto:[^()<>\s]{0,400}>?(?: \"[^\"]{0,200}\")?\)")
_IPV4 = re.compile(r"(?<![\w.:/-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\w)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:){2,7}(?::?[0-9A-Fa-f]{1,4}){1,7}(?![\w:]|\.\w)")
_GRAVATAR = re.compile(r"gravatar\.com/avatar/[0-9a-fA-F]{32,64}", re.IGNORECASE)


def find_addresses(text: str) -> Iterator[str]:
    """The e-mail and IP addresses and Gravatar hashes in a text, as they stand there."""
    yield from (found[0] for found in _EMAIL.finditer(text))
    yield from (found[0] for found in _GRAVATAR.finditer(text))
    for pattern in (_IPV4, _IPV6):
        yield from (found[0] for found in pattern.finditer(text) if _is_ip(found[0]))


def mask_addresses(commonmark: str) -> str:
    """The text with every address replaced by `MASK`; a link to one becomes its words."""
    text = _MAIL_LINK.sub(r"\1", commonmark) if "mailto:" in commonmark else commonmark
    if "@" in text:
        text = _EMAIL.sub(MASK, text)
    text = _GRAVATAR.sub(MASK, text)
    for pattern in (_IPV4, _IPV6):
        text = pattern.sub(lambda found: MASK if _is_ip(found[0]) else found[0], text)
    return text


def without_addresses(article: Article) -> tuple[Article, int]:
    """The article with its readers' addresses masked, and in how many comments there were some.

    An author's name that is an address becomes unknown.
    """
    comments = tuple(map(_without_addresses, article.comments))
    touched = sum(before != after for before, after in zip(article.comments, comments, strict=True))
    return (replace(article, comments=comments), touched) if touched else (article, 0)


def _without_addresses(comment: Comment) -> Comment:
    author = "" if next(find_addresses(comment.author), "") else comment.author
    url = "" if next(find_addresses(comment.author_url), "") else comment.author_url
    return replace(comment, body=mask_addresses(comment.body), author=author, author_url=url)


def _is_ip(text: str) -> bool:
    """True for an address of a machine; four small numbers may as well be a version or a section."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return address.version == 6 or int(text.split(".")[0]) > 9
