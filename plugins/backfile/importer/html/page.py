"""A saved page as bytes made into a tree: decoded, freed of embedded data, parsed once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from backfile.dates import normalise_edtf
from backfile.decoding import decode_page
from backfile.importer import limits
from backfile.importer.html.address import own_address
from backfile.importer.html.links import safe_url
from backfile.importer.html.parsing import parse
from backfile.importer.html.words import FORUM_SIGN, FORUM_URL, SHELLS
from backfile.importer.moments import read_moment

_DATA_URI = re.compile(
    rb"data:(?P<kind>[\w.+-]{1,40})/[\w.+-]{1,80}(?:;[\w=.+-]{1,80}){0,4};base64,(?P<data>[A-Za-z0-9+/=%\s]{64,})"
)
_SHARED = re.compile(r"--sf-img-(\d{1,6}):\s*url\(.?data:,(\d{1,6})")
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_TOO_DEEP = "ERR_RESOURCE_LIMIT"
_SAVED_AT = re.compile(
    r"\bsaved date: (?P<browser>[^\n]{10,80})|FILE ARCHIVED ON (?P<wayback>[^\n]{10,40}) AND RETRIEVED"
    r"|Mirrored from [^\n]{1,2000} by HTTrack [^\n,]{1,60}, (?P<mirror>[^\n]{10,40}) -->"
)
_NOTES_OF_SAVING = ("saved date: ", "FILE ARCHIVED ON ", "Mirrored from ")
_ARCHIVE_TODAY = re.compile(
    r"https?://archive\.(?:today|is|ph|li|md|fo|vn)/(\d{4})\.(\d\d)\.(\d\d)-(\d\d)(\d\d)(\d\d)/http"
)
_POST = re.compile(
    rb"class=[\"'](?:[\w-]{1,40} ){0,4}(?:postbit(?:legacy|im)?|postcontainer|post_block|cPost|blockpost|forumpost"
    rb"|kmsg|windowbg2?|plhin)[\"' ]"
)
_POST_LINK = re.compile(
    rb"(?:(?:viewtopic|showthread|showpost)\.php\?|index\.php\?(?:show)?topic[=,])[^\s\"'<>#]{0,300}"
    rb"#((?:p|post|msg|entry)?\d{1,12})\b"
)
_POST_ADDRESSES = (b"viewtopic.php?", b"showthread.php?", b"showpost.php?", b"index.php?topic", b"index.php?showtopic")
_PLACE = re.compile(rb"\b(?:id|name)=[\"']?([a-z]{0,5}\d{1,12})\b")
_MOST_LINKS = 1_000
_ZONE = re.compile(r"GMT([+-]\d{4})")
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_NO_CHARACTER = re.compile(b"\xef\xbf[\xbe\xbf]|\xef\xb7[\x90-\xaf]")
"""What Unicode has for no character, in UTF-8: no text holds it, and an extraction's own marks are made of it."""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page's tree, its own address as far as known, or as `given`, its language, and the encoding it was read in.

    `cut` says that the parser stopped at elements nested more than 256 deep. `embedded` are the places of
    images in its bytes, as base64; the page has `data:,` and a number instead. `shared` are the numbers of
    those that SingleFile's style sheet names. `markup` is what was parsed.
    """

    root: HtmlElement
    url: str
    given: bool
    base: str
    language: str
    encoding: str
    captured: str
    forum: bool
    markup: bytes
    cut: bool
    embedded: tuple[tuple[int, int], ...] = ()
    shared: tuple[tuple[str, int], ...] = ()


def parse_page(data: bytes, *, url: str = "", captured: str = "", encoding: str = "") -> HtmlPage | None:
    """The page, or None when there is no element in it. Raises ValueError for a page that is too large."""
    data, embedded = _without_embedded(data)
    if len(data) > limits.current.page:  # after the data embedded in it (SingleFile's images) was taken out
        raise ValueError(f"larger than {limits.in_words(limits.current.page)}")
    text, used = decode_page(data, encoding)
    # The parser decides on bytes alone, without what XML cannot hold: a declaration inside a str would be an error.
    markup = _NO_CHARACTER.sub(b"", text.encode("utf-8", "ignore").translate(None, _CONTROLS))
    markup = _XML_DECLARATION.sub(b"", markup, count=1)
    parsed = parse(markup)
    if parsed is None:
        return None
    root, parser = parsed
    given, url = bool(url), url or own_address(root, text, markup)
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    base = next((link.get("href") for link in root.iterfind(".//base[@href]")), "")
    return HtmlPage(
        root=root,
        url=url,
        given=given,
        base=safe_url(base, url) or url,
        language=language,
        encoding=used,
        captured=captured or _capture(text),
        forum=_is_forum(root, url, markup),
        markup=markup,
        cut=parser.error_log.last_error is not None and parser.error_log.last_error.type_name == _TOO_DEEP,
        embedded=embedded,
        shared=tuple((name, int(number)) for name, number in _SHARED.findall(text)) if "--sf-img-" in text else (),
    )


def _without_embedded(data: bytes) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """The page without the data that is embedded in it, and where images were."""
    places: list[tuple[int, int]] = []

    def noted(found: re.Match[bytes]) -> bytes:
        if found["kind"].lower() != b"image":
            return b"data:,"
        places.append(found.span("data"))
        return b"data:,%d" % (len(places) - 1)

    return (_DATA_URI.sub(noted, data), tuple(places)) if b";base64," in data else (data, ())


def _capture(text: str) -> str:
    """The moment of saving, as SingleFile, the Wayback Machine, HTTrack or archive.today note it in the page."""
    ends = (text[:4000], text[-4000:])
    noted = (end for end in ends if any(note in end for note in _NOTES_OF_SAVING))
    found = next(filter(None, map(_SAVED_AT.search, noted)), None)
    if not found:
        today = _ARCHIVE_TODAY.search(ends[0])
        return normalise_edtf("{}-{}-{}T{}:{}:{}Z".format(*today.groups())) if today else ""
    moment = read_moment(next(filter(None, found.groups())))
    zone = _ZONE.search(found[0])
    return normalise_edtf(moment + zone[1]) if zone and moment.count(":") else moment


def shells_of(page: HtmlPage) -> tuple[str, ...]:
    """The services whose comments the page would have loaded."""
    markup = page.markup.lower()
    return tuple(name for name, signs in _SIGNS.items() if any(sign in markup for sign in signs))


_SIGNS = {name: [sign.encode() for sign in signs] for name, signs in SHELLS.items()}


def _has_posts(markup: bytes) -> bool:
    """True for a page that holds two posts which are named, or to which it links, as the programs of forums do."""
    if len(list(islice(_POST.finditer(markup), 2))) > 1:
        return True
    if not any(address in markup for address in _POST_ADDRESSES):  # which is soon told
        return False
    linked = {found[1] for found in islice(_POST_LINK.finditer(markup), _MOST_LINKS)}
    return len(linked) > 1 and len(linked.intersection(found[1] for found in _PLACE.finditer(markup))) > 1


def _is_forum(root: HtmlElement, url: str, markup: bytes) -> bool:
    """True for a page of a forum: by its address, its program's name, its structured data, or links of its posts."""
    if url and FORUM_URL.search(url):
        return True
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "generator" and FORUM_SIGN.search(meta.get("content") or ""):
            return True
    body = root.find("body")
    for element in (root, body) if body is not None else (root,):
        name = f"{element.get('id') or ''} {element.get('class') or ''}"
        if FORUM_SIGN.search(name) or "forum" in name.lower():
            return True
    if _has_posts(markup):
        return True
    if b"DiscussionForumPosting" not in markup:
        return False
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and "DiscussionForumPosting" in (script.text or "")[:20000]:
            return True
    return bool(root.xpath("boolean(//*[@itemtype='http://schema.org/DiscussionForumPosting'])"))
