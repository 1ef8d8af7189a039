"""JSON-LD of a page: its nodes, the one that is the article, and comments told there."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from backfile.importer.html.words import letters_of

_LARGEST = 4_000_000
_MOST_NODES = 20_000
_ARTICLE = re.compile(
    r"(?:News|Blog|Tech|Scholarly|Social|Live|Opinion|Reportage|Review|Analysis|Background)?\w*(?:Article|Posting|Report)$"
)
_COMMENT = frozenset({"Comment", "UserComments", "CorrectionComment"})
_WHO_WHEN = ("author", "creator", "dateCreated", "datePublished")

Node = dict[str, Any]


def read_nodes(root: HtmlElement) -> list[Node]:
    """Every object of every JSON-LD script of the page, outer ones first; damaged scripts are passed over."""
    nodes: list[Node] = []
    for script in root.iter("script"):
        kind = (script.get("type") or "").lower()
        if kind.startswith("application/ld+json") and script.text and len(script.text) <= _LARGEST:
            nodes.extend(_objects(_parse(script.text)))
    return nodes[:_MOST_NODES]


def find_article(nodes: Sequence[Node], root: HtmlElement) -> Node:
    """The node that describes the article of the page below `root`, or an empty one.

    Pages list other articles, too: one of a list is theirs only where its headline stands in the title of the page.
    """
    named = [node for node in nodes if any(_ARTICLE.match(kind) for kind in kinds_of(node))]
    if not named:
        return {}
    listed = _listed(nodes)
    shown = islice(root.iter("title", "h1"), _MOST_TITLES)
    titles = [letters_of(element.text_content()[:_LONGEST_TITLE]) for element in shown]
    meant: list[tuple[bool, int, Node]] = []
    for node in named:
        headline = letters_of(text_of(node.get("headline") or node.get("name")))
        is_title = any(headline in title and 3 * len(headline) >= len(title) > 0 for title in titles)
        if is_title or id(node) not in listed:
            meant.append((is_title, sum(1 for name in _TELLING if node.get(name)), node))
    return max(meant, key=lambda one: one[:2], default=(False, 0, {}))[2]


_TELLING = ("headline", "name", "author", "datePublished", "articleBody", "dateModified")
_OTHERS = ("itemListElement", "isRelatedTo", "relatedLink", "mentions", "citation", "isBasedOn", "hasPart")
_MOST_TITLES, _LONGEST_TITLE = 20, 1_000


def _listed(nodes: Iterable[Node]) -> set[int]:
    """The ids of the nodes that stand in a list of other things, below nodes that do not themselves."""
    listed: set[int] = set()
    for node in nodes:  # outer ones come first, so that each is walked over once
        if id(node) not in listed:
            listed.update(id(other) for key in _OTHERS if key in node for other in _objects(node[key]))
    return listed


def names_of(value: Any, nodes: Iterable[Node]) -> list[str]:
    """The names of persons: of all that a list has, in one or two parts, or of the node that is referred to."""
    parts = value.get("@list", value) if isinstance(value, dict) else value
    found: dict[str, None] = {}
    known: dict[str, Node] | None = None
    for part in (parts if isinstance(parts, list) else [parts])[:_MOST_NAMES]:
        if isinstance(part, dict) and not _own_names(part) and (reference := part.get("@id")):
            if known is None:
                known = {str(node["@id"]): node for node in nodes if "@id" in node and _own_names(node)}
            part = known.get(str(reference), part)
        names = _own_names(part) if isinstance(part, dict) else []
        found.update(dict.fromkeys(names or ([text] if (text := text_of(part)) else [])))
    return list(found)


_MOST_NAMES = 50


def _own_names(node: Node) -> list[str]:
    given = texts_of(node.get("name"))
    return given or [name] if (name := " ".join(texts_of([node.get("givenName"), node.get("familyName")]))) else given


def find_comments(nodes: Iterable[Node]) -> list[Node]:
    """The nodes that are comments, each once, in the order of the page.

    An answer of nobody at no time is one of a list of frequent questions.
    """
    found: dict[int, Node] = {}
    for node in nodes:
        kinds = kinds_of(node)
        comment = not _COMMENT.isdisjoint(kinds) or ("Answer" in kinds and is_signed(node))
        if comment and text_of(node.get("text")):
            found.setdefault(id(node), node)
    return list(found.values())


def is_signed(comment: Node) -> bool:
    """True for a comment that says who wrote it, or when."""
    return any(map(comment.get, _WHO_WHEN))


def parents_of(comments: Sequence[Node]) -> list[int]:
    """For each comment the place of the one it stands in, or names as the one it answers; -1 for none."""
    places = {id(node): place for place, node in enumerate(comments)}
    named = {
        name: place for place, node in enumerate(comments) for key in ("@id", "url") if (name := text_of(node.get(key)))
    }
    parents = [named.get(_named_parent(node), -1) for node in comments]
    for place, node in enumerate(comments):
        for reply in _objects([node.get(key) for key in ("comment", "replies", "suggestedAnswer", "acceptedAnswer")]):
            if places.get(id(reply), -1) > place:
                parents[places[id(reply)]] = place
    return [-1 if parent == place else parent for place, parent in enumerate(parents)]


def _named_parent(node: Node) -> str:
    parent = node.get("parentItem") or node.get("replyTo")
    return text_of(parent.get("@id") or parent.get("url")) if isinstance(parent, dict) else text_of(parent)


def kinds_of(node: Node) -> list[str]:
    """The node's types without their vocabulary."""
    kinds = node.get("@type")
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def text_of(value: Any) -> str:
    """A value as text: the first of a list, the name or value of an object."""
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), "")
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("@id"))
    if isinstance(value, str):
        return html.unescape(value).strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def texts_of(value: Any) -> list[str]:
    """All texts of a value that may be one or a list."""
    found = [text_of(part) for part in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys(text for text in found if text))


def _parse(text: str) -> Any:
    """The document, or None. A few sites wrap it in CDATA or comment marks, or break lines in strings."""
    text = re.sub(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$", "", text).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(document: Any) -> Iterator[Node]:
    stack = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            yield value
            stack.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            stack.extend(reversed(value))
