"""When an article was published and changed last: what its page declares, else what it shows, as a guess."""

from __future__ import annotations

from collections.abc import Collection

from lxml.html import HtmlElement

from backfile.dates import parse_edtf
from backfile.importer.html.byline import line_below_text
from backfile.importer.html.dateline import shown_dateline
from backfile.importer.html.jsonld import Node, text_of
from backfile.importer.html.page import HtmlPage
from backfile.importer.html.shown import shown_change
from backfile.importer.moments import date_in_address, month_leads, read_moment

_PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "originalpublicationdate",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "publishdate",
    "publish-date",
    "publication_date",
    "published",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "date.created",
    "cxenseparse:recs:publishtime",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "dcterms.modified",
    "datemodified",
    "last-modified",
    "lastmod",
)
_LOOSE = ("dc.date", "dcterms.date", "date", "pubdate", "created", "last-modified-date")
"""What many write with the day on which the page was sent."""
_DECLARED_TIMES = (
    "//time[@pubdate or @itemprop='datePublished' or contains(@class,'published')]|//*[@itemprop='datePublished']"
    "|//abbr[contains(@class,'published')]|//*[contains(@class,'entry-date') or contains(@class,'post-date')]"
)
_TIMES = _DECLARED_TIMES.replace("//", ".//") + "|.//time"


def published_on(
    page: HtmlPage,
    article: Node,
    meta: dict[str, list[str]],
    address: str,
    heading: HtmlElement | None,
    comments: Collection[HtmlElement],
) -> tuple[str, bool]:
    """The date of publication, and whether it is a guess."""
    published = _moment(text_of(article.get("datePublished"))) or _first_moment(meta, _PUBLISHED)
    published = published or _moment(text_of(article.get("dateCreated"))) or _loose_date(meta, address)
    if published:
        return published, False
    published = _guessed_date(page, address, heading, comments)
    return published, bool(published)


def modified_on(
    page: HtmlPage, article: Node, meta: dict[str, list[str]], published: str, comments: Collection[HtmlElement]
) -> str:
    """The date of the last change, where it is not that of publication."""
    modified = _moment(text_of(article.get("dateModified"))) or _first_moment(meta, _MODIFIED)
    if (not modified or modified == published) and (b"odified" in page.markup or b"updated" in page.markup):
        change = _moment(shown_change(page.root, comments))
        modified = change if published and change[:10] > published[:10] else modified
    return "" if modified == published else modified


def _first_moment(meta: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((moment for name in names for text in meta.get(name, ())[:1] if (moment := _moment(text))), "")


def _loose_date(meta: dict[str, list[str]], address: str) -> str:
    """A date of which is not said what it is of; none where the address tells an earlier one."""
    date = _first_moment(meta, _LOOSE)
    addressed = date_in_address(address)
    return "" if addressed and date[: len(addressed)] > addressed else date


def _moment(text: str) -> str:
    """EDTF of a declared date; midnight with no seconds told apart stays a day."""
    moment = read_moment(text) if text else ""
    parsed = parse_edtf(moment)
    if parsed and parsed.hour == 0 and parsed.minute == 0 and not parsed.second and not parsed.offset:
        return moment.split("T")[0]  # a date that a program wrote as a time
    return moment


def _guessed_date(page: HtmlPage, address: str, heading: HtmlElement | None, comments: Collection[HtmlElement]) -> str:
    """The date that the page shows, or that of its address where it shows another, or none."""
    shown = _shown_date(page)
    line = ""
    if not shown and not page.forum:
        line = shown_dateline(page.root, heading, comments) or line_below_text(
            page.root, heading, page.markup, comments
        )
    if line:
        shown = read_moment(line, month_leads=month_leads([line], page.language))
    addressed = date_in_address(address)
    if not shown.startswith(addressed):
        return addressed
    return shown.rstrip("?~") if len(addressed) == len("2012-05-04") else shown


def _shown_date(page: HtmlPage) -> str:
    """The date that the markup shows beside the only first-level heading, or as that of the page's entry."""
    headings = page.root.findall(".//h1")
    article = next(headings[0].iterancestors("article", "main"), None) if len(headings) == 1 else None
    found = article.xpath(_TIMES) if article is not None else page.root.xpath(_DECLARED_TIMES)
    days = set()
    for element in found[:3]:
        inner = element if element.tag == "time" else element.find(".//time[@datetime]")
        text = (inner.get("datetime") if inner is not None else "") or element.get("datetime") or ""
        text = text or element.get("content") or element.get("title") or ""
        text = text or element.text_content()[:100]
        if moment := read_moment(text, month_leads=month_leads([text], page.language)):
            if article is not None:
                return moment
            days.add(moment)
    return days.pop() if len(days) == 1 else ""
