r"""Formulas of a page as TeX between `\(` and `\)`, those of a line of their own between `\[` and `\]`.

MathJax keeps the TeX in a script, and puts what it drew beside it; KaTeX keeps it in MathML, and hides that. What was
drawn says the same once more, in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from backfile.importer.html.dropping import drop_trees


def write_formulas(root: HtmlElement) -> None:
    """Writes as words the formulas that scripts draw, and takes away what was drawn of them."""
    drawn_twice: list[HtmlElement] = []
    for script in list(root.iter("script")):
        kind, _, mode = (script.get("type") or "").lower().partition(";")
        if kind.strip() == "math/tex":
            drawn_twice += _drawn(script)
            _write(script, display="display" in mode)
    for formula in list(root.iter("math")):
        around = formula.getparent()
        if around is not None and "katex-mathml" in _classes(around):
            drawn = around.getnext()
            if drawn is not None and "katex-html" in _classes(drawn):
                drawn_twice.append(drawn)
    drop_trees(root, drawn_twice)


def _drawn(script: HtmlElement) -> Iterator[HtmlElement]:
    for before in script.itersiblings(preceding=True):
        if not any(name.startswith(("MathJax", "mjx")) for name in _classes(before)):
            break
        yield before


def _write(script: HtmlElement, *, display: bool) -> None:
    formula = (script.text or "").removeprefix("% <![CDATA[").removesuffix("%]]>").strip()
    script.tag = "span"
    script.attrib.clear()
    script.text = rf"\[{formula}\]" if display else rf"\({formula}\)" if formula else ""


def _classes(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").split()
