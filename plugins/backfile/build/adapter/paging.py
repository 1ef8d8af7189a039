"""Pages of a list, numbered so that a new article changes the first page and hardly another.

    newest                                             oldest
    [ page 1: 20 to 39 articles ][ page 4 ][ page 3 ][ page 2 ]

The oldest articles are page 2, for ever; page 1 takes what is left over. When it would hold twice a
page's articles, its older half becomes the next page.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from pelican.paginator import Page, Paginator


class PaginatorFromOldest(Paginator):  # type: ignore[misc]  # Pelican carries no types
    """Pelican's paginator; `object_list` is given as it is to be shown, the newest first."""

    def _get_num_pages(self) -> int:
        return max(1, int(self.count) // (self.per_page or 1))

    num_pages = property(_get_num_pages)

    def page(self, number: int) -> PageFromOldest:
        """The page of a number: 1 the newest articles, 2 the oldest."""
        if number == 1:
            top, bottom = 0, self.count - (self.num_pages - 1) * self.per_page
        else:
            bottom = self.count - (number - 2) * self.per_page
            top = bottom - self.per_page
        return PageFromOldest(self.name, self.url, self.object_list[top:bottom], number, self, self.settings)

    def order(self) -> Sequence[int]:
        """The numbers of all pages as one reads on from the newest: 1, 4, 3, 2."""
        return [1, *range(self.num_pages, 1, -1)]


class PageFromOldest(Page):  # type: ignore[misc]
    """Pelican's page of a list; next is older, previous is newer. Its own place is worked out once."""

    @functools.cached_property
    def url(self) -> str:
        """Where it is."""
        return str(self._from_settings("URL"))

    @functools.cached_property
    def save_as(self) -> str:
        """Where its file is."""
        return str(self._from_settings("SAVE_AS"))

    def has_next(self) -> bool:
        """True when there are older articles."""
        return bool(self.number != 2 and self.paginator.num_pages > 1)

    def has_previous(self) -> bool:
        """True when there are newer articles."""
        return bool(self.number != 1)

    def next_page_number(self) -> int:
        """The number of the page with older articles."""
        return int(self.paginator.num_pages if self.number == 1 else self.number - 1)

    def previous_page_number(self) -> int:
        """The number of the page with newer articles."""
        return 1 if self.number == self.paginator.num_pages else int(self.number + 1)

    def start_index(self) -> int:
        """The place of the page's first article in the list, from 1."""
        return int(self.end_index() - len(self.object_list) + 1) if self.object_list else 0

    def end_index(self) -> int:
        """The place of the page's last article in the list."""
        if self.number == 1:
            return len(self.object_list)
        return int(self.paginator.count - (self.number - 2) * self.paginator.per_page)


def pages_of(paginators: dict[str, PaginatorFromOldest]) -> list[dict[str, Any]]:
    """What templates get on each page of one list, or of several of the same length."""
    order = next(iter(paginators.values())).order()
    result: list[dict[str, Any]] = [{} for _ in order]
    for key, paginator in paginators.items():
        pages = [None, *map(paginator.page, order), None]
        for given, newer, page, older in zip(result, pages, pages[1:], pages[2:], strict=False):
            given[f"{key}_paginator"] = paginator
            given[f"{key}_page"] = page
            given[f"{key}_previous_page"] = newer
            given[f"{key}_next_page"] = older
    return result
