"""The images of one text: each is looked for, and shown from the archive or by a label that says it is not there.

Before the text is made, `mark` gives each image of the markup a number in place of its address, so that it
comes through whatever extracts the text; what is not part of the text is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4.element import Tag
from lxml.html import HtmlElement

from backfile.disk import is_full
from backfile.importer import limits
from backfile.importer.html.dropping import drop_tags, drop_trees
from backfile.importer.html.links import commonmark_target, safe_url
from backfile.importer.images.beside import Finder, Nowhere
from backfile.importer.images.furniture import SMILEY, is_dot, is_furniture
from backfile.importer.images.image import FOLDER, Image, Origin, take
from backfile.importer.images.placeholder import placeholder
from backfile.markdown import escape_text
from backfile.model import Comment
from backfile.text import clean_line

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-orig-src", "data-lazy", "data-url", "data-hi-res-src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_ADDRESSES = frozenset((*_LAZY, *_SETS))
_NO_IMAGE = re.compile(
    r"(?:blank|transparent|placeholder|spacer|pixel|loading|lazy|1x1|gr[ae]y)[\w.-]{0,80}\.(?:gif|png|svg|jpe?g)$",
    re.IGNORECASE,
)
_COPY = "data-without-scripts"
"""Ours, for the address of the same image in `noscript`."""
_BETWEEN = re.compile(r"(?<=[wx]),\s*|,\s+")
_LONGEST_SET = 20_000
_LONGEST_ALT = 500
_NUMBER = re.compile(r"https://image\.invalid/(\d{1,9})\.png")
_EMBEDDED = re.compile(r"data:,(\d{1,9})")
_SHARED = re.compile(r"var\(--sf-img-(\d{1,6})\)")
_IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Marked:
    """An image of the markup: its attributes, the `srcset`s that stand for it, and where a link on it leads."""

    attributes: dict[str, str]
    sets: tuple[str, ...]
    link: str


class Pictures:
    """Shows the images of one text.

    `embedded` are those that stand in the page itself, `shared` the numbers of those among them that
    SingleFile names in its style sheet; `images` are those found so far.
    """

    def __init__(
        self,
        finder: Finder | None = None,
        base: str = "",
        *,
        embedded: Sequence[Origin] = (),
        shared: dict[str, int] | None = None,
    ) -> None:
        self._finder = finder or Nowhere()
        self._base = base
        self._embedded = embedded
        self._shared = shared or {}
        self._marked: list[_Marked] = []
        self._said: set[str] = set()  # in any attribute of these
        self._taken: dict[int, Image | None] = {}
        self._count = 0

    def mark(self, root: HtmlElement) -> None:
        """Numbers the images below an element; smileys become their words, dots that count readers go."""
        _name_images(root)
        beside = _beside_scripts(root)
        without_scripts = {image for part in root.iter("noscript") for image in part.iter("img")}
        gone, words = [], []
        for element in root.iter("img"):
            attributes = dict(element.items())
            if copy := beside.get(element):
                attributes[_COPY] = copy
            copied = element in without_scripts and self._is_marked(attributes.get("src", ""))
            if copied or is_dot(attributes):
                gone.append(element)
            elif not SMILEY.isdisjoint(attributes.get("class", "").lower().split()):
                element.text = clean_line(attributes.get("alt", ""))
                words.append(element)
            else:
                for name in _ADDRESSES.intersection(attributes):
                    del element.attrib[name]
                element.attrib["src"] = f"https://image.invalid/{len(self._marked)}.png"
                self._note(_marked(element, attributes))
        drop_trees(root, gone)
        drop_tags(root, words)
        for caption in root.iter("figcaption"):
            caption.tag = "div" if len(caption) and caption.find(".//p") is not None else "p"

    def show(self, tag: Tag, alt: str, link: str = "") -> str | None:
        """CommonMark for an image that was marked, in `link` when it stands in one; empty for any other."""
        found = _NUMBER.fullmatch(str(tag.get("src", "")))
        return self._shown(int(found[1]), alt, link) if found and int(found[1]) < len(self._marked) else ""

    def show_of_reader(self, tag: Tag, alt: str, link: str = "") -> str | None:
        """The same for an image of a reader's comment, which needs no mark; None where its words say what it is.

        So do those of smileys, of readers' own pictures, and of what adorns a comment.
        """
        attributes = {name: str(value) for name, value in tag.attrs.items()}
        parents = [parent for parent in tag.parents if isinstance(parent, Tag)]
        if is_furniture(attributes, (str(parent.get("class", "")) for parent in parents[:2])):
            return None
        source = attributes.get("src", "")
        if any(parent.name == "noscript" for parent in parents) and self._is_marked(source):
            return ""
        around = [parent for parent in parents[:1] if parent.name == "picture"]
        others = [str(one.get(name, "")) for beside in around for one in beside.find_all("source") for name in _SETS]
        sets = [attributes.get(name, "") for name in _SETS] + others
        self._note(_Marked(attributes, tuple(filter(None, sets)), link if _names_image(link) else ""))
        return self._shown(len(self._marked) - 1, alt, link)

    def _is_marked(self, source: str) -> bool:
        """True for the address of an image before; in `noscript` stands its copy for readers without scripts."""
        return bool(source) and source in self._said

    def _note(self, marked: _Marked) -> None:
        self._marked.append(marked)
        self._said.update(marked.attributes.values())

    def _shown(self, number: int, alt: str, link: str) -> str:
        alt = clean_line(alt)[:_LONGEST_ALT]
        addresses = tuple(dict.fromkeys(filter(None, self._addresses(self._marked[number]))))
        image = self._take(number, addresses)
        if image is None:
            url = next((url for address in addresses if (url := self._web(address))), "")
            return placeholder(alt or _name_of(url), link or url)
        words = re.sub(r"(?<!\\)([\[\]])", r"\\\1", escape_text(alt)) if alt else ""
        shown = f"![{words}]({{static}}/{image.path})"
        return f"[{shown}]({commonmark_target(link)})" if link and not _names_image(link) else shown

    def images_in(self, text: str) -> tuple[Image, ...]:
        """The images that a finished text shows, in the order of their first place in the markup."""
        shown = {image.path: image for image in self._taken.values() if image and f"/{image.path})" in text}
        return tuple(shown.values())

    def _take(self, number: int, addresses: Sequence[str]) -> Image | None:
        if number not in self._taken:
            origins = map(self._origin, addresses) if self._count < limits.current.images else ()
            self._taken[number] = next((image for origin in origins if origin and (image := _taken(origin))), None)
            self._count += self._taken[number] is not None
        return self._taken[number]

    def _origin(self, address: str) -> Origin | None:
        if embedded := _EMBEDDED.fullmatch(address):
            number = int(embedded[1])
            return self._embedded[number] if number < len(self._embedded) else None
        return None if address.startswith("data:") else self._finder.find(address, safe_url(address, self._base))

    def _addresses(self, marked: _Marked) -> Iterator[str]:
        """Where an image may be found: what the page was saved with, what a script would have loaded, the rest."""
        source = marked.attributes.get("src", "").strip()
        if shared := _SHARED.search(marked.attributes.get("style", "")):
            source = f"data:,{self._shared[shared[1]]}" if shared[1] in self._shared else source
        if "://" not in source and not source.startswith("data:image"):
            yield source
        yield from (marked.attributes.get(name, "").strip() for name in _LAZY)
        yield from (address for one in marked.sets for address in _of_set(one))
        copy = marked.attributes.get(_COPY, "").strip()
        yield from (copy, source) if _keeps_place(source) else (source, copy)
        yield marked.link

    def _web(self, address: str) -> str:
        """Where an image was on the web; a folder that a browser made when it saved the page was never there."""
        first = address.removeprefix("./").split("/")[0]
        is_saved = "/" in address and first.endswith(("_files", "_fichiers", "-Dateien", "_archivos", ".files"))
        return "" if address.startswith("data:") or is_saved else safe_url(address, self._base)


def _name_images(root: HtmlElement) -> None:
    """Calls the images of AMP pages what they are, where no script has put such into them."""
    for element in list(root.iter("amp-img", "amp-anim")):
        if element.find(".//img") is None:
            element.tag = "img"
            for child in reversed(element):
                element.addnext(child)


def _beside_scripts(root: HtmlElement) -> dict[HtmlElement, str]:
    """Where the copies for readers without scripts are, by the images they stand for; one standing alone gets free."""
    found: dict[HtmlElement, str] = {}
    before: HtmlElement | None = None
    for part in list(root.iter("img", "noscript")):
        if part.tag == "img":
            before = before if next(part.iterancestors("noscript"), None) is not None else part
            continue
        copies = list(part.iter("img"))
        if len(copies) != 1 or _is_unseen(copies[0]):
            continue
        beside = [one for near in (part.getprevious(), part.getnext()) if near is not None for one in near.iter("img")]
        alike = before is not None and before.get("alt") == copies[0].get("alt") and _keeps_place(before.get("src"))
        if len(beside) == 1 or (alike and not beside):
            found[beside[0] if beside else before] = copies[0].get("src", "")
        elif not beside and next(part.iterancestors("a", "li", "aside", "nav"), None) is None:
            part.tag = "span"
    return found


def _keeps_place(source: str | None) -> bool:
    """True for the address of what is shown until a script has loaded the image."""
    return not source or source.startswith("data:") or bool(_NO_IMAGE.search(source))


def _is_unseen(image: HtmlElement) -> bool:
    """True for an image that counts readers."""
    return is_dot(image.attrib) or "none" in image.get("style", "").partition("display")[2][:8]


def _marked(element: HtmlElement, attributes: dict[str, str]) -> _Marked:
    """What there is to know of an image; the link on a small one often leads to the large."""
    sets = [attributes[name] for name in _SETS if name in attributes]
    parent = element.getparent()
    if parent is not None and parent.tag == "picture":
        sets += [other.get(name) or "" for other in parent.iterchildren("source") for name in _SETS]
    link = (parent.get("href") or "") if parent is not None and parent.tag == "a" else ""
    return _Marked(attributes, tuple(filter(None, sets)), link if _names_image(link) else "")


def _taken(origin: Origin) -> Image | None:
    try:
        return take(origin)[0]
    except (OSError, ValueError) as error:
        if is_full(error):  # nothing is said of the image: what it lies in could not be unpacked
            raise
        return None


def _of_set(text: str) -> list[str]:
    """The addresses of a `srcset`, the largest first."""
    found: list[tuple[int, str]] = []
    for part in _BETWEEN.split(text[:_LONGEST_SET]):
        address, *sizes = part.split() or [""]
        size = re.match(r"\d{1,6}", sizes[0]) if sizes else None
        found.append((int(size[0]) if size else 1, address.strip(",")))
    return [address for _, address in sorted(found, key=lambda one: -one[0])][:6]


def _names_image(address: str) -> bool:
    try:
        return bool(address) and bool(_IMAGE_NAME.search(urlsplit(address).path))
    except ValueError:
        return False


def _name_of(url: str) -> str:
    return clean_line(unquote(PurePosixPath(urlsplit(url).path).name))[:80] if url else ""


def images_of(body: str, pictures: Pictures, comments: Iterable[Comment], of_readers: Pictures) -> tuple[Image, ...]:
    """The images that a finished article shows, and those that only its comments show."""
    said = "\n".join(comment.body for comment in comments if FOLDER in comment.body)
    own = pictures.images_in(body)
    known = {image.path for image in own}
    return (*own, *(image for image in of_readers.images_in(said) if image.path not in known))


def image_lines(images: Sequence[Image]) -> tuple[tuple[str, str], ...]:
    """What a content file says of the images it shows."""
    return tuple(("Image", image.line) for image in images if image.path.startswith(FOLDER))
