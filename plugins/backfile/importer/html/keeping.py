"""Says in plain elements what an extraction of an article's text would lose, before it is asked.

It knows paragraphs, lists, quotations, code and tables of words. What it takes out with its words (the reading
above Japanese characters, the writer below a quotation, a list in a table), or joins (the stanzas of a poem), is put
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from lxml.html import HtmlElement

from backfile.importer.html.commonmark import QUOTED
from backfile.importer.html.dropping import drop_tags
from backfile.importer.html.gaps import PROSE, letters_in
from backfile.importer.html.grids import LONGEST_CELL

_INLINE = tuple("a abbr b big cite code del em font i ins kbd mark s small span strike strong sub sup tt u var".split())
_BLOCKS = frozenset("p div ul ol li dl dt dd h1 h2 h3 h4 h5 h6 blockquote".split())
_FRAMED = 1_000
_FIELDS = ("input", "select", "textarea", "button")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
EMPTY_LINE, _NUMBER = "\ufdd0", "\ufdd1"
"""Stand between breaks, and round the number of an item; no text holds them, since Unicode has no such characters."""
_NUMBERED = re.compile(rf"\s*{_NUMBER}(\d{{1,8}}){_NUMBER}")


def keep_words(root: HtmlElement) -> None:
    """Changes a tree so that all words of its text come through.

    What of its elements says True is to leave its words only.
    """
    _unframe(root)
    _drop_labels(root)
    _drop_empty(root)
    for name, keep in _KEPT.items():
        # What has no parent went with what stood round it.
        found = [element for element in list(root.iter(name)) if element.getparent() is not None and keep(element)]
        drop_tags(root, found)


def _unframe(root: HtmlElement) -> None:
    """Makes boxes of tables that are there for the layout: an extraction takes tables out of their cells."""
    for cell in root.xpath("//td[p or br or table or div]"):
        if cell.tag != "td" or len(letters_in(cell)) < _FRAMED:
            continue  # short, or a box already with the others of its table
        table = next(cell.iterancestors("table"), None)
        if table is None:
            continue
        table.tag = "div"
        for part in table.iterchildren("tbody", "tr", "thead", "tfoot"):
            for row in (part, *part.iterchildren("tr")):
                row.tag = "div"
                for one in row.iterchildren("td", "th"):
                    one.tag = "div"


def _drop_labels(root: HtmlElement) -> None:
    """Takes labels off words in a line of text, where there is no field that they belong to."""
    is_text: dict[HtmlElement, bool] = {}
    found = []
    for label in root.iter("label"):
        line = next((one for one in label.iterancestors() if one.tag in _BLOCKS), None)
        if line is not None and line not in is_text:
            has_field = next(line.iter(*_FIELDS), None) is not None
            is_text[line] = not has_field and (line.tag != "div" or len(letters_in(line)) >= PROSE)
        if line is not None and is_text[line]:
            found.append(label)
    drop_tags(root, found)


def _drop_empty(root: HtmlElement) -> None:
    """Takes out marks of nothing (`<em></em>`, an anchor): an extraction takes the words behind them out as well."""
    drop_tags(root, [part for part in root.iter(*_INLINE) if not len(part) and not (part.text or "").strip()])


def _keep_lines(pre: HtmlElement) -> None:
    """Makes code of preformatted text, of which an extraction makes a quotation in one line."""
    for line in pre.iter("br"):
        line.tail = f"\n{line.tail or ''}"
    drop_tags(pre, pre.iter("br"))
    if "\n" not in "".join(pre.itertext()).strip() or pre.find(".//code") is not None:
        return
    code = pre.makeelement("code")
    code.text, pre.text = pre.text, None
    code.extend(list(pre))
    pre.append(code)


def _keep_reading(ruby: HtmlElement) -> bool:
    """Puts the reading of characters behind them, in brackets."""
    bare = ruby.find(".//rp") is None
    for part in ruby.iter("rt") if bare else ():
        part.text = f"({part.text or ''}"
        _say_after(part, ")")
    drop_tags(ruby, ruby.iter("rt", "rp", "rtc"))
    return True


def _say_after(element: HtmlElement, words: str) -> None:
    """Ends the text of an element with some words."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _keep_marks(q: HtmlElement) -> bool:
    """Writes the quotation marks that a browser shows; an extraction would make a paragraph of each quotation."""
    if any(part.tag in _BLOCKS for part in q.iter()):
        return False  # a box that looks like a quotation
    if not QUOTED.match("".join(q.itertext())):
        q.text = f"“{q.text or ''}"
        _say_after(q, "”")
    return True


def _keep_summary(summary: HtmlElement) -> None:
    """Keeps the line by which a part of the text unfolds."""
    parent = summary.getparent()
    if parent is not None and parent.tag == "details" and not any(part.tag in _BLOCKS for part in summary.iter()):
        summary.tag, parent.tag = "p", "div"


def _keep_formula(math: HtmlElement) -> bool:
    """Keeps the signs of a formula that is not told as TeX, too."""
    if math.get("alttext") or math.find(".//annotation") is not None:
        return False
    drop_tags(math, math.iterdescendants())
    return True


def _keep_writer(footer: HtmlElement) -> None:
    """Keeps who is quoted, below the quotation."""
    parent = footer.getparent()
    if parent is not None and parent.tag == "blockquote":
        footer.tag = "p" if footer.find(".//p") is None else "div"


def _keep_label(button: HtmlElement) -> bool:
    """Keeps the words of a heading that unfolds what is below it."""
    parent = button.getparent()
    return parent is not None and parent.tag in _HEADINGS and button.get("type", "").lower() != "submit"


def _keep_stanzas(paragraph: HtmlElement) -> None:
    """Marks empty lines that a paragraph shows: of several breaks in a row an extraction leaves one."""
    for one, other in pairwise(list(paragraph)):
        if one.tag == other.tag == "br" and not (one.tail or "").strip():
            one.tail = EMPTY_LINE


def _keep_numbers(items: HtmlElement) -> None:
    """Marks the items that do not have the number of their place: an extraction forgets it."""
    begin = items.get("start", "")
    for place, item in enumerate(items.iterchildren("li")):
        number = (item.get("value") or ("" if place else begin)).strip()
        if number.isascii() and number.isdecimal() and len(number) < 9 and number != "1":
            item.text = f"{_NUMBER}{number}{_NUMBER}{item.text or ''}"


def kept(element: HtmlElement) -> None:
    """Makes of the marks in an element of an extracted text what they stand for."""
    if element.tail and EMPTY_LINE in element.tail:
        element.tail = element.tail.replace(EMPTY_LINE, "")
    if element.text and _NUMBER in element.text and (found := _NUMBERED.match(element.text)):
        element.text = element.text[found.end() :]
        item = next((one for one in (element, *element.iterancestors()) if one.tag in ("li", "item")), None)
        if item is not None:
            item.set("value", found[1])


def _keep_lists(table: HtmlElement) -> None:
    """Keeps the lists in the cells of a table of words; where one holds more, it is there for the layout."""
    cells = list(table.iter("td", "th"))
    if len(table.findall(".//tr")) < 2 or table.find(".//table") is not None or table.find(".//li") is None:
        return
    if any(len("".join(cell.itertext())) >= LONGEST_CELL for cell in cells) or table.find(".//li//img") is not None:
        return
    for cell in (cell for cell in cells if cell.find(".//li") is not None):
        for item in cell.iter("li"):
            item.text = f"• {(item.text or '').lstrip()}"
        for part in cell.iter(*_BLOCKS):
            part.text, part.tail = f" {part.text or ''}", f" {part.tail or ''}"
        drop_tags(cell, cell.iter(*_BLOCKS))


_KEPT: dict[str, Callable[[HtmlElement], bool | None]] = {
    "pre": _keep_lines,
    "ruby": _keep_reading,
    "q": _keep_marks,
    "summary": _keep_summary,
    "math": _keep_formula,
    "footer": _keep_writer,
    "button": _keep_label,
    "p": _keep_stanzas,
    "table": _keep_lists,
    "ol": _keep_numbers,
}
