"""Finds the elements of a page that are one comment (or one post of a forum) each.

No site is known by name. Elements that recur under one name, a class or an id with a number in it, are
weighed as a group: the name must speak of comments, and most members must carry an author or a date,
and a text, of their own. Of all such groups the one with the most complete members wins, and of
equals the outermost, since it holds the replies too.

    ol.commentlist
      li#comment-11.comment      <- chosen: 2 complete members, outermost
        div.comment-body         <- as complete, but inside
          div.comment-author     <- no date, no text
        ul.children
          li#comment-12.comment
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from backfile.importer.html.areas import AREAS, holds_comments, leads_away, names_area
from backfile.importer.html.aside import elsewhere
from backfile.importer.html.groups import WIDE, Group, best_group, counts, own
from backfile.importer.html.holders import holders_of
from backfile.importer.html.naming import ALONE
from backfile.importer.html.outline import Outline
from backfile.importer.html.rows import dated_rows_of, rows_of
from backfile.importer.html.runs import Run, runs_of, says
from backfile.importer.html.words import COMMENT_STEM, NOT_RECORD, OPINION, POST, REPLY, words

_MOST_GROUPS = 400
_PING = re.compile(r"(?:^|\s)(?:pingback|trackback)(?:\s|$)", re.IGNORECASE)
_DECLARED = frozenset({"Comment", "UserComments"})
_DATE_LINE = 60  # characters
_OF_ARTICLE, _OF_OPINION = 200, 1_500  # letters
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")


@dataclass(frozen=True, slots=True)
class RecordElement:
    """One record: its elements, the records nested in it, and the record it is nested in (or -1).

    `several` says that it is more than one, which nothing tells apart; `tails` that the text behind its elements is
    its own, as of siblings that stand for a comment together.
    """

    elements: tuple[HtmlElement, ...]
    nested: frozenset[HtmlElement]
    parent: int
    several: bool = False
    tails: bool = False

    @property
    def element(self) -> HtmlElement:
        """The first element, which is the only one unless the record is a run of siblings."""
        return self.elements[0]

    @property
    def is_declared(self) -> bool:
        """True where the markup says in schema.org's words that this is a comment."""
        return _kind_of(self.element.get("itemtype") or self.element.get("typeof") or "") in _DECLARED


def find_records(page: Outline, *, forum: bool = False) -> list[RecordElement]:
    """The comments of the page in document order, empty when it has none."""
    named = [item for item in page.groups.items() if forum or not _is_opinion(item[0])][:_MOST_GROUPS]
    best = best_group(page, named)
    if best and _holds_several(page, best) and (found := _in_runs(page, named) or _rows(page, best.members[0])):
        return found
    if best and len(best.members) == 1 and (alone := _defined_alone(page, named)):
        return alone
    if best and 2 * best.complete <= len(best.members) and (whole := _in_runs(page, named, surely=True)):
        return whole  # what they lack stands beside them; who is named in them, and when, is a matter of their texts
    if best and best.is_container and (dated := dated_rows_of(page, best.members[0])):
        return _siblings(dated)
    if best and best.is_container and _recur_dates(page, best.members[0]):
        whole = page.elements[best.members[0]]
        return [] if leads_away(whole) else [RecordElement((whole,), frozenset(), -1, several=True)]
    if best:
        return _nest(page, _with_pings(page, _joined_by_kin(page, best)))
    if found := (
        _round_heads(page, named)
        or _in_runs(page, named)
        or _in_lists(page, named, rows_of)
        or _defined_alone(page, named)
    ):
        return found
    declared = [(name, members) for name, members in named if "@" in name and _kind_of(name) in _DECLARED]
    best = best_group(page, declared, believed=True) or (None if forum else _best_of_opinions(page))
    if best:
        return _nest(page, best.members)
    return _in_lists(page, named, dated_rows_of) or _whole(page, named)


def _best_of_opinions(page: Outline) -> Group | None:
    """The comments of a page that has none by a surer name: all are signed and dated, and none leads to an article."""
    named = [item for item in page.groups.items() if _is_opinion(item[0])][:_MOST_GROUPS]
    best = best_group(page, named)
    if best is None or best.complete < len(best.members) or any(_is_teaser(page.elements[p]) for p in best.members):
        return None
    said = sum(page.prose_in(position, page.ends[position]) for position in best.members)
    rest = page.prose_in(0, len(page.elements)) - said
    # An article stands beside its comments, and they are shorter than articles.
    return best if rest >= _OF_ARTICLE and said <= _OF_OPINION * len(best.members) else None


@lru_cache(maxsize=8192)
def _is_opinion(name: str) -> bool:
    """True for a name that tells of comments by a word alone that articles have, too."""
    found = words(_named(name))
    return bool(found & OPINION) and not (COMMENT_STEM.search(name) or found & REPLY)


def _named(name: str) -> str:
    """The class or the id in the name of a group."""
    return name.partition(".")[2] or name.partition("#")[2]


def _is_teaser(element: HtmlElement) -> bool:
    """True for what has a heading that leads elsewhere."""
    links = (link for heading in element.iter(*_HEADINGS) for link in (*heading.iter("a"), *heading.iterancestors("a")))
    return any(not link.get("href", "#").startswith("#") for link in links)


def _kind_of(name: str) -> str:
    """A type without its vocabulary: `Comment` of `https://schema.org/Comment`, `li@schema:Comment`, `div@Comment`."""
    return re.split(r"[@:/]", name.rstrip("/"))[-1]


def _in_lists(
    page: Outline, named: list[tuple[str, list[int]]], rows_in: Callable[[Outline, int], list[Run]]
) -> list[RecordElement]:
    """The rows of the first element that is named as a list of comments, where its rows have no names at all."""
    for name, members in named:
        alone = COMMENT_STEM.search(name) and len(members) == 1 and not elsewhere(page, page.elements[members[0]])
        if alone and (rows := rows_in(page, members[0])):
            return _siblings(rows)
    return []


def _whole(page: Outline, named: list[tuple[str, list[int]]]) -> list[RecordElement]:
    """What is named as the list of comments and has dates in it, where nothing else is known of what it says."""
    for name, members in named:
        element = page.elements[members[0]]
        if len(members) > 1 or element.tag not in AREAS or not names_area(_named(name)) or elsewhere(page, element):
            continue
        if holds_comments(page, element):
            return [RecordElement((element,), frozenset(), -1, several=True)]
    return []


def _round_heads(page: Outline, named: list[tuple[str, list[int]]]) -> list[RecordElement]:
    """What is round the heads of comments, where those alone are named as such."""
    for name, members in named:
        if COMMENT_STEM.search(name) and ALONE not in name:
            heads = [member for member in members if not elsewhere(page, page.elements[member])]
            if heads and (holders := holders_of(page, heads)):
                return _nest(page, holders)
    return []


def _defined_alone(page: Outline, named: list[tuple[str, list[int]]]) -> list[RecordElement]:
    """The one comment of a list of definitions (`dl`) that is named as one of comments: a term, and what follows."""
    for name, members in named:
        element = page.elements[members[0]]
        if element.tag != "dl" or len(members) > 1 or not COMMENT_STEM.search(name) or elsewhere(page, element):
            continue
        run = tuple(child for child in element if child in page.places)
        _, dates, authors = counts(page, members[0], ())
        if [child.tag for child in run].count("dt") == 1 and dates and authors and says(page, run):
            return [RecordElement(elements=run, nested=frozenset(), parent=-1)]
    return []


def _in_runs(page: Outline, named: list[tuple[str, list[int]]], *, surely: bool = False) -> list[RecordElement]:
    """The records of the largest group that marks runs of siblings; `surely` only if those are all complete."""
    best: tuple[tuple[bool, bool, int], list[Run]] = ((False, False, 0), [])
    for _, members in named:
        members = [member for member in members if not elsewhere(page, page.elements[member])]
        runs = runs_of(page, members)
        if not runs.records:
            continue
        # Of the head and the text of a post, both of which recur, the text is what the rest belongs to.
        weight = len(members) + sum(page.prose_in(member, page.ends[member]) for member in members)
        found = (runs.complete == 1.0, runs.even, weight)
        best = max(best, (found, runs.records), key=lambda one: one[0])
    if surely and best[0][:2] != (True, True):
        return []
    return _siblings(best[1])


def _recur_dates(page: Outline, container: int) -> bool:
    """True where elements that are alike hold dates and hardly more: of one comment there is one."""
    dated: Counter[tuple[str, ...]] = Counter()
    for place in range(container, page.ends[container]):
        if 0 < len(page.marks_of(place)[0]) <= _DATE_LINE:
            element = page.elements[place]
            parent = element.getparent()
            dated[element.tag, element.get("class") or "", parent.tag if parent is not None else ""] += 1
    return max(dated.values(), default=0) > 1


def _holds_several(page: Outline, group: Group) -> bool:
    """True for a single element with so many dates and authors that it may be a list and no record."""
    start = group.members[0]
    end = page.ends[start]
    return len(group.members) == 1 and page.dates_in(start, end) > 1 and page.authors_in(start, end) > 1


def _rows(page: Outline, container: int) -> list[RecordElement]:
    return _siblings(rows_of(page, container))


def _siblings(runs: Iterable[Run]) -> list[RecordElement]:
    return [RecordElement(elements=run, nested=frozenset(), parent=-1, tails=True) for run in runs]


@lru_cache(maxsize=8192)
def speaks(name: str, *, forum: bool) -> bool:
    """True for a name of elements that tells of comments, or on a forum of posts."""
    if name.startswith(("html.", "body.", "main.")):
        return False
    if name.rpartition("@")[2].rpartition(":")[2] in ("Comment", "UserComments", "Answer"):
        return True
    if forum and name.endswith(("@DiscussionForumPosting", "@Question")):
        return True
    found = words(_named(name))
    if found & NOT_RECORD:
        return False
    if forum and name.startswith("a#") and not found:
        return True
    if COMMENT_STEM.search(name) or found & REPLY or name.endswith("#c"):
        return True
    if not forum:
        return bool(found & OPINION)
    return bool(found & POST) or name.endswith(("#p", "#pid", "#m"))


def _joined_by_kin(page: Outline, group: Group) -> tuple[int, ...]:
    """With the elements of another tag that carry the same class, as some forums write the opening post."""
    tag, dot, token = group.name.partition(".")
    classes = set.intersection(
        *(set((page.elements[position].get("class") or "").split()) for position in group.members)
    )
    if not (dot or classes) or len(group.members) < 2:
        return group.members
    wanted = classes | ({token} if dot else set())
    first, last = group.members[0], page.ends[group.members[-1]]
    kin = [
        position
        for position, element in enumerate(page.elements)
        if (own := element.get("class"))
        and element.tag != tag
        and (position > last or page.ends[position] <= first)
        and wanted <= {*own.split(), token}
        and not wanted.isdisjoint(own.split())
        and all(counts(page, position, ()))
        and page.dates_in(position, page.ends[position]) <= WIDE
    ]
    return tuple(sorted((*group.members, *kin[:2])))


def _with_pings(page: Outline, members: tuple[int, ...]) -> tuple[int, ...]:
    """With the pingbacks and trackbacks that stand in the same lists; they have no date, and few words."""
    lists = {element.getparent() for element in (page.elements[position] for position in members)}
    pings = [
        page.places[element]
        for parent in lists
        if parent is not None
        for element in parent
        if element in page.places and _PING.search(element.get("class") or "")
    ]
    return tuple(sorted({*members, *pings}))


def _nest(page: Outline, members: Sequence[int]) -> list[RecordElement]:
    owners: dict[int, int] = {}
    inside = dict(own(page, members))
    for position, nested in inside.items():
        for child in nested:
            owners[child] = position
    numbers = {position: number for number, position in enumerate(members)}
    return [
        RecordElement(
            elements=(page.elements[position],),
            nested=frozenset(page.elements[child] for child in inside[position]),
            parent=numbers[owners[position]] if position in owners else -1,
        )
        for position in members
    ]
