"""Sound and film that a text shows, maps and charts in frames: of each a link to it stays, since nothing is loaded.

A frame may hold anything. Believed are those that lead to a player by its address, or that may fill the screen; what
is named as advertising, as a button or as comments is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from backfile.importer.html.links import safe_url
from backfile.text import clean_line

MEDIA = frozenset(
    "iframe audio video object embed"
    " lite-youtube lite-vimeo amp-youtube amp-vimeo amp-iframe amp-video amp-audio".split()
)
"""Elements that play or show something, or have a copy of themselves in one another."""
MARK = "https://medium.invalid/medium.png"
"""The address of an image that keeps the place of one while a text is extracted: its words are in `alt` and `title`."""

_ADDRESSES = (
    "src",
    "data",
    "data-src",
    "data-lazy-src",
    "data-litespeed-src",
    "data-cookieblock-src",
    "data-src-cmplz",
)
_MOVIES = frozenset({"movie", "src", "url", "filename", "file"})
_NUMBERS = {"youtube": "https://www.youtube.com/embed/{}", "vimeo": "https://player.vimeo.com/video/{}"}
_KNOWN = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?|vimeo|soundcloud|dailymotion|spotify|bandcamp|mixcloud)\.com$", re.IGNORECASE
)
_YOUTUBE = re.compile(r"(?:^|\.)youtube(?:-nocookie)?\.com$", re.IGNORECASE)
_YOUTUBE_PATH = re.compile(r"/(?:embed|v)/([\w-]{6,20})(?:[/&].*)?$")
_VIMEO_PATH = re.compile(r"/video/(\d{1,15})$")
_SOUND = re.compile(
    r"soundcloud|mixcloud|bandcamp|spotify|podcast|audio|radio|podbean|libsyn|megaphone\.fm|simplecast|spreaker|buzzsprout",
    re.IGNORECASE,
)
_FILM = re.compile(
    r"youtu|vimeo|video|dailymotion|brightcove|jwplatform|jwplayer|kaltura|wistia|rutube|youku|bilibili|nicovideo|twitch|vine\.co"
    r"|\bted\.com|film|movie|\btv\b|\.swf$",
    re.IGNORECASE,
)
_MAP = re.compile(r"/maps?\b|\bmaps?[./]|openstreetmap|umap\.", re.IGNORECASE)
_PLAYER = re.compile(
    r"embed|player|video|audio|podcast|iframe-?api|/maps?\b|soundcloud|mixcloud|datawrapper|infogram|flourish|tableau"
    r"|documentcloud|scribd|slideshare|issuu|storify|googlefusion|docs\.google|giphy|gfycat|streamable|thinglink|timeline"
    r"|jwplatform|wistia|plugins/(?:video|post)\.php",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"doubleclick|googlesyndication|googletag|google_ads|adservice|adserver|(?:^|[/._&?=-])(?:ads?|advert\w*|banner\w*|sponsor\w*)"
    r"(?:[/._&?=-]|$)|amazon-adsystem|outbrain|taboola|recaptcha|disqus|comment|plugins/(?:like|follow|page|share|activity|fan)"
    r"|\blike(?:s|box)?\b|follow_button|share|tweet_button|gplus|googleplus|newsletter|subscri|signup|consent|login|connect"
    r"|tracking|pixel|analytics|gravatar|addthis|about:|javascript:",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:youtube|vimeo|soundcloud|spotify|dailymotion|facebook)?[\s-]*+(?:video|media|audio)?[\s-]*+(?:embed(?:ded)?)?[\s-]*+"
    r"(?:content|player|iframe|video)?",
    re.IGNORECASE,
)
_MOST_PARTS, _MOST_BOXES, _LONGEST_TITLE = 40, 4, 200
_SECRET = re.compile(r"/embed/?#\?secret=.*$")

Attributes = Mapping[str, Any]


class Medium(NamedTuple):
    """What stays of sound, film or a frame: words, and where it was."""

    words: str
    url: str


def medium_of(parts: Iterable[tuple[str, Attributes]], base: str) -> Medium | None:
    """What an element shows, by the names and attributes of itself and of what is in it; None where that is nothing."""
    known = list(islice(parts, _MOST_PARTS))
    name, attributes = known[0]
    if _is_hidden(attributes):
        return None
    addresses = (safe_url(address, base) for address in _addresses(known) if not address.startswith("data:"))
    url = next(filter(None, addresses), "")
    if not url or (name not in ("audio", "video") and not _is_shown(known, url)):
        return None
    title = clean_line(attributes.get("title") or attributes.get("aria-label") or "")[:_LONGEST_TITLE]
    url = _page_of(url)
    return Medium(f"{_kind(name, url)}: {url if _NO_TITLE.fullmatch(title) else title}", url)


def mark_media(root: HtmlElement, base: str) -> None:
    """Puts an image in the place of each, so that it comes through whatever extracts the text."""
    for element in [part for part in root.iter(*MEDIA) if next(part.iterancestors(*MEDIA), None) is None]:
        medium = medium_of(((part.tag, part.attrib) for part in element.iter("*")), base)
        if medium is None:
            continue
        image = element.makeelement("img", {"src": MARK, "alt": medium.words, "title": medium.url})
        image.tail, element.tail = element.tail, None
        _free_of_names(element)
        element.getparent().replace(element, image)


def _free_of_names(element: HtmlElement) -> None:
    """Takes the names off the boxes that hold nothing but a medium and its caption: an extraction drops "embeds"."""
    for box in islice(element.iterancestors(), _MOST_BOXES):
        if box.tag not in ("div", "figure", "p", "span") or len(box) > 2 or (box.text or "").strip():
            break
        if any(part.tag != "figcaption" and part.text_content().strip() for part in box if part is not element):
            break
        box.attrib.pop("class", None)
        box.attrib.pop("id", None)


def _addresses(parts: Sequence[tuple[str, Attributes]]) -> Iterable[str]:
    """Where it may be: what the element says itself, then what it has in it."""
    for name, attributes in parts:
        number = attributes.get("videoid") or attributes.get("data-videoid") or ""
        if "-" in name and re.fullmatch(r"[\w-]{1,20}", number):
            yield _NUMBERS[name.rsplit("-", 1)[1]].format(number) if name.rsplit("-", 1)[1] in _NUMBERS else ""
        if name == "param" and attributes.get("name", "").lower() in _MOVIES:
            yield attributes.get("value", "")
        if name in MEDIA or name == "source":
            yield from (attributes[one].strip() for one in _ADDRESSES if attributes.get(one))
    if parts[0][0] in ("audio", "video"):
        yield from (attributes.get("href", "") for name, attributes in parts if name == "a")


def _is_shown(parts: Sequence[tuple[str, Attributes]], url: str) -> bool:
    """True for a frame or an object that readers would have looked at as a part of the text."""
    _, attributes = parts[0]
    address = urlsplit(url)
    if _KNOWN.search(address.hostname or ""):
        return True
    said = " ".join((address.netloc + address.path, *(attributes.get(name, "") for name in ("id", "class", "name"))))
    if _FURNITURE.search(said):
        return False
    return "allowfullscreen" in attributes or any(sign.search(url) for sign in (_PLAYER, _FILM, _SOUND))


def _is_hidden(attributes: Attributes) -> bool:
    style = attributes.get("style", "").replace(" ", "").lower()
    sides = (attributes.get(side, "").strip().removesuffix("px") for side in ("width", "height"))
    return any(side in ("0", "1") for side in sides) or "display:none" in style or "visibility:hidden" in style


def _page_of(url: str) -> str:
    """The page on which a film can be seen by itself, where that is told from the address of its player."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _YOUTUBE.search(host) and (found := _YOUTUBE_PATH.search(parts.path)) and found[1] != "videoseries":
        start = parse_qs(parts.query).get("start", [""])[0]
        return f"https://www.youtube.com/watch?v={found[1]}" + (f"&t={start}s" if start.isdecimal() else "")
    if host == "player.vimeo.com" and (found := _VIMEO_PATH.search(parts.path)) and "h=" not in parts.query:
        return f"https://vimeo.com/{found[1]}"
    return _SECRET.sub("/", url)  # of a page that WordPress embeds in another


def _kind(name: str, url: str) -> str:
    if name.endswith("audio") or (_SOUND.search(url) and not name.endswith("video")):
        return "Audio"
    if name.endswith("video") or _FILM.search(url):
        return "Video"
    return "Map" if _MAP.search(url) else "Embedded"
