"""The names of a page's elements that speak of comments: classes without states, ids without their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml.html import HtmlElement

ALONE = "#!"
"""In the name of an element whose id has no number: it may be a list of records, and is none itself."""
STATE = re.compile(
    r"^(?:even|odd|alt|first|last|depth|level|byuser|bypostauthor|parent|clearfix|row|col|cf|has)(?:[-_]|$)|^thread-(?:even|odd|alt)"
    r"|^comment-(?:author|by)-|^(?:user|author|by)-|^field-+name-|author[-_]\d+$|(?:even|odd|alt)$",
    re.IGNORECASE,
)
"""Of classes: says in which state an element is, and not what it is."""

_NUMBER = re.compile(r"\d+|(?<=[-_])[0-9a-f]{8,}(?:-[0-9a-f-]+)?")
_MOST_CLASSES = 12
_OTHERWISE = frozenset({"id", "name", "itemtype", "typeof", "data-comment-id", "data-testid"})

Named = Mapping[HtmlElement, tuple[str, ...]]
"""Elements with those of their names that speak."""


def named_in(root: HtmlElement, speaks: Callable[[str], bool], hint: re.Pattern[str] | None) -> Named:
    """A root and all elements below it, in order, with their names that speak; of elements alike they are read once.

    No class speaks in which, in lower case and with the tag before it, the `hint` is not found.
    """
    known: dict[str, bool] = {}

    def told(names: Iterable[str]) -> Iterator[str]:
        for name in names:
            if name not in known:
                known[name] = speaks(name)
            if known[name]:
                yield name

    found: dict[HtmlElement, tuple[str, ...]] = {}
    by_classes: dict[tuple[str, str], tuple[str, ...]] = {}
    for element in root.iter("*"):
        keys = element.keys()
        if not keys:
            continue
        names: tuple[str, ...] = ()
        if "class" in keys:
            key = element.tag, element.get("class", "")
            if key not in by_classes:
                speechless = hint and not hint.search(f"{key[0]}.{key[1]}".lower())
                by_classes[key] = () if speechless else tuple(told(_class_names(*key)))
            names = by_classes[key]
        if not _OTHERWISE.isdisjoint(keys):
            names = (*names, *told(_other_names(element.tag, element.attrib)))
        if names:
            found[element] = names
    return found


def _class_names(tag: str, classes: str) -> Iterator[str]:
    for token in classes.split()[:_MOST_CLASSES]:
        if not STATE.search(token):
            yield f"{tag}.{_NUMBER.sub('', token)}"


def _other_names(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    for attribute in ("id", "name"):
        identity = attributes.get(attribute)
        if not identity or (tag == "a" and "href" in attributes):
            continue
        pattern = _NUMBER.sub("", identity)
        yield f"{tag}#{pattern}" if pattern != identity else f"{tag}{ALONE}{identity}"
    if kind := attributes.get("itemtype") or attributes.get("typeof"):
        yield f"{tag}@{kind.rstrip('/').rsplit('/', 1)[-1]}"
    if test := attributes.get("data-testid"):
        yield f"{tag}.{test}"
    if "data-comment-id" in attributes:
        yield f"{tag}#comment-"
