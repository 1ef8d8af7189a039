"""Whether a page is written as HTML asks: whole tags, each attribute once, elements closed in order, each id once.

A parser mends what is wrong, each in its way; here it is said instead. One pass over the tags, strict where browsers
are kind. End tags that HTML lets a page leave out may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(
    r"""<!--(?:(?!--).)*+-->
    |<(?P<end>/)?(?P<name>[A-Za-z][\w:-]*)
     (?P<attributes>(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`/]+))?)*+)\s*+(?P<closed>/)?>
    |<""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`/]+))?""")
_DOCTYPE = re.compile(r"\ufeff?\s*<!doctype html[^>]*>", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RAW = frozenset("script style textarea title".split())
"""What is in these is text, whatever it looks like."""
_MAY_STAY_OPEN = frozenset(
    "html head body p li dt dd tr td th thead tbody tfoot option optgroup colgroup caption rt rp".split()
)
_MOST = 5
"""A page of which so much is wrong is named with this; each further fault may follow from one of them."""


def faults(page: str) -> Iterator[str]:
    """What is wrong, each with its line; at most five, since one wrong tag may be the cause of all that follow."""
    for fault, _ in zip(_faults(page), range(_MOST), strict=False):
        yield fault


def _faults(page: str) -> Iterator[str]:
    head = _DOCTYPE.match(page)
    if not head:
        yield "line 1: does not begin with <!DOCTYPE html>"
    if control := _CONTROL.search(page):
        yield f"{_line(page, control.start())}: holds the control character U+{ord(control[0]):04X}"
    open_elements: list[str] = []
    ids: set[str] = set()
    at = head.end() if head else 0
    while found := _TAG.search(page, at):
        at = found.end()
        name = (found["name"] or "").lower()
        if found[0] == "<":
            shown = " ".join(page[found.start() : found.start() + 30].split())
            yield f"{_line(page, found.start())}: '{shown}' is no whole tag"
        elif found["end"]:
            if fault := _close(open_elements, name):
                yield f"{_line(page, found.start())}: {fault}"
        elif name:
            if name == "a" and "a" in open_elements:
                yield f"{_line(page, found.start())}: <a> inside of <a>"
            for fault in _attributes(found["attributes"], ids):
                yield f"{_line(page, found.start())}: <{name}> {fault}"
            if name not in _VOID and not (found["closed"] and {"svg", "math"} & {name, *open_elements}):
                open_elements.append(name)
            if name in _RAW and "svg" not in open_elements:
                at = _end_of(page, name, at)
    if left := [name for name in open_elements if name not in _MAY_STAY_OPEN]:
        yield f"at the end: <{left[-1]}> is not closed"


def _close(open_elements: list[str], name: str) -> str:
    """Closes an element and those in it that may stay open; what is wrong with that, if anything."""
    if name in _VOID:
        return f"</{name}> closes what has no end"
    for depth in range(len(open_elements) - 1, -1, -1):
        if open_elements[depth] == name:
            del open_elements[depth:]
            return ""
        if open_elements[depth] not in _MAY_STAY_OPEN:
            return f"</{name}> where <{open_elements[depth]}> is open"
    return f"</{name}> closes nothing"


def _attributes(text: str, ids: set[str]) -> Iterator[str]:
    if not text:
        return
    seen: set[str] = set()
    for name, value in _ATTRIBUTE.findall(text):
        if name.lower() in seen:
            yield f"has {name} twice"
        seen.add(name.lower())
        if name.lower() == "id":
            if value in ids:
                yield f"has the id {value}, as another element has"
            ids.add(value)


def _end_of(page: str, name: str, at: int) -> int:
    end = re.compile(f"</{name}", re.IGNORECASE).search(page, at)
    return end.start() if end else len(page)


def _line(page: str, at: int) -> str:
    return f"line {page.count(chr(10), 0, at) + 1}"
