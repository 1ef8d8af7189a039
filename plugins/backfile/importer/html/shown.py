"""What a page shows of its article and says nowhere else: who wrote it, what it is filed under, when it was changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain, dropwhile, islice

from lxml import etree
from lxml.html import HtmlElement

from backfile.importer.html.persons import is_name, strip_name
from backfile.importer.html.words import letters_of, words
from backfile.importer.moments import find_date
from backfile.text import clean_line

_BYLINE = frozenset(
    "byline author authors autor autoren auteur auteurs autore verfasser redakteur reporter writer".split()
)
_NO_BYLINE = frozenset(
    "bio box info about avatar image img photo picture link links social share count comment comments more related date"
    " time description title role job follow email mail twitter note".split()
)
_BY = re.compile(
    r"^(?:(?:written|posted|reported|published|geschrieben|veröffentlicht|verfasst|publié|écrit|escrito|scritto)\s+)?"
    r"(?:(?:by|von|par|por|di|door|av|af)\b:?\s+|(?:author|autor|auteur|autore|text|foto|автор|текст|yazan|yazar)s?:\s*)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[|•·,–—/]|\s-\s|\b(?:on|am|le|el|il|in|for|für|pour|updated|published|veröffentlicht)\b)")
_AND = re.compile(r"\s*;\s*|\s+(?:and|und|et|y|e|en|och|og)\s+|\s+&\s+")
_MOST_ABOVE, _MOST_BELOW, _MOST_PIECES, _PROSE, _LONGEST = 6, 80, 40, 60, 150
_MOST_CHANGES, _MOST_CARDS = 5, 50
_NOTE_LETTERS, _LONGEST_NOTE = 30, 1_200
_AUTHOR_BOX = frozenset("bio biography info box about note description vita profile desc".split())
_SENTENCE = re.compile(r"[.!?…](?:\s|$)")
_MOST_TERMS, _LONGEST_TERM = 30, 60
_TERMS = etree.XPath("//a[contains(@rel, 'tag')]")
_MODIFIED = etree.XPath("//*[@itemprop='dateModified']")
_NO_TERM = frozenset({"uncategorized", "uncategorised"})
_ASIDE = frozenset("widget sidebar cloud related footer nav menu recent popular teaser".split())


def shown_authors(root: HtmlElement, heading: HtmlElement | None, comments: Collection[HtmlElement]) -> tuple[str, ...]:
    """The names in the byline below the heading, or above it; none where no element is named as one."""
    if heading is None:
        return ()
    before = (part for one in above(heading) for part in islice(one.iter("*"), _MOST_PIECES))
    for element in chain(above_text(root, heading), before):
        if element in comments or not _is_byline(element):
            continue
        text = clean_line(" ".join(islice(element.itertext(), _MOST_PIECES)))
        if not text or len(text) > _LONGEST:
            continue
        if names := tuple(_names_in(text)) or _card_of(element):
            return names
    return ()


def below(root: HtmlElement, heading: HtmlElement) -> Iterator[HtmlElement]:
    """The first few elements after a heading."""
    last = max(enumerate(heading.iter("*")), key=lambda one: one[0])[1]
    following = dropwhile(lambda element: element is not last, root.iter("*"))
    next(following, None)
    return islice(following, _MOST_BELOW)


def only_card(root: HtmlElement, comments: Collection[HtmlElement]) -> tuple[str, ...]:
    """The name on the authors' cards of a page, wherever they stand, where all have the same."""
    marked = (element for element in root.iter("span", "div", "p", "address", "a") if "vcard" in _classes(element))
    found = {card for element in islice(marked, _MOST_CARDS) if element not in comments and (card := _card_of(element))}
    return found.pop() if len(found) == 1 else ()


def _card_of(element: HtmlElement) -> tuple[str, ...]:
    """The name, be it one word, on what is marked as an author's card (hAtom)."""
    classes = _classes(element)
    if "vcard" not in classes or not {"author", "post-author"}.intersection(classes):
        return ()
    names = (clean_line(part.text_content()) for part in element.iter("a", "span", "b") if "fn" in _classes(part))
    name = next(filter(None, names), "")
    return (name,) if is_name(name) else ()


def _classes(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


def above(heading: HtmlElement) -> Iterator[HtmlElement]:
    """What stands right before the heading, or before what it stands in."""
    element: HtmlElement | None = heading
    for _ in range(3):
        if element is None or element.tag in ("body", "html"):
            return
        for before in islice(element.itersiblings(preceding=True), _MOST_ABOVE):
            if isinstance(before.tag, str):
                yield before
        element = element.getparent()


def is_paragraph(element: HtmlElement) -> bool:
    """True for a paragraph of a text, and no line beside it."""
    return element.tag == "p" and len(letters_of(element.text_content())) >= _PROSE


def above_text(root: HtmlElement, heading: HtmlElement) -> Iterator[HtmlElement]:
    """The elements after a heading, up to the second paragraph of a text."""
    paragraphs = 0
    for element in below(root, heading):
        paragraphs += is_paragraph(element)
        if paragraphs > 1:  # the first may be the standfirst
            return
        yield element


def _is_byline(element: HtmlElement) -> bool:
    tokens = f"{element.get('class') or ''} {element.get('rel') or ''}".split()[:12]
    return any(words(token) & _BYLINE and not words(token) & _NO_BYLINE for token in tokens)


def _names_in(text: str) -> Iterator[str]:
    """The names of a line, which begins with them, or with By."""
    if found := find_date(text):
        text = text[: found.start()]
    text = _BY.sub("", text.strip(" ,|•·–—-"))
    for part in _AND.split(_ENDS.split(text, maxsplit=1)[0]):
        name = strip_name(part, declared=True)
        parts = name.split()
        if not is_name(name) or not 1 < len(parts) < 6 or "." in parts[0] or not (parts[0][0] + parts[-1][0]).isupper():
            return
        yield name


def shown_terms(root: HtmlElement, comments: Collection[HtmlElement]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sections and the tags that links of an article say it is filed under (`rel="tag"`), none that stand aside."""
    sections: dict[str, None] = {}
    tags: dict[str, None] = {}
    for link in islice(_TERMS(root), 10 * _MOST_TERMS):
        relations = (link.get("rel") or "").lower().split()
        name = clean_line(link.text_content())
        is_term = 0 < len(name) <= _LONGEST_TERM and name.lower() not in _NO_TERM
        if "tag" in relations and is_term and link not in comments and not _is_aside(link):
            (sections if "category" in relations else tags).setdefault(name)
    return tuple(sections)[:_MOST_TERMS], tuple(tags)[:_MOST_TERMS]


def _is_aside(element: HtmlElement) -> bool:
    """True in what is named as a sidebar or the like, or is no part of an article where the page marks one."""
    for around in element.iterancestors():
        if around.tag in ("article", "main"):
            return False
        if around.tag in ("aside", "nav", "footer"):
            return True
        if any(words(token) & _ASIDE for token in f"{around.get('class') or ''} {around.get('id') or ''}".split()[:12]):
            return True
    return False


def shown_change(root: HtmlElement, comments: Collection[HtmlElement]) -> str:
    """The moment of the last change as the markup of the page declares it, as it is written there."""
    for element in islice(chain(_MODIFIED(root), _updated(root)), _MOST_CHANGES):
        if element not in comments:
            return element.get("content") or element.get("datetime") or clean_line(element.text_content())[:100]
    return ""


def _updated(root: HtmlElement) -> Iterator[HtmlElement]:
    """The times that are called those of an update, after one that is called that of publication."""
    published = False
    for element in root.iter("time"):
        names = (element.get("class") or "").split()
        if published and "updated" in names:
            yield element
        published = published or "published" in names


def shown_author_note(root: HtmlElement, body: str) -> str:
    """What a page says about its author in a box that is named so, as far as the text does not say it."""
    said = letters_of(body)
    for element in root.iter("div", "section", "aside", "p", "footer"):
        classes = (element.get("class") or "").split()[:12]
        if not classes or not any(map(_speaks_of_author, classes)):
            continue
        lines = [
            clean_line(part.text_content())
            for part in islice(element.iter("p", "div", "span"), _MOST_PIECES)
            if _is_note(part)
        ]
        text = "\n".join(line for line in dict.fromkeys(lines) if letters_of(line) not in said)
        if _NOTE_LETTERS <= len(letters_of(text)) <= _LONGEST_NOTE:
            return text
    return ""


def _is_note(part: HtmlElement) -> bool:
    """True for a paragraph, or what stands as one, that says a sentence and is not mostly links."""
    if any(inner.tag in ("p", "div", "ul", "h2", "h3", "h4") for inner in islice(part.iterdescendants(), _MOST_PIECES)):
        return False
    if part.tag == "span" and next(part.iterancestors("p"), None) is not None:
        return False
    text = part.text_content()
    letters = len(letters_of(text))
    linked = sum(len(letters_of(link.text_content())) for link in part.iter("a"))
    return letters >= _NOTE_LETTERS and 2 * linked < letters and bool(_SENTENCE.search(text.strip()))


@lru_cache(maxsize=8192)
def _speaks_of_author(token: str) -> bool:
    found = words(token)
    return bool(found & _AUTHOR_BOX and found & _BYLINE) or token.lower() in ("authorbio", "author_bio")
