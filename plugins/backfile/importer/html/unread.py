"""What a page calls comments and nobody could read as such: neither who wrote them is told, nor when."""

from __future__ import annotations

from collections.abc import Iterable

from backfile.importer.html.aside import elsewhere
from backfile.importer.html.naming import ALONE
from backfile.importer.html.outline import Outline
from backfile.importer.html.words import COMMENT_STEM, WHOLES, letters_of, words

_LEAST = 20  # characters; less is a button or a count


def unread_texts(page: Outline) -> tuple[str, ...]:
    """The texts of the largest group of elements that are named as comments; none where there is one such element."""
    groups = (_outermost(page, members) for name, members in page.groups.items() if _speaks_of_one(name))
    largest = max(groups, key=len, default=[])
    return tuple(page.elements[place].text_content() for place in largest) if len(largest) > 1 else ()


def count_lost(texts: Iterable[str], kept: str) -> int:
    """How many of the texts are nowhere in what was kept of the page."""
    letters = letters_of(kept)
    return sum(letters_of(text) not in letters for text in texts)


def _speaks_of_one(name: str) -> bool:
    """True for the name of what is a comment, and no list of them."""
    names = name.partition(".")[2] or name.partition("#")[2]
    return ALONE not in name and bool(COMMENT_STEM.search(name)) and not words(names) & WHOLES


def _outermost(page: Outline, members: Iterable[int]) -> list[int]:
    """The members that stand in no other, have a text, and do not stand aside."""
    found: list[int] = []
    end = 0
    for place in members:
        if place >= end:
            end = page.ends[place]
            if page.prose_in(place, end) >= _LEAST and not elsewhere(page, page.elements[place]):
                found.append(place)
    return found
