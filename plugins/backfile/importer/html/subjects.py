"""The subjects that readers gave their comments: headings that lead to them, as Drupal and phpBB write them.

They are readers' own words, unless they repeat those of the page, of the comment answered, or of the text below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bs4.element import Tag
from lxml.html import HtmlElement

from backfile.importer.html.names import leads_to_comment
from backfile.importer.html.persons import strip_name
from backfile.importer.html.reading import Reading
from backfile.importer.html.tags import inside, tags_in
from backfile.importer.html.words import PROFILE_LINK, letters_of
from backfile.importer.moments import find_date
from backfile.markdown import join_paragraphs, plain_text
from backfile.text import clean_line

_LONGEST = 200
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ANSWER = re.compile(r"\A(?:\s*(?:re|aw|antw|antwort|sv|rif)\s?(?:[\[(^]\s?\d+\s?[\])]?)?\s?:)+\s*", re.IGNORECASE)
_NONE = re.compile(
    r"\W*(?:no (?:subject|title)|none|untitled|kein (?:betreff|titel)|ohne (?:betreff|titel)|sans (?:objet|titre)"
    r"|sin (?:asunto|título)|senza (?:oggetto|titolo)|geen onderwerp|permalink|link|reply|comment"
    r"|(?:view|show|go to|jump to|link to)(?: this| the)? (?:comment|post|reply|message)|kommentar|post|beitrag"
    r"|(?:in )?(?:reply|response) to\b.*)?[\W\d]*",
    re.IGNORECASE,
)
_TITLE_CUT = re.compile(r"\s+[|•·–—»«:-]+\s+")


def find_subject(root: Tag, body: Tag | None, author: str) -> str:
    """The heading beside a comment's text that leads to the comment, or the empty string."""
    if body is None:
        return ""
    for heading in tags_in(root):
        if heading.name not in _HEADINGS or inside(heading, body) or not leads_to_comment(heading):
            continue
        links = [part for part in tags_in(heading) if part.name == "a"]
        text = clean_line(" ".join(link.get_text(" ") for link in links))
        if len(text) > _LONGEST or any(PROFILE_LINK.search(str(link.get("href", ""))) for link in links):
            return ""
        return "" if strip_name(text) == author or find_date(text) or _NONE.fullmatch(text) else text
    return ""


def with_subjects(root: HtmlElement, readings: Sequence[Reading]) -> list[Reading]:
    """Readings whose texts begin with their subjects, as a bold line, where those say something of their own."""
    if not any(reading.subject for reading in readings):
        return list(readings)
    titles = _titles(root)
    subjects = Counter(letters_of(_bare(reading.subject)) for reading in readings)
    return [_with_subject(reading, titles, subjects) for reading in readings]


def _with_subject(reading: Reading, titles: set[str], subjects: Counter[str]) -> Reading:
    bare = _bare(reading.subject)
    letters = letters_of(bare)
    repeats = letters in titles or (bare != reading.subject and subjects[letters] > 1)
    if not reading.body or not letters or repeats or letters_of(plain_text(reading.body)).startswith(letters):
        return reading
    return replace(reading, body=f"**{join_paragraphs([reading.subject])}**\n\n{reading.body}")


def _bare(subject: str) -> str:
    """A subject without the "Re:" before it."""
    return _ANSWER.sub("", subject, count=1)


def _titles(root: HtmlElement) -> set[str]:
    """What the page calls itself: its title, with and without what else stands there, and its first headings."""
    titles = [clean_line(element.text_content()) for element in root.iter("title", "h1", "h2")]
    return {letters_of(part) for title in titles for part in (title, *_TITLE_CUT.split(title))}
