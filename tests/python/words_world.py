"""Pages whose words all differ and tell their order, in any markup that a saved article may have."""

from __future__ import annotations

import random
import re

WORD = re.compile(r"[a-z]+\d+q")
_TITLE = "A title of the page"
LAYOUTS = {
    "article": (f"<main><article class='post'><h1>{_TITLE}</h1><div class='entry-content'>", "</div></article></main>"),
    "table": (
        f"<table><tr><td><a href='/x'>Home</a><br><a href='/y'>Links</a></td><td><h1>{_TITLE}</h1>",
        "</td></tr></table>",
    ),
    "bare": (f"<h1>{_TITLE}</h1>", ""),
    "font": (f"<table><tr><td><font face='Arial'><b>{_TITLE}</b><br><br>", "</font></td></tr></table>"),
    "blog": (
        f"<div id='main'><div class='post hentry'><h3 class='entry-title'>{_TITLE}</h3><div class='entry-content'>",
        "</div></div></div>",
    ),
    "boxes": (f"<div class='page'><div class='col-8'><h1>{_TITLE}</h1><div><div>", "</div></div></div></div>"),
}
PARAGRAPHS = {"p": "<p>{}</p>\n", "div": "<div>{}</div>\n", "br": "{}<br><br>\n"}
_PAGE = f"""<!doctype html><html lang="en"><head><title>{_TITLE}</title></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/a">About</a></li></ul></nav></header>%s
<aside class="sidebar"><h3>Latest</h3><ul><li><a href="/1">One story</a></li></ul></aside>
<footer><p>Copyright The Page</p></footer></body></html>"""
_NOUNS = "river market council winter engine garden letter window teacher harbour village doctor bridge kitchen".split()
_STYLES = (
    "a b strong i em span u small sub sup abbr cite code mark s del ins font kbd tt var big strike label time acronym"
    " nobr bdi"
).split()
_EMPTY = "b em strong span a i u".split()
_BLOCKS = "heading list items links quote table pre terms figure details nested box section centred address".split()


class Words:
    """Markup of words that are numbered as they come."""

    styles = _STYLES

    def __init__(self, seed: int, paragraph: str) -> None:
        self.choice = random.Random(seed)
        self.number = 0
        self._paragraph = PARAGRAPHS[paragraph]

    def page(self, layout: str, blocks: int = 12) -> str:
        """A page of a layout, with a text of so many blocks, each of a kind that comes by chance."""
        before, after = LAYOUTS[layout]
        kinds = ["paragraph"] * 8 + _BLOCKS
        inside = "".join(self.block(self.choice.choice(kinds)) for _ in range(blocks))
        return _PAGE % (before + self.block("paragraph") + inside + self.block("paragraph") + after)

    def some(self, least: int, most: int) -> str:
        """Some words."""
        return " ".join(self._word() for _ in range(self.choice.randint(least, most)))

    def line(self) -> str:
        """Words with marks among them, enough for a paragraph that is surely one."""
        return "".join(self._piece(0) for _ in range(4)) + self.some(14, 20) + "."

    def _word(self) -> str:
        self.number += 1
        return f"{self.choice.choice(_NOUNS)}{self.number}q"

    def _piece(self, depth: int) -> str:
        kind = self.choice.random()
        if depth > 2 or kind < 0.4:
            return self.some(3, 9) + self.choice.choice((". ", ", ", " "))
        if kind < 0.5:
            empty = self.choice.choice(_EMPTY)
            return f"<{empty}></{empty}>{self.some(2, 4)} "
        if kind < 0.6:
            return (
                self.some(2, 4)
                + self.choice.choice(("<br>", " <img src='/i.jpg' alt=''> ", "<wbr>"))
                + self.some(2, 4)
                + " "
            )
        style = self.choice.choice(self.styles)
        attribute = {"a": f" href='https://example.org/{self.number}'", "time": " datetime='2009-03-04'"}.get(style, "")
        return f"{self.some(1, 3)} <{style}{attribute}>{self._piece(depth + 1)}</{style}> {self.some(1, 3)} "

    def block(self, kind: str) -> str:
        """A block of a kind."""
        say, line = self.some, self.line
        # One by one: all of a table would number their words.
        match kind:
            case "heading":
                return f"<h{(level := self.choice.randint(2, 4))}>{say(3, 5)}</h{level}><p>{line()}</p>"
            case "list":
                return f"<ul>{''.join(f'<li>{say(2, 9)}</li>' for _ in range(3))}</ul>"
            case "items":
                return f"<ol>{''.join(f'<li>{line()}</li>' for _ in range(3))}</ol>"
            case "links":
                links = (f"<li><a href='https://example.org/{number}'>{say(2, 4)}</a></li>" for number in range(3))
                return f"<p>{say(8, 12)}:</p><ul>{''.join(links)}</ul>"
            case "quote":
                return f"<blockquote><p>{line()}</p><cite>{say(2, 3)}</cite></blockquote>"
            case "table":
                return (
                    f"<table>{''.join(f'<tr><td>{say(2, 3)}</td><td>{say(2, 3)}</td></tr>' for _ in range(3))}</table>"
                )
            case "pre":
                return f"<pre><code>{say(4, 6)}\n  {say(4, 6)}</code></pre>"
            case "terms":
                return f"<dl><dt>{say(1, 2)}</dt><dd>{line()}</dd><dt>{say(1, 2)}</dt><dd>{say(4, 6)}</dd></dl>"
            case "figure":
                image = f"<img src='/f{self.number}.jpg' alt='{say(2, 3)}'>"
                return f"<figure>{image}<figcaption>{say(5, 7)}</figcaption></figure>"
            case "details":
                return f"<details><summary>{say(3, 5)}</summary><p>{line()}</p></details>"
            case "nested":
                inner = f"<li>{say(3, 5)}<ul><li>{say(3, 5)}</li><li>{say(3, 5)}</li></ul></li>"
                return f"<ul>{inner}<li>{say(2, 4)}</li></ul>"
            case "box":
                return f"<div><p>{line()}</p></div>"
            case "section":
                return f"<section><h3>{say(3, 4)}</h3><p>{line()}</p></section>"
            case "centred":
                return f"<center>{say(5, 7)}</center>"
            case "address":
                return f"<address>{say(4, 6)}</address>"
        return self._paragraph.format(line())
