"""Readers' addresses: found and masked, since a comment was published but its writer's address was not.

What an article itself prints is its own and is never masked.
"""

from __future__ import annotations

import html
import ipaddress
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from backfile.errors import BackfileError
from backfile.model import Article, Comment

MASK = "[address removed]"

# Every part is bounded, so that a long run costs no more than its length. A part that may follow no other sign stands
# after its first character: a search for a set of characters is quick, one for a place between two is not.
# `photo@2x.png` is the name of a picture for fine screens.
_LOCAL = 64
_BEFORE_AT = re.compile(r"[\w.+-]+")
_FROM_AT = re.compile(
    r"@(?:[\w-]{1,63}\.){1,8}"
    r"(?!(?:png|jpe?g|gif|webp|avif|svg|html?|css|js)(?![\w-]))[^\W\d_]{2,24}(?![\w-])"
)
_MAIL_LINK = re.compile(r"\[([^\[\]]{0,400})\]\(<?mailto:[^()<>\s]{0,400}>?(?: \"[^\"]{0,200}\")?\)")
_IPV4 = re.compile(r"\d(?<![\w.:/-]\d)\d{0,2}\.(?:\d{1,3}\.){2}\d{1,3}(?![\w-]|\.\w)")
_IPV6 = re.compile(
    r"[0-9A-Fa-f](?<![\w:.][0-9A-Fa-f])[0-9A-Fa-f]{0,3}:(?:[0-9A-Fa-f]{1,4}:){1,6}"
    r"(?::?[0-9A-Fa-f]{1,4}){1,7}(?![\w:]|\.\w)"
)
_GRAVATAR = re.compile(r"gravatar\.com/avatar/[0-9a-fA-F]{32,64}", re.IGNORECASE)
# What each kind of address has in it; few texts do, and telling costs a hundredth of looking for the address.
_THREE_PARTS = re.compile(r"\.\d{1,3}\.\d")
_TWO_COLONS = re.compile(r":[0-9A-Fa-f]{0,4}:")
# Ways of writing `@`, `.` and `:` so that only the rendered text has them.
_CODED = re.compile(r"&#?\w{1,31};|%[0-9A-Fa-f]{2}|\\[%&+.:@-]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_WORD = re.compile(r"\S+")


def find_addresses(text: str) -> Iterator[str]:
    """The e-mail and IP addresses and Gravatar hashes in a text, as they stand there."""
    yield from (text[start:end] for start, end in _emails(text))
    if "ravatar.com/" in text.lower():
        yield from (found[0] for found in _GRAVATAR.finditer(text))
    for pattern in _ips_in(text):
        yield from (found[0] for found in pattern.finditer(text) if _is_ip(found[0]))


def _emails(text: str) -> Iterator[tuple[int, int]]:
    """Where the e-mail addresses in a text begin and end."""
    end, at = 0, text.find("@")
    while at >= 0:
        nearest = max(end, at - _LOCAL)
        before = _BEFORE_AT.match(text[nearest:at][::-1])
        start = at - before.end() if before else at
        whole = start < at and not (start and _BEFORE_AT.match(text, start - 1, start))
        if whole and (found := _FROM_AT.match(text, at)):
            yield start, (end := found.end())
        at = text.find("@", max(end, at + 1))


def _ips_in(text: str) -> Iterator[re.Pattern[str]]:
    """The patterns that have to be looked for."""
    if _THREE_PARTS.search(text):
        yield _IPV4
    if _TWO_COLONS.search(text):
        yield _IPV6


def find_shown(commonmark: str) -> Iterator[str]:
    """The addresses that a reader of the rendered text sees or follows, written as entities or escapes as well."""
    yield from find_addresses(commonmark)
    if ("&" in commonmark or "%" in commonmark or "\\" in commonmark) and _CODED.search(commonmark):
        yield from find_addresses(unquote(html.unescape(_ESCAPED.sub(r"\1", commonmark))))


def readers_addresses(article: Article) -> tuple[str, ...]:
    """Addresses that would be published with an article and that it does not print itself: its readers', in order.

    They may be in comments, in names, or under keys that nobody knows.
    """
    comments = article.comments
    texts = [text for c in comments for text in (c.author, c.author_url, c.body, c.removed) if text]
    found = dict.fromkeys(find_shown("\n".join([*texts, *(value for _, value in article.extra)])))
    if not found:
        return ()
    own = set(find_shown("\n".join(_own_texts(article))))
    return tuple(address for address in found if address not in own)


def _own_texts(article: Article) -> Iterator[str]:
    """What an article prints, and where it and its sources were found."""
    yield from (article.title, article.standfirst, article.body, article.author_note, article.section, article.url)
    yield from (*article.authors, *article.tags, *(source.name for source in article.sources))


class PublishedAddressError(BackfileError):
    """Something private would be published."""


ALLOW_ALL = "*"
_NAMED = 20


def refuse(found: Iterable[tuple[str, str]], allowed: Container[str]) -> None:
    """Raises PublishedAddressError, which names each (place, text) that is not allowed."""
    wrong = [] if ALLOW_ALL in allowed else [(place, text) for place, text in found if text not in allowed]
    if not wrong:
        return
    lines = "".join(f"\n  {place}: {text}" for place, text in wrong[:_NAMED])
    more = f"\n  ... and {len(wrong) - _NAMED:,} more" if len(wrong) > _NAMED else ""
    raise PublishedAddressError(
        f"What is private would be published, so nothing is:{lines}{more}\n",
        advice="Take it out of the content file, or name it in BACKFILE_ALLOW_ADDRESSES when it may be public.",
    )


def mask_addresses(commonmark: str) -> str:
    """The text with every address replaced by `MASK`; a link to one becomes its words."""
    text = _MAIL_LINK.sub(r"\1", commonmark) if "mailto:" in commonmark else commonmark
    text = _masked(text, _emails(text))
    if "ravatar.com/" in text.lower():
        text = _GRAVATAR.sub(MASK, text)
    for pattern in list(_ips_in(text)):
        text = pattern.sub(lambda found: MASK if _is_ip(found[0]) else found[0], text)
    if next(find_shown(text), ""):  # written as entities or escapes: an address has no blank in it
        text = _WORD.sub(lambda word: MASK if next(find_shown(word[0]), "") else word[0], text)
    return text


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    beyond = 0
    for start, end in spans:
        parts += (text[beyond:start], MASK)
        beyond = end
    return "".join((*parts, text[beyond:]))


def without_addresses(article: Article) -> tuple[Article, int]:
    """The article with its readers' addresses masked, and in how many comments there were some.

    An author's name that is an address becomes unknown. Under keys that nobody knows nothing is the article's own.
    """
    comments = tuple(map(_without_addresses, article.comments))
    touched = sum(before != after for before, after in zip(article.comments, comments, strict=True))
    extra = tuple((key, mask_addresses(value)) for key, value in article.extra)
    if not touched and extra == article.extra:
        return article, 0
    return replace(article, comments=comments, extra=extra), touched


def _without_addresses(comment: Comment) -> Comment:
    author = "" if next(find_shown(comment.author), "") else comment.author
    url = "" if next(find_shown(comment.author_url), "") else comment.author_url
    removed = mask_addresses(comment.removed)
    return replace(comment, body=mask_addresses(comment.body), author=author, author_url=url, removed=removed)


def _is_ip(text: str) -> bool:
    """True for an address of a machine; four small numbers may as well be a version or a section."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return address.version == 6 or int(text.split(".")[0]) > 9
