"""What others call the parts of an article in JSON, where it can mean nothing else."""

from __future__ import annotations

import re
from typing import Any

from backfile.importer.exported import is_exported
from backfile.importer.html.links import safe_url
from backfile.importer.jsonfields import date_of, list_of, text_of
from backfile.importer.jsonnames import is_gone
from backfile.importer.labels import split_names
from backfile.text import clean_line

Item = dict[str, Any]

_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af):?\s+", re.IGNORECASE)
_ADDRESSES = ("url", "source", "link", "permalink", "canonical_url", "web_url", "webUrl", "webURL", "permalink_url")
_DATE = (
    *("published", "date", "published_at", "publishedAt", "date_published", "datePublished"),
    *("publication_date", "publicationDate", "pub_date", "pubDate", "published_time", "published_on"),
    *("posted_at", "postedAt", "created_at", "createdAt", "created_utc", "created_time", "created"),
    *("date_created", "dateCreated", "time"),
)
"""Of what nothing says when it was published, the record was made when it was written."""
_AUTHORS = ("authors", "author", "author_name", "authorName", "by", "creator")


def url_of(value: Item) -> tuple[str, str]:
    """The address of an article, and under which name it stands."""
    found = ((safe_url(text_of(value, name)), name) for name in _ADDRESSES)
    return next((one for one in found if one[0]), ("", ""))


def authors_of(value: Item) -> tuple[str, ...]:
    """Who wrote it; those of its byline where nothing else names anybody."""
    for name in _AUTHORS:
        if told := list_of(value, name):
            return tuple(one for one in told if is_exported(value) or not is_gone(one))
    if isinstance(value.get("user"), dict):
        return tuple(list_of(value, "user"))
    return split_names(_BY.sub("", clean_line(text_of(value, "byline"))))  # `By Ann Lee and Bob Ray`


def published_of(value: Item) -> str:
    """When it was published."""
    return next((date for name in _DATE if (date := date_of(value, name))), "")
