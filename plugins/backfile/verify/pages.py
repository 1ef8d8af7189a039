"""A built page as the checks see it: its anchors, its links, and which of its text is whose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.etree import LxmlError

from backfile.verify.finding import Finding

_LINKS = {
    "a": "href",
    "link": "href",
    "script": "src",
    "img": "src",
    "form": "action",
    "source": "src",
    "iframe": "src",
}
_OWN = '//*[@itemprop="articleBody" or @itemprop="headline" or contains(concat(" ", @class, " "), " author-note ")]'


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the output: `file` is its path there; `own` is what the article itself says on it."""

    file: str
    anchors: frozenset[str]
    links: tuple[str, ...]
    text: str
    own: str


def read_page(path: Path, file: str) -> Page | Finding:
    """The page, or what is wrong with it."""
    try:
        text = path.read_bytes().decode("utf-8")
        root = html.document_fromstring(text.removeprefix("\ufeff").encode("utf-8"), html.HTMLParser(encoding="utf-8"))
    except UnicodeDecodeError as error:
        return Finding(file, "pages", f"not UTF-8 at byte {error.start}")
    except (LxmlError, ValueError, OSError) as error:
        return Finding(file, "pages", f"cannot be read as a page: {error}")
    found = ((element.get(_LINKS[element.tag]) or "") for element in root.iter(*_LINKS))
    return Page(
        file=file,
        anchors=frozenset([*root.xpath("//@id"), *root.xpath("//a/@name")]),
        links=tuple(link for link in found if link),
        text=root.text_content(),
        own="\n".join(element.text_content() for element in root.xpath(_OWN)),
    )


def inner_targets(page: Page) -> Iterator[tuple[str, str, str]]:
    """The page's links that stay in the archive: (link as written, file it leads to, anchor or empty)."""
    folder = page.file.rpartition("/")[0]
    for link in page.links:
        try:
            parts = urlsplit(link)
        except ValueError:
            yield link, "", ""
            continue
        if parts.scheme or parts.netloc:
            continue
        path = unquote(parts.path)
        target = _join(folder, path) if path else page.file
        yield link, target, unquote(parts.fragment)


def _join(folder: str, path: str) -> str:
    """The path from the output folder that a relative path means; empty when it leads out of it."""
    if path.startswith("/"):
        return ""
    steps = folder.split("/") if folder else []
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return ""
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps) + ("/" if path.endswith("/") else "")
