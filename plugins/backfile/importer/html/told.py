"""Takes from the ends of a text what its metadata says already: the title, who wrote it, when it was published."""

from __future__ import annotations

from collections.abc import Collection

from backfile.importer.html.byline import says_only
from backfile.importer.html.words import letters_of
from backfile.importer.moments import find_date, read_moment
from backfile.markdown import plain_text
from backfile.text import clean_line

_MOST, _LONGEST = 5, 160


def without_told(body: str, title: str, authors: Collection[str], published: str) -> str:
    """The body without a first heading that repeats the title, and lines beside it that tell nothing else either."""
    blocks = body.split("\n\n")
    if (blocks[0].startswith("#") or len(blocks) > 1) and title and _letters(blocks[0]) == letters_of(title):
        del blocks[0]
    if not blocks:
        return ""
    dated = [block for block in blocks if block.startswith("#") and find_date(block)]
    place = 0
    while place < min(len(blocks) - 1, _MOST) and len(blocks[place]) <= _LONGEST:
        is_of_diary = len(dated) > 1 and blocks[place] in dated
        if not is_of_diary and _is_told(blocks[place], title, authors, published):
            del blocks[place]
        else:
            place += 1
    # Below a text a name alone may be its signature.
    last = blocks[-1]
    if len(blocks) > 1 and len(last) <= _LONGEST and find_date(last) and _is_told(last, "", authors, published):
        del blocks[-1]
    return "\n\n".join(blocks)


def _letters(block: str) -> str:
    return letters_of(plain_text(block))


def _is_told(block: str, title: str, authors: Collection[str], published: str) -> bool:
    """True for the title, set as a heading, and for a line with nothing but an author or the date in it."""
    line = clean_line(plain_text(block))
    if block.startswith(("#", "*")) and title and line.casefold().startswith(title.casefold()):
        line = line[len(title) :]
        if not letters_of(line):
            return True
    if not letters_of(line) or not says_only(line, authors):
        return False
    date = find_date(line)
    moment = read_moment(line).rstrip("?~") if date else ""
    if date and not (moment and published.startswith(moment)):  # it tells another moment, or more exactly
        return False
    return bool(date) or any(name in line for name in authors)
