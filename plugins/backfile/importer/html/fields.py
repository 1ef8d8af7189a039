"""Reads one comment from its element: who, when, the text, its own id and link.

The soup holds one record without those nested in it, so whatever it holds belongs to this comment. What
the markup declares (microdata, microformats, `<time datetime>`) is believed first, then the words of
class names, last the words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bs4.element import NavigableString, PageElement, Tag

from backfile.importer.html import words as lexicon
from backfile.importer.html.commonmark import to_commonmark
from backfile.importer.html.links import safe_url
from backfile.importer.html.words import words
from backfile.importer.moments import DATE, RELATIVE, read_epoch, read_moment
from backfile.text import clean_line

_LONGEST_NAME = 80
_LONGEST_DATE = 160
_SAYS = re.compile(
    r"\s*\(?(?:\b(?:says?|said|wrote|writes|sagt|sagte|schrieb|schreibt|meint|meinte|kommentiert(?:e)?|dit|a dit|a écrit|écrit"
    r"|dice|dijo|escribió|ha detto|scrive|diz|disse|zegt|schreef|säger|skrev|komment(?:ar|oi)|commented|replied|on|am|at|le|el|il"
    r"|vor|permalink|posted|op|author|autor|admin|moderator)\b\s*)*[\s:,.|•·–—…()#-]*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:[\s#\d.:|•·–—-]*)(?:\b(?:posted\s+by|written\s+by|comment\s+by|kommentar\s+von|geschrieben\s+von|verfasst\s+von|beitrag\s+von"
    r"|by|von|par|por|de|da|di|door|av|af|od|from|name|author|autor|auteur|verfasser|user|username|benutzer)\b[\s:]+)+",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:\b(?:by|von|par|por|door|av|af|from)\b|^)\s*:?\s*(?P<name>[^\W\d_][^|\n:,;]{0,59}?)\s*"
    r"(?:$|[|\n:,;]|\b(?:says|said|wrote|sagt|schrieb|meint|a\s+dit|a\s+écrit|on|am|at|le|um|op)\b)",
    re.IGNORECASE,
)
_NOT_POSTED = re.compile(
    r"\b(?:joined|join date|registriert|registered|mitglied seit|dabei seit|member since|edited|bearbeitet|geändert|modified"
    r"|updated|last|zuletzt|inscri(?:t|ption)|miembro desde|anmeldedatum|beigetreten|lid sinds|since|seit)\b",
    re.IGNORECASE,
)
_NOT_NAME = re.compile(
    r"^(?:\W*|\d+ ?%.*|reply|antworten|répondre|responder|rispondi|permalink|link|edit|report|melden|share|quote|zitat|zitieren|like|guest"
    r"|profile?|avatar|image|photo|bild|offline|online|http\S*|www\.\S*|\d+(?:\s\w+)?|re:.*|top|follow(?:ing)?|view.*|visit.*|more.*"
    r"|find .*|all posts.*|private message|send .*|user(?: ?name| ?info)?|author|autor|name|member|original poster|op|thread starter)$",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"(?:^|[-_#/=])c?(\d{1,20})(?:$|[-_])|^[a-z]*?([0-9a-f]{16,40}|\d{2,20})$", re.IGNORECASE
)
_PERMALINK = re.compile(
    r"#(?:[\w-]*?(?:comment|kommentar|reply|post|msg|message|c|p|entry|answer|r|id|forum)[-_]?\d+|\d{3,})",
    re.IGNORECASE,
)
_DATA_ID = ("data-comment-id", "data-commentid", "data-comment", "data-post-id", "data-id", "data-message-id")
_DATA_PARENT = (
    "data-parent-id",
    "data-parent",
    "data-parentid",
    "data-parent-comment-id",
    "data-in-reply-to",
)
_DEPTH = re.compile(
    r"^(?:depth|level|indent|comment-depth|comment-level|lvl|reply-level)[-_]?(\d{1,3})$", re.IGNORECASE
)
_NOT_POSTED_WORDS = frozenset("joined edited signature lastedit userinfo quote extrauserinfo".split())
_TEXT_PROPERTIES = frozenset({"text", "commentText", "articleBody", "reviewBody"})
_PINGBACK = frozenset({"pingback", "trackback"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one comment's markup says, before the thread is put together. Empty means not said."""

    identity: str
    author: str
    author_url: str
    when: str
    moment: str
    body: str
    permalink: str
    kind: str
    parent: str
    depth: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """What reading a record needs to know of its page."""

    base: str
    captured: str
    month_leads: bool | None


def read_fields(record: Tag, page: Page) -> Reading:
    """One comment. The record is taken apart on the way."""
    tops = record.find_all(True, recursive=False, limit=2)
    root = tops[0] if len(tops) == 1 else record
    _strip_silent(root)
    identity = _identity(root)
    parent = _attribute_of(root, _DATA_PARENT)
    permalink = _permalink(root, page.base)
    if not identity and permalink and "#" in permalink:
        identity = _digits(permalink.rsplit("#", 1)[1])
    kind = next(iter(_PINGBACK & {token.lower() for token in _listed(root, "class") if token}), "comment")
    depth = _depth(root)
    parent = _digits(parent) or _reply_link(root)
    body = _body(root)
    when_tag, when, moment = _when(root, body, page)
    name_tag, author, address = _who(root, body, when_tag, page.base)
    text = _text(root, body, [tag for tag in (when_tag, name_tag) if tag is not None], page.base)
    return Reading(identity, author, address, when, moment, text, permalink, kind, parent, depth)


def _strip_silent(root: Tag) -> None:
    for tag in root.find_all(
        ["script", "style", "textarea", "select", "svg", "iframe", "form", "button", "template"]
    ):
        if tag.decomposed:
            continue
        if tag.name == "form" and (
            len(tag.get_text(strip=True)) > 200 or any(map(_is_dated, tag.find_all(True)))
        ):
            tag.unwrap()  # some sites put the comments themselves into a form
        elif (
            tag.name == "button"
            and _is_name(clean_line(tag.get_text(" ")))
            and _named_by(tag, lexicon.AUTHOR)
        ):
            tag.name = "span"
        else:
            tag.decompose()


def _tokens(tag: Tag) -> list[str]:
    """Class names, properties and id; Drupal's `field--name-...` names its field, not a person."""
    names = _listed(tag, "class") + _properties(tag)
    if name := tag.attrs.get("id"):
        names.append(str(name))
    return [name for name in names if not name.startswith("field--")]


def _properties(tag: Tag) -> list[str]:
    """What microdata (`itemprop`) or RDFa (`property`) call the element."""
    names = _listed(tag, "itemprop") + _listed(tag, "property")
    return [name.rsplit(":", 1)[-1] for name in names] if names else names


def _listed(tag: Tag, name: str) -> list[str]:
    value = tag.attrs.get(name)
    if not value:
        return []
    return value.split() if isinstance(value, str) else [str(part) for part in value]


def _named_by(tag: Tag, vocabulary: frozenset[str]) -> bool:
    return any(words(token) & vocabulary for token in _tokens(tag))


def _attribute_of(tag: Tag, names: Iterable[str]) -> str:
    return next((str(tag[name]) for name in names if tag.get(name)), "")


def _digits(name: str) -> str:
    """The part of an id that numbers the comment."""
    found = _IDENTITY.search(name)
    return (found[1] or found[2]) if found else ""


def _identity(root: Tag) -> str:
    if declared := _attribute_of(root, _DATA_ID):
        return _digits(declared) or ""
    for tag in (
        root,
        *root.find_all(["a", "div", "article", "li", "span", "td"], id=True, limit=6),
        *root.find_all("a", attrs={"name": True}, limit=3),
    ):
        for attribute in ("id", "name"):
            value = tag.get(attribute)
            if isinstance(value, str) and (found := _digits(value)):
                return found
    return ""


def _permalink(root: Tag, base: str) -> str:
    for link in root.find_all("a", href=True, limit=40):
        href = str(link["href"])
        if _PERMALINK.search(href) or "permalink" in " ".join(_tokens(link)).lower():
            return safe_url(href, base) or (href if href.startswith("#") else "")
    return ""


def _reply_link(root: Tag) -> str:
    """The number of the comment that this one says it answers."""
    for link in root.select(
        "a.in-reply-to, a.u-in-reply-to, .in-reply-to a, a.comment-parent, .comment-parent a", limit=1
    ):
        return _digits(str(link.get("href", "")).rsplit("#", 1)[-1])
    return ""


def _depth(root: Tag) -> int | None:
    for token in _tokens(root):
        if found := _DEPTH.match(token):
            return int(found[1])
    for name in ("data-depth", "data-level", "aria-level"):
        value = str(root.get(name, ""))
        if value.isdecimal() and len(value) < 4:
            return int(value)
    return None


def _body(root: Tag) -> Tag | None:
    """The element that holds the comment's text, or None when no name tells it."""
    for tag in root.find_all(_is_declared_text):
        return tag
    best: Tag | None = None
    best_score = 0.0
    for tag in root.find_all(True):
        rank = _body_rank(tag)
        if not rank:
            continue
        length = len(tag.get_text(strip=True)) - sum(
            len(part.get_text(strip=True)) for part in tag.find_all(_is_chrome)
        )
        if length <= 0:
            continue
        # Names alone mislead ("content" may be the whole card): what holds a date or an author weighs less.
        inside = sum(1 for part in tag.find_all(True) if _is_dated(part) or _body_has_name(part))
        score = rank * min(length, 400) / (1 + 4 * inside)
        if score > best_score:
            best, best_score = tag, score
    return best


def _is_declared_text(tag: Tag) -> bool:
    return bool(_TEXT_PROPERTIES.intersection(_properties(tag)))


def _body_rank(tag: Tag) -> float:
    """How well the names of an element say that it holds the text."""
    rank = 0.0
    for token in _tokens(tag):
        found = words(token)
        if (
            found & (lexicon.CHROME - {"post", "reply"})
            or (found & lexicon.AUTHOR and not found & lexicon.NOT_AUTHOR)
            or found & {"header", "meta", "metadata", "date", "title", "number", "count", "no"}
        ):
            return 0.0
        if found & {
            "text",
            "body",
            "message",
            "content",
            "texte",
            "inhalt",
            "copy",
            "description",
        } or found & {name for name in lexicon.BODY if len(name) > 7}:
            rank = max(rank, 2.0 if len(found) > 1 or found & {"text", "message"} else 1.4)
        elif found & lexicon.BODY:
            rank = max(rank, 0.7)
    return rank


def _body_has_name(tag: Tag) -> bool:
    return any(
        token in ("fn", "author", "username", "comment-author", "vcard", "comment-meta")
        for token in _tokens(tag)
    )


def _is_dated(tag: Tag) -> bool:
    if tag.name == "time" or tag.get("datetime"):
        return True
    return _named_by(tag, frozenset({"date", "time", "timestamp", "datum"}))


def _inside(part: PageElement, container: Tag | None) -> bool:
    """True for the container and all that is in it."""
    return container is not None and (
        part is container or any(parent is container for parent in part.parents)
    )


def _in_prose(tag: Tag, body: Tag | None) -> bool:
    """True for what stands in a paragraph or a quotation of the text, as the name of someone addressed."""
    for parent in (tag, *tag.parents):
        if parent is body:
            return False
        if isinstance(parent, Tag) and parent.name in ("p", "blockquote", "q", "aside", "pre"):
            return True
    return False


def _when(root: Tag, body: Tag | None, page: Page) -> tuple[Tag | None, str, str]:
    """The element with the date, the date as written, and as EDTF (empty when it cannot be told)."""
    choices: list[tuple[int, int, Tag, str, str]] = []
    for order, tag in enumerate(root.find_all(True)):
        for rank, text in _date_texts(tag):
            moment = read_epoch(text) or read_moment(text, month_leads=page.month_leads, now=page.captured)
            if not moment and not RELATIVE.search(text):
                continue
            if _said_of_member(tag, text):
                rank += 20
            if _inside(tag, body) and tag is not body:
                rank += 6
            if not moment:
                rank += 4
            elif not re.search(r"\d{4}|:", text):
                rank += 3  # "1.1.10" is as likely the number of a version
            elif "T" not in moment:
                rank += 1  # the day somebody joined has no time of day, that of a post mostly has
            choices.append((rank, order, tag, text, moment))
    if not choices:
        return None, "", ""
    rank, _, tag, text, moment = min(choices, key=lambda choice: choice[:2])
    return (tag, clean_line(text), moment) if rank < 20 else (None, "", "")


def _date_texts(tag: Tag) -> list[tuple[int, str]]:
    """What on an element may be a date, best first."""
    found: list[tuple[int, str]] = []
    prop = " ".join(_properties(tag)).lower()
    for name in ("datetime", "content" if "date" in prop or "time" in prop else "datetime"):
        if value := tag.get(name):
            found.append((0 if "modif" not in prop else 8, str(value)))
    for name in ("data-time", "data-timestamp", "data-utime", "data-created", "data-date"):
        if value := tag.get(name):
            found.append((1, str(value)))
    if tag.name == "a" and (stamp := re.search(r"showComment=(\d{12,13})\b", str(tag.get("href", "")))):
        found.append((0, stamp[1]))  # Blogger's permalinks hold the time
    title = str(tag.get("title", ""))
    if 5 < len(title) < _LONGEST_DATE and DATE.search(title):
        found.append((2 if tag.name in ("abbr", "time", "span", "a") else 4, title))
    named = tag.name == "time" or _named_by(tag, lexicon.DATE)
    own = " ".join(
        str(part) for part in tag.find_all(string=True, recursive=False) if type(part) is NavigableString
    )
    for text, rank in ((own, 3 if named else 4), (tag.get_text(" ") if named else "", 4)):
        if (
            3 < len(text.strip())
            and len(text) < _LONGEST_DATE * 2
            and (DATE.search(text[:_LONGEST_DATE]) or RELATIVE.search(text[:60]))
        ):
            found.append((rank, text))
    return found


def _said_of_member(tag: Tag, text: str) -> bool:
    """True where a forum tells since when the writer is a member, or when a post was changed."""
    for part in (tag, tag.parent):
        if not isinstance(part, Tag):
            continue
        if _named_by(part, _NOT_POSTED_WORDS):
            return True
        around = part.get_text(" ")[:2000]
        found = DATE.search(text)
        at = around.find(found[0]) if found else -1
        if at > 0 and _NOT_POSTED.search(around[max(0, at - 30) : at]):
            return True
    return False


def _who(root: Tag, body: Tag | None, when: Tag | None, base: str) -> tuple[Tag | None, str, str]:
    """The element with the name, the name, and the writer's own address."""
    if _is_name(name := _strip_name(str(root.get("data-author", "")))):
        link = root.find("a", string=name, href=True)
        return None, name, _address(link, base) if isinstance(link, Tag) else ""
    ranked: list[tuple[int, int, Tag]] = []
    for order, tag in enumerate(root.find_all(True)):
        rank = _name_rank(tag)
        if rank is None:
            continue
        if _inside(tag, body) and tag is not body and rank:
            if _in_prose(tag, body):
                continue
            rank += 6
        ranked.append((rank, order, tag))
    for _, _, tag in sorted(ranked, key=lambda entry: entry[:2]):
        holder, name = _name_in(tag, when)
        if _is_name(name):
            return tag, name, _address(holder, base)
    if name := _name_near(root, body, when):
        return None, name, ""
    return None, "", ""


_DECLARED = (
    lambda tag: not {"author", "creator"}.isdisjoint(_properties(tag)),
    lambda tag: (
        bool({"fn", "p-author", "p-name"} & set(map(str, _listed(tag, "class")))) and tag.name != "div"
    ),
    lambda tag: bool(
        {
            "username",
            "author",
            "comment-author",
            "bigusername",
            "commentauthor",
            "comment-author-name",
            "user-name",
        }
        & {str(token).lower() for token in _listed(tag, "class")}
    ),
)  # type: tuple[Callable[[Tag], bool], ...]


def _name_rank(tag: Tag) -> int | None:
    for rank, declared in enumerate(_DECLARED):
        if declared(tag):
            return rank
    link = str(tag.get("href", "")) if tag.name == "a" else ""
    profile = bool(link and lexicon.PROFILE_LINK.search(link))
    if _named_by(tag, lexicon.AUTHOR):
        if any(
            words(token)
            & {"avatar", "title", "rank", "stats", "info", "img", "image", "location", "badge", "details"}
            for token in _tokens(tag)
        ):
            return 8
        return (
            3
            if profile
            or any(
                words(token) & {"author", "username", "user", "autor", "nick", "name", "commenter"}
                for token in _tokens(tag)
            )
            else 5
        )
    if profile:
        return 4
    if tag.name in ("cite", "h3", "h4", "h5", "strong", "b"):
        return 9
    return None


def _name_in(tag: Tag, when: Tag | None) -> tuple[Tag, str]:
    """The name an element holds, without the words round it, and the innermost element with it."""
    if declared := tag.get("content") if tag.name == "meta" else None:
        return tag, clean_line(str(declared))
    for inner in tag.find_all(True):
        if _holds_name(inner, tag):
            name = _strip_name(str(inner.get("content") or inner.get_text(" ")))
            if _is_name(name):
                return inner, name
    pieces = [
        str(part)
        for part in tag.find_all(string=True)
        if type(part) is NavigableString
        and not (when is not None and when is not tag and _inside(part, when))
    ]
    name = _strip_name(" ".join(pieces))
    if _is_name(name):
        return tag, name
    for piece in pieces:
        if _is_name(name := _strip_name(piece)):
            return tag, name
    image = tag.find("img", alt=True)
    return tag, _strip_name(str(image["alt"])) if isinstance(image, Tag) and not name else ""


def _holds_name(inner: Tag, tag: Tag) -> bool:
    """True for what inside an author's element is the name itself."""
    if "name" in _properties(inner) or "fn" in _listed(inner, "class"):
        return True
    if inner.name == "a":
        return (
            bool(lexicon.PROFILE_LINK.search(str(inner.get("href", ""))))
            or len(tag.find_all("a", limit=2)) == 1
        )
    return inner.name in ("strong", "b", "cite") or _named_by(inner, frozenset({"username", "name", "nick"}))


def _strip_name(text: str) -> str:
    text = clean_line(text)
    if len(text) > 4 * _LONGEST_NAME:
        return text
    if found := DATE.search(text):
        text = text[: found.start()] or text[found.end() :]
    text = _BY.sub("", text)
    stripped = _SAYS.sub("", text)
    return (stripped or text).strip(" ,:|•·–—-\u200b\u200e\u200f\ufeff@")


def _is_name(name: str) -> bool:
    return bool(name) and len(name) <= _LONGEST_NAME and not _NOT_NAME.match(name) and not DATE.search(name)


def _address(tag: Tag, base: str) -> str:
    link = tag if tag.name == "a" else (tag.find("a", href=True) or tag.find_parent("a", href=True))
    if not isinstance(link, Tag):
        return ""
    url = safe_url(str(link.get("href", "")), base)
    return "" if url.startswith("mailto:") or "gravatar.com" in url else url


def _name_near(root: Tag, body: Tag | None, when: Tag | None) -> str:
    """The name in the run of text that holds the date, or in the head of the record."""
    places = [when, when.parent if when is not None else None]
    for place in places:
        if (
            isinstance(place, Tag)
            and place is not root
            and len(text := clean_line(place.get_text(" "))) < 200
        ):
            name = _strip_name(DATE.split(text)[0] if DATE.search(text) else text)
            if (found := _NAMED.search(name + "\n")) and _is_name(found["name"].strip()):
                return found["name"].strip()
    head = ""
    for part in root.find_all(string=True):
        if body is not None and _inside(part.parent or root, body):
            break
        head = clean_line(str(part))
        if (
            head
            and type(part) is NavigableString
            and len(head) < _LONGEST_NAME
            and _is_name(name := _strip_name(head))
        ):
            return name
    return ""


def _text(root: Tag, body: Tag | None, fields: list[Tag], base: str) -> str:
    """The comment's words as CommonMark, without its name, date and buttons."""
    source = body if body is not None else root
    for tag in fields:
        if not tag.decomposed and not _inside(source, tag):
            _drop_with_lead(tag, source)
    for tag in source.find_all(True):
        if not tag.decomposed and _is_chrome(tag):
            tag.decompose()
    return to_commonmark(source, base)


def _drop_with_lead(tag: Tag, source: Tag) -> None:
    """Takes a field out, with the line it stands on when that holds nothing else of length."""
    limit = len(tag.get_text(strip=True)) + 40
    parent = tag.parent
    while (
        isinstance(parent, Tag) and not _inside(source, parent) and len(parent.get_text(strip=True)) < limit
    ):
        tag, parent = parent, parent.parent
    tag.decompose()


def _is_chrome(tag: Tag) -> bool:
    """True for buttons, votes, signatures and their like inside a comment."""
    if tag.name in ("footer", "header", "nav"):
        return True
    if tag.name in ("p", "blockquote", "pre", "td", "tr", "table"):
        return False
    for token in _tokens(tag):
        if token.startswith("js-"):
            continue
        if words(token) & lexicon.CHROME and not words(token) & lexicon.NOT_AUTHOR:
            return len(tag.get_text(strip=True)) < 300 and tag.find(_body_rank) is None
    return False
