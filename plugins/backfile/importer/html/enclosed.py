"""What a saved page holds beside its tree: the shadow roots of its elements, and the documents of its frames.

Services put comments there, and programs that save what is seen write them down: `<template shadowrootmode="open">`,
`<iframe srcdoc="...">`, or `<iframe src="ferry_files/saved_resource.html">` with a file in the folder of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice

from lxml.html import HtmlElement

from backfile.importer import limits
from backfile.importer.html.page import HtmlPage, parse_page
from backfile.importer.images.beside import Beside, Finder
from backfile.importer.record import Part
from backfile.importer.walking import is_saved_with
from backfile.model import Source

_ROOT_MARKS = ("shadowrootmode", "shadowroot", "shadowmode")
"""As browsers say it, as they said it first, and as SingleFile did."""
_MOST_FRAMES = 50
_DEEPEST = 3  # frames in frames


@dataclass(frozen=True, slots=True)
class FramePage:
    """The document of a frame that was saved as a file of its own, what knows of images beside it, and its bytes."""

    page: HtmlPage
    finder: Finder
    part: Part


def enclosed_pages(page: HtmlPage, depth: int = 0) -> Iterator[HtmlPage]:
    """The page with its shadow roots opened, where it has any, and the document of each of its frames likewise."""
    opened = page
    if any(map(_is_shadow_root, page.root.iter("template"))):
        opened = replace(page, root=_opened(page.root))
        yield opened
    for document in islice(_documents(opened.root), _MOST_FRAMES) if depth < _DEEPEST else ():
        if frame := _parsed(document.encode("utf-8", "ignore"), page, encoding="utf-8", url=page.url):
            yield frame
            yield from enclosed_pages(frame, depth + 1)


def frames_beside(page: HtmlPage, finder: Finder | None) -> Iterator[FramePage]:
    """The documents of frames that lie in a folder that was saved with the page; no others that a page leads to."""
    addresses = (element.get("src") or "" for element in page.root.iter("iframe", "frame"))
    for address in islice(filter(is_saved_with, dict.fromkeys(addresses)), _MOST_FRAMES):
        origin = finder.find(address, "") if finder else None
        if origin is None or origin.file is None:
            continue
        try:
            if origin.file.stat().st_size > limits.current.file:
                continue
            data = origin.file.read_bytes()
        except OSError:
            continue
        if frame := _parsed(data, page, encoding="", url=""):
            part = Part(Source(origin.name, sha256(data).hexdigest(), ("comments",)), data)
            yield FramePage(frame, Beside(origin.file, origin.name), part)


def _is_shadow_root(element: HtmlElement) -> bool:
    return any(element.get(mark) is not None for mark in _ROOT_MARKS)


def _opened(root: HtmlElement) -> HtmlElement:
    """A copy of the tree in which shadow roots are elements like others."""
    root = deepcopy(root)
    for template in list(filter(_is_shadow_root, root.iter("template"))):
        template.tag = "div"
    return root


def _documents(root: HtmlElement) -> Iterator[str]:
    return (document for frame in root.iter("iframe") if (document := frame.get("srcdoc") or "").strip())


def _parsed(data: bytes, page: HtmlPage, *, encoding: str, url: str) -> HtmlPage | None:
    """A frame's document, of which nothing is known that is not known of its page."""
    try:
        frame = parse_page(data, url=url, captured=page.captured, encoding=encoding)
    except ValueError:
        return None
    return replace(frame, language=frame.language or page.language, forum=page.forum) if frame else None
