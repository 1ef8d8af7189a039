"""WordPress's own markup in texts: shortcodes, block comments, and paragraphs told by blank lines."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

_PRE = re.compile(r"<(pre|script|style|textarea)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_MORE = re.compile(r"<!--\s*(?:more\b[^<>]{0,200}|nextpage\s*)-->")
_BLOCK = (
    "address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li"
    "|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_STARTS_BLOCK = re.compile(rf"\s*</?(?:{_BLOCK})\b", re.IGNORECASE)
_HAS_PARAGRAPHS = re.compile(r"<p[\s>]", re.IGNORECASE)
_BEFORE_BLOCK = re.compile(rf"\n[ \t]*(?=</?(?:{_BLOCK})\b)", re.IGNORECASE)
_AFTER_BLOCK = re.compile(rf"(</(?:{_BLOCK})\s*>|<hr\b[^<>]*>)[ \t]*\n", re.IGNORECASE)
_BREAK = re.compile(r"(?:<br\b[^<>]*>[ \t]*)?\n", re.IGNORECASE)
_ENDS_PARAGRAPH = re.compile(r"</p\s*>\s*\Z", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_IMAGE = re.compile(r"<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
"""What of a captioned image comes before the words of its caption, which may have marks and links of their own."""
_LONE_URL = re.compile(r"^[ \t]*(https?://\S+)[ \t]*$", re.MULTILINE)
_CODE = re.compile(
    r"\[(?P<escaped>\[)?(?P<name>caption|wp_caption|gallery|embed|youtube|vimeo|audio|video|playlist|soundcloud|googlevideo"
    r"|dailymotion|more|nextpage|code|sourcecode|quote|spoiler)\b(?P<attributes>[^\[\]]{0,2000})\]"
    r"(?:(?P<content>(?:(?!\[/?(?P=name)\b).){0,20000}?)\[/(?P=name)\])?\]?",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_URL = re.compile(r"https?://[^\s\"'<>\[\]]+")


def expand(text: str, gallery: Callable[[str], str] | None = None) -> str:
    """The HTML that WordPress would have shown: paragraphs made, captions, galleries and embeds as plain HTML.

    `gallery` gives the HTML for the numbers of a gallery. Media that are not in the export become a
    labelled line; shortcodes that are not known stay as they are written.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = "<!-- wp:" in text
    # Within a paragraph that is marked up, a comment ends nothing.
    marked_up = blocks or bool(_HAS_PARAGRAPHS.search(text))
    text = _COMMENT.sub("" if marked_up else "\n\n", _MORE.sub(" " if marked_up else "\n\n", text))
    text = _CODE.sub(partial(_shown, gallery), text)
    text = _LONE_URL.sub(lambda line: f"<p>{_link(line[1])}</p>", text)
    return text if blocks else with_paragraphs(text)


def _shown(gallery: Callable[[str], str] | None, code: re.Match[str]) -> str:
    name = code["name"].lower()
    attributes = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(code["attributes"])}
    content = code["content"] or ""
    if code["escaped"]:
        return code[0][1:]
    if name in ("caption", "wp_caption"):
        shown = _IMAGE.search(content)
        end = shown.end() if shown else content.rfind(">") + 1
        image, words = (content, attributes["caption"]) if attributes.get("caption") else (content[:end], content[end:])
        return f"<figure>{image}<figcaption>{words.strip()}</figcaption></figure>"
    if name == "gallery":
        return (
            f"\n\n{gallery(attributes.get('ids') or attributes.get('include', ''))}\n\n"
            if gallery
            else "<p>[Gallery]</p>"
        )
    if name in ("more", "nextpage"):
        return ""
    if name in ("code", "sourcecode"):
        return f"<pre><code>{html.escape(html.unescape(content.strip(chr(10))), quote=False)}</code></pre>"
    if name in ("quote", "spoiler"):
        return f"<blockquote>{content}</blockquote>"
    found = _URL.search(content) or _URL.search(code["attributes"])
    return f"<p>{_link(found[0], name.title())}</p>" if found else f"<p>[{name.title()}]</p>"


def _link(url: str, label: str = "") -> str:
    shown = f"{label}: {url}" if label and label != "Embed" else url
    try:
        host = urlsplit(url).hostname
    except ValueError:  # a bracket that is no address
        host = None
    return f'<a href="{html.escape(url)}">{html.escape(shown)}</a>' if host else html.escape(shown)


def with_paragraphs(text: str) -> str:
    """Paragraphs for blank lines and breaks for others, outside of preformatted text and blocks.

    A line on which a block begins or ends is one for itself, so paragraphs that are marked up may stand among others.
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n\ue000{len(kept) - 1}\ue001\n\n"

    parts: list[str] = []
    text = _PRE.sub(keep, text.replace("\ue000", "").replace("\ue001", ""))
    text = _AFTER_BLOCK.sub(r"\1\n\n", _BEFORE_BLOCK.sub("\n\n", text))
    for part in _BLANK_LINES.split(text):
        part = part.strip("\n")
        held = re.fullmatch(r"\s*\ue000(\d+)\ue001\s*", part)
        if held:
            parts.append(kept[int(held[1])])
        elif part.strip():
            parts.append(part if _STARTS_BLOCK.match(part) else _paragraph(part))
    return "\n".join(parts)


def _paragraph(part: str) -> str:
    """A paragraph of what stands between blank lines; one that was begun before may end in it."""
    return f"<p>{_BREAK.sub('<br>', _ENDS_PARAGRAPH.sub('', part))}</p>"
