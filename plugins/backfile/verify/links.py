"""Every link inside the archive leads to a file of it, and every anchor to an element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backfile.verify.finding import Finding
from backfile.verify.pages import Page, inner_targets


def check_links(pages: Mapping[str, Page], files: frozenset[str]) -> Iterator[Finding]:
    """Links that lead nowhere, each target once; `files` are all files, `pages` those that are pages."""
    broken: dict[str, list[tuple[str, str]]] = {}
    for page in pages.values():
        for link, target, anchor in sorted(set(inner_targets(page))):
            if wrong := _wrong(target, anchor, pages, files):
                broken.setdefault(wrong, []).append((page.file, link))
    for wrong, places in broken.items():
        file, link = places[0]
        also = f" (and so do {len(places) - 1} more links)" if len(places) > 1 else ""
        yield Finding(file, "links", f"'{link}' {wrong}{also}")


def _wrong(target: str, anchor: str, pages: Mapping[str, Page], files: frozenset[str]) -> str:
    if not target:
        return "does not stay inside of the archive when it is moved"
    if target.endswith("/"):
        return f"leads to the folder {target}, where no page opens from a disk: it should name index.html in it"
    if target not in files:
        return f"leads to {target}, which is not there"
    if anchor and target in pages and anchor not in pages[target].anchors:
        return f"leads to the anchor '{anchor}', which {target} does not have"
    return ""
