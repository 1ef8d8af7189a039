"""Who wrote an article, in a line that says so and little else: `By Ann Lee`, `Posted on 4 May 2012 by Ann Lee`.

It stands between the heading and the text. Weblogs have it below the text as well, where it says when it was posted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice, pairwise

from lxml.html import HtmlElement

from backfile.importer.html.authors import AND, is_full_name, is_of_house, without_mail
from backfile.importer.html.persons import WEEKDAY, is_name
from backfile.importer.html.shown import above_text, is_paragraph
from backfile.importer.html.words import letters_of
from backfile.importer.moments import find_date
from backfile.text import clean_line

_LONGEST, _MOST_PIECES, _MOST_AROUND = 160, 60, 8
_LONGEST_NICK = 30
_POSTED = (
    r"posted|written|published|submitted|geschrieben|gepostet|veröffentlicht|verfasst|erstellt|eingestellt|publié|posté"
    r"|écrit|rédigé|publicado|escrito|pubblicato|scritto|postato|geplaatst|geschreven|publicerad|skriven|опубликовано"
)
_VERB = re.compile(_POSTED, re.IGNORECASE)
_AROUND = re.compile(
    rf"(?:\b(?:{_POSTED}|this|dieser|was|wurde|entry|story|article|artikel|beitrag|on|am|le|el|il|op|den|em|at|um|à)\b"
    rf"|\b(?:{WEEKDAY})\b|\W)*",
    re.IGNORECASE,
)
"""What may stand before By, and beside a name and a date of which nothing else is said."""
_BY = re.compile(
    r"(?<!\w)(?:(?:by|von|par|por|di|door|av|af)\b:?\s+(?=\S)"
    r"|(?:authors?|autore?s?|auteurs?|autoren|text|texte|texto|testo|tekst|автор|текст|yazan|yazar)\s?:\s*)",
    re.IGNORECASE,
)
_PART = re.compile(rf"[|•·]\s*((?:{_BY.pattern})[^|•·]*)", re.IGNORECASE)
_BY_HAN = re.compile(
    r"(?:文|作者|撰文|記者|记者|글|기자)\s?[/:：/丨|]\s?(?P<name>[\u3400-\u9fff\uac00-\ud7a3]{2,4})(?!\w)"
)
_ENDS = re.compile(
    r"\s*(?:[|•·–—/»(]|\s-\s|\b(?:on|am|le|el|il|op|em|in|for|für|pour|at|um|om|published|updated|veröffentlicht|posted)\b)"
)
_CLOCK = re.compile(
    r"\W{0,4}(?:(?:at|um|à|om|alle|kl|в)\W{0,3})?\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s?uhr\b)?",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\b(?:and|und|et|y|e|en|och|og|i|и)\b", re.IGNORECASE)
_SIGNED = re.compile(rf"(?:{_POSTED})\s+(?:by|von|par|por|di|door)\b|this entry was posted (?:on|by)\b", re.IGNORECASE)
_SIGNS = tuple(sign.encode() for sign in ("osted by", "ritten by", "ublished by", "eschrieben von", "was posted on"))


def byline_above_text(
    root: HtmlElement, heading: HtmlElement | None, comments: Collection[HtmlElement]
) -> tuple[str, ...]:
    """The names in the first line between the heading and the text that says who wrote it; none where no line does."""
    for element in above_text(root, heading) if heading is not None else ():
        if element not in comments:
            for line in lines_of(element):
                if names := names_in_byline(line):
                    return names
    return ()


def line_below_text(
    root: HtmlElement, heading: HtmlElement | None, markup: bytes, comments: Collection[HtmlElement]
) -> str:
    """The only line of a page that begins with being posted and says when; none where there are several."""
    if not any(sign in markup for sign in _SIGNS):
        return ""
    found, shortest = None, ""
    for element in root.iter("p", "div", "span", "small", "font", "td", "em", "i"):
        line = clean_line(_text_of(element))[:_LONGEST]
        if not _SIGNED.match(line) or not (find_date(line) or _CLOCK.search(line)) or element in comments:
            continue
        if found is not None and found not in element.iterancestors() and element not in found.iterancestors():
            return ""
        if found is None or len(line) < len(shortest):
            found, shortest = element, line
    return shortest if found is not None and _ends_text(found, heading) else ""


def _ends_text(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """True for what has the heading or paragraphs before it, or text after it, in one element, as no comment has."""
    way = [element, *islice(element.iterancestors(), _MOST_AROUND)]
    for inner, around in pairwise(way):
        before = [one for one in inner.itersiblings(preceding=True) if isinstance(one.tag, str)]
        if any(letters_of(_text_of(one)) for one in before):
            after = sum(len(letters_of(_text_of(one))) for one in islice(inner.itersiblings(), _MOST_AROUND))
            paragraphs = sum(
                is_paragraph(part) for one in before for part in islice(one.iter("p", "div"), _MOST_PIECES)
            )
            return after > _LONGEST or paragraphs > 1 or (heading is not None and around in heading.iterancestors())
    return False


def says_only(line: str, names: Collection[str]) -> bool:
    """True for a line in which there is nothing but these names, a date, and the words beside them."""
    bare = _without_date(line)
    for name in names:
        bare = bare.replace(name, "|")
    return not letters_of(_AROUND.sub("", _ALSO.sub(" ", _BY.sub(" ", bare))))


def lines_of(element: HtmlElement) -> list[str]:
    """The lines of a short element, as breaks part them; none of a long one."""
    if len(_text_of(element)) > _LONGEST:
        return []
    pieces: list[str] = [element.text or ""]
    for part in islice(element.iterdescendants(), _MOST_PIECES):
        if part.tag in ("br", "p", "div", "li", "tr", "h2", "h3", "h4"):
            pieces.append("\n")
        pieces.append((part.text or "") if isinstance(part.tag, str) else "")
        pieces.append(part.tail or "")
    return [line for piece in "".join(pieces).split("\n") if (line := clean_line(piece))]


def _text_of(element: HtmlElement) -> str:
    return " ".join(islice(element.itertext(), _MOST_PIECES))[: 2 * _LONGEST]


def _without_date(line: str) -> str:
    """The line with a bar for its date and the time of day behind it."""
    if (date := find_date(line)) is None:
        return line
    clock = _CLOCK.match(line, date.end())
    behind = line[clock.end() if clock else date.end() :]
    return f"{line[: date.start()]}|{behind.lstrip('日일')}"


def names_in_byline(line: str) -> tuple[str, ...]:
    """The names in a line that begins with By, or with what is said of posting and then By."""
    if len(line) > _LONGEST:
        return ()
    bare = _without_date(line)
    if (han := _BY_HAN.search(bare)) and _AROUND.fullmatch(bare, 0, han.start()):
        return (han["name"],)
    by = _BY.search(bare)
    if (
        by and _AROUND.fullmatch(bare, 0, by.start()) is None
    ):  # By may begin a part of a line that has a date in another
        part = _PART.search(bare) if bare != line else None
        bare, by = (part[1], _BY.match(part[1])) if part else ("", None)
    if by is None:
        return ()
    named = without_mail(bare[by.end() :])
    end = _ENDS.search(named)
    named = named[: end.start()] if end else named
    nick = named.strip(" ,.")
    if bare != line and _VERB.search(bare[: by.start()]) and " " not in nick and len(nick) <= _LONGEST_NICK:
        return (nick,) if is_name(nick) and not is_of_house(nick) else ()
    return tuple(_persons_in(named))


def _persons_in(named: str) -> Iterator[str]:
    """Whole names up to the first that is none; what a comma parts from the last one is a role or a place."""
    parts = [part for part in AND.split(named) if part.strip()]
    for number, part in enumerate(parts):
        names = part.split(",") if number < len(parts) - 1 else part.split(",")[:1]
        for name in filter(None, (one.strip(" .:") for one in names)):
            if not is_full_name(name) or is_of_house(name) or not is_name(name):
                return
            yield name
