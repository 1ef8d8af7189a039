"""CommonMark in and out: plain text written so that it reads back as it was, and safe rendering.

Rendering is cmark with raw HTML off, then nh3 as the last step. Of what others have added to CommonMark two things are
known: `~~struck~~`, since words that an article took back must not read as if they stood, and tables, whose columns say
what their numbers are. Escaping is the inverse: whatever plain text goes through `escape_text` comes back unchanged
from `plain_text`.
"""

from __future__ import annotations

import ctypes
import functools
import html
import re
import sys
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import TYPE_CHECKING

import nh3
from cmarkgfm import _cmark

from backfile.tables import may_hold_table, use_tables, without_empty_heads
from backfile.text import clean_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

ALLOWED_TAGS = frozenset(
    "a abbr b blockquote br cite code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins"
    " li ol p pre q s small strong sub sup table tbody td th thead tr u ul".split()
)
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
URL_SCHEMES = frozenset({"http", "https", "mailto"})

_OMITTED = "<!-- raw HTML omitted -->"
_STROKE = "~~"
# What cmark would take for markup anywhere in a line. `[` is safe where its `]` cannot open a target.
_INLINE = re.compile(
    r"[\\`*]"
    r"|~(?=~)"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is already plain
    r"|](?=[(\[:])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w{1,32};)"
)
_MARK = re.compile(r"[\\`*_\]<&~]")
"""Every match of that begins with one of these; most lines hold none."""
# What cmark would take for a block at the start of a line.
_BLOCK = re.compile(
    r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+\s*$|(?=[|:\s]*-)[-|:][-|:\s]*$|~~~)|(?P<number>\d{1,9})(?P<after>[.)])(?=\s|$)"
)
_EDGE = re.compile(r"^[ \t]|[ \t]$")
_BLANKS = ("", " ", "\t")
_BREAK = re.compile(r"<br ?/?>\n?")
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|pre|td|th|dt|dd|figcaption)>|<hr ?/?>")
_CELL_END = re.compile(r"</t[dh]>\n<t[dh][^>]*>")
_TAG = re.compile(r"<[^>]*>")
_PARAGRAPHS = re.compile(
    r"(?:<p>(?!\s|<br)(?:[^<>&\xa0\r\0]++|<br />\n(?!\s|</p>)|&(?:amp|lt|gt|quot);)++(?<!\s)</p>\n)++"
)
"""What most texts are: paragraphs of words, with nothing in them that a sanitiser would take away."""
_WORD = r"[^\\`*_\[\]<>&~\0-\x1f\x7f-\xa0\ud800-\udfff\ufeff]"
_LINE = rf"(?![#+\-=~\s\d]){_WORD}++(?<!\s)"
_WORDS = re.compile(rf"{_LINE}(?:\n\n{_LINE})*+\n?")
"""Paragraphs of one line each, of characters that mean themselves in CommonMark and in HTML: most comments are."""
_CONTAINER = re.compile(r"<(?P<closes>/?)(?:blockquote|ul|ol|li)\b[^>]*>")
_DEEPEST = 100
_NESTED = 18
"""Containers in each other of which the slower renderer renders all; with blocks in them it takes twenty levels."""
_LINK_OR_IMAGE = re.compile(r'<a |</a>|<img src="(?P<src>[^"]*)" alt="(?P<alt>[^"]*)"[^>]*>')
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|//")


def escape_text(text: str) -> str:
    """CommonMark for one paragraph of plain text; `plain_text` gives the same text back.

    A newline becomes a hard line break; blanks at the ends of a line are written as entities. The text
    must be clean (`backfile.text.clean_text`) and not empty.
    """
    return "\\\n".join(_escape_line(line) for line in text.split("\n"))


def _escape_line(line: str) -> str:
    if start := _BLOCK.match(line):
        line = _escape_block(line, start)
    elif _MARK.search(line):
        line = _INLINE.sub(r"\\\g<0>", line)
    if line[:1] in _BLANKS or line[-1:] in _BLANKS:
        line = _EDGE.sub(lambda blank: f"&#{ord(blank[0])};", line)
    return line


def _escape_block(line: str, start: re.Match[str]) -> str:
    """Escapes the first character that makes a block, or the full stop of a list number."""
    at = start.start("after") if start["number"] else 0
    return line[:at] + "\\" + line[at] + _INLINE.sub(r"\\\g<0>", line[at + 1 :])


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """CommonMark for paragraphs of plain text, a blank line between them."""
    return "\n\n".join(escape_text(paragraph) for paragraph in paragraphs if paragraph.strip())


@functools.cache
def _literal_renderer() -> MarkdownIt:
    """The slower renderer for the few texts with raw HTML, which it shows as text, struck words or tables in them."""
    from markdown_it import MarkdownIt  # a large module that few texts need

    return use_tables(MarkdownIt("commonmark", {"html": False}).enable("strikethrough"))


def render(commonmark: str) -> str:
    """Safe HTML for CommonMark: only `ALLOWED_TAGS`, no scripts, ids, classes or styles.

    Raw HTML in the text is shown as text. The result may be marked safe in a template.
    """
    if _WORDS.fullmatch(commonmark):
        return "<p>" + commonmark.removesuffix("\n").replace("\n\n", "</p>\n<p>") + "</p>\n"
    rendered, plain = _rendered(commonmark)
    if plain:  # what the sanitiser would give, so a property test says
        return rendered.replace("<br />", "<br>").replace("&quot;", '"')
    return sanitise(rendered)


def _rendered(commonmark: str) -> tuple[str, bool]:
    """The HTML before its last step, which takes as long as all others and changes no word; whether it is plain
    paragraphs (`_PARAGRAPHS`)."""
    rendered = _commonmark_to_html(commonmark)
    beyond = _STROKE in commonmark or may_hold_table(commonmark)
    if "&#" not in commonmark and not beyond and _PARAGRAPHS.fullmatch(rendered):
        return rendered, True
    if beyond or _OMITTED in rendered:
        rendered = _literally(commonmark, rendered)
    if sum(map(rendered.count, ("<blockquote", "<ul", "<ol"))) > _DEEPEST:
        rendered = _shallow(rendered)
    if "<img " in rendered:
        rendered = _without_foreign_images(rendered)
    if ' href="//' in rendered:  # from a USB stick that would be a machine of the local network
        rendered = rendered.replace(' href="//', ' href="https://')
    if "&#" in commonmark:  # by number any character can be written
        rendered = clean_text(rendered)
    return rendered, False


def _literally(commonmark: str, rendered: str) -> str:
    """HTML of a text with raw HTML, struck words or tables in it; `rendered` is what cmark makes of it."""
    if _depth(rendered) <= _NESTED:
        return without_empty_heads(str(_literal_renderer().render(commonmark)))
    # What is deeper it would leave out. Code shows the backslashes; but all words are there.
    return _commonmark_to_html(commonmark.replace("<", "\\<"))


def depth_of(commonmark: str) -> int:
    """How many quotations, lists and items stand in each other in a text."""
    return _depth(_commonmark_to_html(commonmark))


def _depth(rendered: str) -> int:
    """How many quotations, lists and items stand in each other."""
    return max(accumulate(-1 if tag["closes"] else 1 for tag in _CONTAINER.finditer(rendered)), default=0)


def _commonmark_to_html(text: str) -> str:
    """As `cmarkgfm.markdown_to_html`, which never frees what the C library made: hundreds of megabytes in the end."""
    data = text.encode("utf-8")
    made = _cmark.lib.cmark_markdown_to_html(data, len(data), _cmark.lib.CMARK_OPT_VALIDATE_UTF8)
    try:
        return str(_cmark.ffi.string(made).decode("utf-8"))
    finally:
        _free()(int(_cmark.ffi.cast("uintptr_t", made)))


@functools.cache
def _free() -> Callable[[int], object]:
    """The C library's `free`; on Windows, where a package may have a C library of its own, nothing is freed."""
    if sys.platform == "win32":
        return lambda _: None
    free = ctypes.CDLL(None).free
    free.argtypes, free.restype = [ctypes.c_void_p], None
    return free


def _without_foreign_images(rendered: str) -> str:
    """The HTML with links to images that are elsewhere in their place: a page loads nothing from strangers."""
    inside = False

    def shown(found: re.Match[str]) -> str:
        nonlocal inside
        if found["src"] is None:
            inside = found[0] != "</a>"
            return found[0]
        if found["src"] and not _ELSEWHERE.match(found["src"]):
            return found[0]
        if not found["src"]:  # cmark takes away what it does not trust
            return found["alt"]
        words = found["alt"] or found["src"]
        return words if inside else f'<a href="{found["src"]}">{words}</a>'

    return _LINK_OR_IMAGE.sub(shown, rendered)


def _shallow(rendered: str) -> str:
    """The same with quotations and lists no deeper than `_DEEPEST`: the sanitiser looks through all that are open."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        depth += not tag["closes"]
        shown = tag[0] if depth <= _DEEPEST else ""
        depth -= bool(tag["closes"])
        return shown

    return _CONTAINER.sub(kept, rendered)


@functools.cache
def _cleaner() -> nh3.Cleaner:
    """Made once: making it costs ten times what using it does."""
    return nh3.Cleaner(
        tags=set(ALLOWED_TAGS),
        attributes={tag: set(names) for tag, names in ALLOWED_ATTRIBUTES.items()},
        url_schemes=set(URL_SCHEMES),
        link_rel="nofollow ugc noopener noreferrer",
    )


def sanitise(fragment: str) -> str:
    """The last step for any HTML that reaches a page: allowed elements, attributes and schemes only."""
    return _cleaner().clean(fragment)


def plain_text(commonmark: str) -> str:
    """The words of a CommonMark text as a reader sees them: a newline after each block, a tab between two cells."""
    if _WORDS.fullmatch(commonmark):
        return commonmark.removesuffix("\n").replace("\n\n", "\n")
    rendered, plain = _rendered(commonmark)
    if not plain:
        return html_text(rendered)
    text = rendered[len("<p>") : -len("</p>\n")].replace("</p>\n<p>", "\n").replace("<br />\n", "\n")
    return _plain_entities(text) if "&" in text else text


def _plain_entities(text: str) -> str:
    """The text with the four entities that `_PARAGRAPHS` lets through as the characters that they are."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def paragraphs_of(commonmark: str) -> list[str]:
    """The blocks of a CommonMark text as plain paragraphs, empty ones left out."""
    return [block for block in _blocks(render(commonmark)) if block.strip()]


def html_text(fragment: str) -> str:
    """The words of HTML that `render` made: a newline after each block, a tab between two cells."""
    return "\n".join(_blocks(fragment)).strip("\n")


def _blocks(fragment: str) -> list[str]:
    if "</t" in fragment:
        fragment = _CELL_END.sub("\t", fragment)
    # Newlines between blocks are the renderer's; those inside one are kept until tags are gone.
    parts = _BLOCK_END.split(_BREAK.sub("\n", fragment))
    return [html.unescape(_TAG.sub("", part).strip("\n")) for part in parts if part.strip("\n")]
