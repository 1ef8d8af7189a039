"""Finds who wrote a comment: what markup declares, then class names, then the words of the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import category

from bs4.element import NavigableString, Tag

from backfile.importer.distances import RELATIVE
from backfile.importer.html import words as lexicon
from backfile.importer.html.links import safe_url
from backfile.importer.html.persons import LONGEST_NAME, is_name, strip_name
from backfile.importer.html.tags import in_prose, inside, listed, named_by, properties_of, tags_in
from backfile.importer.moments import DATE, find_date
from backfile.text import clean_line

_BESIDE, _HEADING, _ADDRESSED = 8, 9, 10
_SAID = 20
"""Characters beside a name in a paragraph that has no date: more than says who wrote it."""
_ENOUGH, _MOST_PARTS = 300, 20
_BY_LINE = re.compile(
    r"\b(?:by|von|par|por|door|av|af)\b:?\s+([^\W\d_][^|\n:,;]{0,59}?)\s*"
    r"(?:$|[|:,;–—]|-\s|\b(?:on|at|am|le|el|il|um|op)\b)",
    re.IGNORECASE,
)
_UNVERIFIED = re.compile(r"(.{1,60}?\((?:not verified|nicht überprüft|non vérifié)\))", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:\b(?:by|von|par|por|door|av|af|from)\b|^)\s*:?\s*(?P<name>[^\W\d_][^|\n:,;]{0,59}?)\s*"
    r"(?:$|[|\n:,;]|\b(?:says|said|wrote|sagt|schrieb|meint|a\s+dit|a\s+écrit|on|am|at|le|um|op)\b)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]{3}")
_SENTENCE = re.compile(r"(?:\S+\s+){3,}[^\W\d_]{4,}[.!?…]+")
_LABEL = re.compile(
    r"\W*|profile?|avatar|image|photo|bild|offline|online|(?:view|visit|more|find|send|all) .*|private message",
    re.IGNORECASE,
)
"""Of what is no name: labels of links that stand where the name should, so that it is elsewhere."""


def read_name(root: Tag, body: Tag | None, when: Tag | None, base: str) -> tuple[Tag | None, str, str]:
    """The element with the name, the name, and the writer's own address."""
    if is_name(name := strip_name(str(root.get("data-author", "")))):
        link = root.find("a", string=name, href=True)
        return None, name, _address(link, base) if isinstance(link, Tag) else ""
    ranked: list[tuple[int, int, Tag]] = []
    for order, tag in enumerate(tags_in(root)):
        rank = _name_rank(tag)
        if rank is None:
            continue
        if inside(tag, body) and tag is not body and rank:
            if in_prose(tag, body):
                continue
            rank += 6
        ranked.append((rank, order, tag))
    by_line: str | None = None  # mostly nobody asks for it
    told: tuple[Tag, str] | None = None
    for rank, _, tag in sorted(ranked, key=lambda entry: entry[:2]):
        if rank >= _HEADING:
            by_line = _name_in_line(when) if by_line is None else by_line
        if by_line:
            break  # a heading may be that of the comment, while a line says who wrote it
        if rank >= len(_BELIEVED) and told:
            break
        if rank < len(_BELIEVED) and (declared := _declared_name(tag)) and not is_name(strip_name(declared[1])):
            told = told or declared  # another may have a better one; what only stands beside it has not
            continue
        holder, name = _name_in(tag, when)
        if is_name(name):
            return tag, name, _address(holder, base)
    if told:
        return *told, _address(told[0], base)
    by_line = _name_in_line(when) if by_line is None else by_line
    if by_line:
        held = next((tag for tag in tags_in(root) if clean_line(tag.get_text(" ")) == by_line), None)
        if held is None or (in_prose(held, body) and not (when and inside(held, when.parent))):
            return None, by_line, ""
        return held, by_line, _address(held, base)
    placed = any(rank < _BESIDE for rank, _, _ in ranked)
    if not any(map(_is_left_empty, tags_in(root))) and (name := _name_near(root, body, when, placed=placed)):
        link = root.find("a", string=name, href=True)
        return None, name, _address(link, base) if isinstance(link, Tag) else ""
    return None, "", ""


_NAMING = frozenset("username author comment-author bigusername commentauthor comment-author-name user-name".split())
_BESIDE_NAME = frozenset("avatar title rank stats info img image location badge details".split())
_OF_NAME = frozenset("author username user autor nick name commenter".split())
_BELIEVED: tuple[Callable[[Tag], bool], ...] = (
    lambda tag: not {"author", "creator"}.isdisjoint(properties_of(tag)),
    lambda tag: (
        not {"fn", "p-author", "p-name"}.isdisjoint(found := listed(tag, "class"))
        and tag.name != "div"
        and {"p-content", "e-content"}.isdisjoint(found)
    ),
)
_DECLARED: tuple[Callable[[Tag], bool], ...] = (
    *_BELIEVED,
    lambda tag: any(token.lower() in _NAMING for token in listed(tag, "class")),
)


def _name_rank(tag: Tag) -> int | None:
    for rank, declared in enumerate(_DECLARED):
        if declared(tag):
            return rank
    link = str(tag.get("href", "")) if tag.name == "a" else ""
    profile = bool(link and lexicon.PROFILE_LINK.search(link))
    if named_by(tag, lexicon.AUTHOR):
        if named_by(tag, _BESIDE_NAME):
            return _BESIDE
        return 3 if profile or named_by(tag, _OF_NAME) else 5
    if profile:
        return _ADDRESSED if _is_addressed(tag) else 4
    if tag.name in ("cite", "h3", "h4", "h5", "strong", "b"):
        return None if tag.name in ("h3", "h4", "h5") and leads_to_comment(tag) else _HEADING
    return None


def _is_addressed(link: Tag) -> bool:
    """True for the name of somebody in a paragraph, which says more than who wrote and when: `@Bob, you are right`."""
    paragraph = link.find_parent("p")
    if paragraph is None:
        return False
    name, text = _beginning(link), _beginning(paragraph)
    if len(text) - len(name) < _SAID or find_date(text) or RELATIVE.search(text):
        return False
    return strip_name(text) != strip_name(name)


def _beginning(tag: Tag) -> str:
    """The first words of an element, which may hold any number of links."""
    parts: list[str] = []
    for text in tag.strings:
        parts.append(text)
        if sum(map(len, parts)) > _ENOUGH or len(parts) > _MOST_PARTS:
            break
    return clean_line(" ".join(parts)[:_ENOUGH])


def leads_to_comment(heading: Tag) -> bool:
    """True for a heading that is the permalink of its comment, as subjects are."""
    links = [str(part.get("href", "")) for part in tags_in(heading) if part.name == "a"]
    return any(re.search(r"#[\w-]*\d", link) for link in links)


def _name_in_line(when: Tag | None) -> str:
    """The name in a line `by Ann on 12 March 2009`, or `Ann (not verified) - 12 March 2009`, round the date."""
    for place in (when, when.parent if when is not None else None):
        text = clean_line(place.get_text(" ")) if isinstance(place, Tag) else ""
        if text and len(text) < 200 and (date := find_date(text)):
            before, after = text[: date.start()], text[date.end() :]
            found = _BY_LINE.search(before) or _UNVERIFIED.match(before) or _BY_LINE.search(after)
            if found and found.string is after and _WORDS.search(after[: found.start()]):
                continue  # somebody whom the text names
            if found and is_name(name := strip_name(found[1])):
                return name
    return ""


def _name_in(tag: Tag, when: Tag | None) -> tuple[Tag, str]:
    """The name an element holds, without the words round it, and the innermost element with it."""
    if declared := tag.get("content") if tag.name == "meta" else None:
        return tag, clean_line(str(declared))
    for inner in tags_in(tag):
        if _holds_name(inner, tag):
            name = strip_name(str(inner.get("content") or inner.get_text(" ")), declared=_is_said_to_be_name(inner))
            if is_name(name):
                return inner, name
    pieces = [
        str(part)
        for part in tag.descendants
        if type(part) is NavigableString and not (when is not None and when is not tag and inside(part, when))
    ]
    name = strip_name(" ".join(pieces), declared=_is_said_to_be_name(tag))
    if is_name(name):
        return tag, name
    for piece in pieces:
        if is_name(name := strip_name(piece)):
            return tag, name
    image = tag.find("img", alt=True)
    return tag, strip_name(str(image["alt"])) if isinstance(image, Tag) and not name else ""


def _declared_name(tag: Tag) -> tuple[Tag, str] | None:
    """What microformats or schema.org call the name, when it is one run of text: a name, be it "Guest" or a number."""
    for part in (*tags_in(tag), tag):
        if "name" in properties_of(part) or "fn" in listed(part, "class") or (part is tag and _BELIEVED[0](tag)):
            pieces = [line for piece in part.strings if (line := clean_line(piece))]
            name = (strip_name(pieces[0], declared=_is_said_to_be_name(part)) or pieces[0]) if len(pieces) == 1 else ""
            if name and len(name) <= LONGEST_NAME and (_has_pictures(name) or not _LABEL.fullmatch(name)):
                return part, name
    return None


def _is_said_to_be_name(tag: Tag) -> bool:
    """True for what microformats or schema.org call the name itself, and for a link to whom it is of."""
    declared = "name" in properties_of(tag) or not {"fn", "p-name"}.isdisjoint(listed(tag, "class"))
    return declared or (tag.name == "a" and bool(lexicon.PROFILE_LINK.search(str(tag.get("href", "")))))


def _has_pictures(name: str) -> bool:
    """True for a name with an emoji in it, which may be all of it."""
    return any(category(character) == "So" for character in name)


def _is_left_empty(tag: Tag) -> bool:
    """True for the place of a name in which there is none, so that words nearby are none either."""
    return "fn" in listed(tag, "class") and not tag.get_text(strip=True) and not tag.find("img")


def _holds_name(inner: Tag, tag: Tag) -> bool:
    """True for what inside an author's element is the name itself."""
    if "name" in properties_of(inner) or "fn" in listed(inner, "class"):
        return True
    if inner.name == "a":
        return bool(lexicon.PROFILE_LINK.search(str(inner.get("href", "")))) or len(tag.find_all("a", limit=2)) == 1
    return inner.name in ("strong", "b", "cite") or named_by(inner, frozenset({"username", "name", "nick"}))


def _address(tag: Tag, base: str) -> str:
    around = (part for part in (tag, *tags_in(tag), *tag.parents) if isinstance(part, Tag))
    link = next((part for part in around if part.name == "a" and part.get("href")), None)
    if link is None:
        return ""
    url = safe_url(str(link.get("href", "")), base)
    return "" if url.startswith("mailto:") or "gravatar.com" in url else url


def _name_near(root: Tag, body: Tag | None, when: Tag | None, *, placed: bool) -> str:
    """The name in the run of text that holds the date, or in the head of the record.

    Where names have a `placed` element, in which there is none here, what stands in a paragraph after the date is none.
    """
    for place in (when, when.parent if when is not None else None):
        if not isinstance(place, Tag) or place is root or (body is not None and inside(body, place)):
            continue  # the name would be the first words of the text
        text = clean_line(place.get_text(" "))
        name = strip_name(DATE.split(text)[0] if DATE.search(text) else text) if len(text) < 200 else ""
        if (found := _NAMED.search(name + "\n")) and _may_be_name(found["name"].strip()):
            return found["name"].strip()
    after_date = False
    for part in root.descendants:
        if part is body or (after_date and isinstance(part, Tag) and part.name in ("p", "blockquote", "pre")):
            break
        after_date = after_date or (placed and part is when)
        head = clean_line(str(part)) if type(part) is NavigableString else ""
        if head and len(head) < LONGEST_NAME and _may_be_name(name := strip_name(head)):
            return name
    return ""


def _may_be_name(words: str) -> bool:
    """True for a name of which nothing tells that it is one, so that it must not be a sentence."""
    return is_name(words) and not _SENTENCE.fullmatch(words)
