"""Every link inside the archive leads to a file of it, and every anchor to an element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backfile.verify.finding import Finding
from backfile.verify.pages import Page, inner_targets


def check_links(pages: Mapping[str, Page], files: frozenset[str]) -> Iterator[Finding]:
    """Links that lead nowhere; `files` are all files of the output, `pages` those that are pages."""
    for page in pages.values():
        for link, target, anchor in sorted(set(inner_targets(page))):
            if not target:
                yield Finding(page.file, "links", f"'{link}' does not stay inside of the archive when it is moved")
            elif target not in files:
                yield Finding(page.file, "links", f"'{link}' leads to {target}, which is not there")
            elif anchor and target in pages and anchor not in pages[target].anchors:
                yield Finding(page.file, "links", f"'{link}' leads to an anchor that {target} does not have")
