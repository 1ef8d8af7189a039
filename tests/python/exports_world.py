"""Texts as programs export them, of numbered words: with the paragraphs, shortcodes and blocks of WordPress."""

from __future__ import annotations

from words_world import Words

PARTS = (
    "lines breaks marked list items quote caption captions unknown code spoken rule more heading box inline pre crossed"
    " table terms embed details begun nested definition centred poem closed mixed sourcecode"
).split()
_BLOCKS = (
    "paragraph list quote image heading code preformatted verse table columns group pullquote more freeform".split()
)


class Post(Words):
    """Texts of posts and of their comments, whose words are numbered as they come."""

    def classic(self, count: int) -> str:
        """A text as people typed it: blank lines and breaks, marks and blocks among them, shortcodes."""
        parts = [self.part(self.choice.choice(PARTS)) for _ in range(count)]
        return "".join(part + self.choice.choice(("\n\n", "\n\n", "\r\n\r\n", "\n \n", "\n")) for part in parts)

    def line(self) -> str:
        """Words with marks among them; nothing runs two of them together."""
        return super().line().replace("<wbr>", " ")

    def blocks(self, count: int) -> str:
        """A text of the block editor."""
        return "\n\n".join(self._of_editor(self.choice.choice(_BLOCKS)) for _ in range(count))

    def typed(self, count: int) -> str:
        """Paragraphs, lists and quotations as they are typed where nothing but breaks and marks is known."""
        kinds = ("lines", "breaks", "list", "quote", "heading", "table", "pre")
        return "\n\n".join(self.part(self.choice.choice(kinds)) for _ in range(count))

    def marked(self, count: int) -> str:
        """Blocks of HTML."""
        return "\n".join(self.part(self.choice.choice(("marked", "nested", "table", "heading"))) for _ in range(count))

    def markdown(self) -> str:
        """Blocks of Markdown, with HTML among them."""
        say = self.some
        parts = [
            say(3, 9),
            f"## {say(2, 3)}",
            f"> {say(3, 5)}\n> {say(2, 3)}\n>\n> {say(2, 3)}",
            f"* {say(2, 3)}\n* {say(2, 3)}\n    1. {say(2, 3)}\n\n       {say(2, 3)}",
            f"**{say(1, 2)}** _{say(1, 2)}_ `{say(1, 2)}` [{say(1, 2)}](/x) ~~{say(1, 2)}~~",
            f"| {say(1, 2)} | {say(1, 2)} |\n|---|---|\n| {say(1, 2)} | **{say(1, 2)}** |",
            f"```\n{say(2, 3)}\n\n{say(2, 3)}\n```",
            f"{say(2, 3)}\n===",
            f"<div>\n{say(2, 3)}\n</div>",
            f"{say(2, 3)}[^1]\n\n[^1]: {say(3, 5)}",
            f"![{say(1, 2)}](/a.png)",
            self.marked(2),
        ]
        self.choice.shuffle(parts)
        return "\n\n".join(parts)

    def part(self, kind: str) -> str:
        """A part of such a text."""
        say, line = self.some, self.line
        match kind:
            case "breaks":
                return f"{say(3, 9)}\n{say(3, 9)}<br />\n{say(3, 9)}"
            case "marked":
                return f"<p>{say(3, 9)}</p>\n<p class='x'>{say(3, 9)}</p>"
            case "list":
                return (
                    f"{say(3, 5)}\n<ul>\n"
                    + "".join(f"<li>{say(2, 5)}</li>\n" for _ in range(3))
                    + f"</ul>\n{say(3, 5)}"
                )
            case "items":
                return "<ol>" + "\n\n".join(f"<li>{say(2, 5)}\n\n{say(2, 5)}</li>" for _ in range(3)) + "</ol>"
            case "quote":
                return f"<blockquote>{say(3, 9)}\n\n{say(3, 9)}</blockquote>\n{say(3, 9)}"
            case "caption":
                image = f"<img src='/b.jpg' alt='{say(1, 2)}' />"
                return f"[caption id='a' align='left']{image} {say(3, 5)}[/caption] {say(3, 5)}"
            case "captions":
                link = f"<a href='/b.html'><img src='/b.jpg' alt='{say(1, 2)}' /></a>"
                return f"{say(3, 5)}[caption]{link}<em>{say(2, 3)}</em> {say(1, 2)}[/caption]\n{say(3, 5)}"
            case "unknown":
                return f"[box style='{self.number}']{say(3, 9)}[/box]\n[dropcap]{say(1, 1)}[/dropcap] {say(2, 3)}"
            case "code":
                return f"[code lang='c']{say(2, 3)} &lt; {say(2, 3)}\n\n  {say(2, 3)}[/code]\n{say(2, 3)}"
            case "sourcecode":
                return f"[sourcecode]\nif (<b>{say(1, 1)}</b>) {say(2, 3)}\n[/sourcecode]"
            case "spoken":
                return f"[quote]{say(3, 9)}\n\n{say(3, 9)}[/quote] {say(3, 5)}"
            case "rule":
                return f"{say(3, 5)}\n<hr />\n{say(3, 5)}"
            case "more":
                return f"{say(3, 5)}<!--more {self.number}-->{say(3, 5)}\n<!--nextpage-->\n{say(3, 5)}"
            case "heading":
                return f"<h3>{say(3, 5)}</h3>\n{say(3, 5)}\n<h4>{say(3, 5)}</h4>{say(3, 5)}"
            case "box":
                return f"<div>\n{say(3, 5)}\n\n{say(3, 5)}\n</div>\n<div>{say(3, 5)}</div>"
            case "inline":
                return f"{say(2, 3)} <div>{say(2, 3)}</div> {say(2, 3)}\n{line()}"
            case "pre":
                return f"<pre>{say(2, 3)}\n\n{say(2, 3)}</pre>\n{say(2, 3)}"
            case "crossed":
                return f"<b>{say(2, 3)}\n\n{say(2, 3)}</b> {say(2, 3)}\n\n<a href='/x'>{say(2, 3)}\n\n{say(2, 3)}</a>"
            case "table":
                rows = "".join(
                    f"<tr>\n<td>{say(2, 3)}</td>\n<td>{say(1, 2)}\n\n{say(1, 2)}</td>\n</tr>\n" for _ in range(2)
                )
                return f"<table>\n<tbody>\n{rows}</tbody>\n</table>"
            case "terms":
                return f"<dl>\n<dt>{say(1, 2)}</dt>\n<dd>{say(3, 5)}\n\n{say(3, 5)}</dd>\n</dl>"
            case "embed":
                url = f"https://www.youtube.com/watch?v={self.number}"
                shown = f"{say(2, 3)}\n{url}\n{say(2, 3)} [youtube {url}] {say(2, 3)}"
                return f"{shown}\n\n[embed]{url}[/embed]\n\n[gallery]\n{say(1, 2)}"
            case "details":
                return f"<details><summary>{say(2, 3)}</summary>\n\n{say(3, 5)}\n\n{say(3, 5)}</details>"
            case "begun":
                return f"<p>{say(3, 5)}\n\n{say(3, 5)}\n\n<p>{say(3, 5)}"
            case "closed":
                return f"{say(3, 5)}</p>\n\n{say(3, 5)}</div>\n\n{say(2, 3)}</b></li>"
            case "nested":
                return f"<ul>\n<li>{say(2, 3)}\n<ul>\n<li>{say(2, 3)}</li>\n</ul>\n</li>\n<li>{say(2, 3)}</li>\n</ul>"
            case "definition":
                return f"<abbr title='x'>{say(1, 1)}</abbr> {say(2, 3)} 3 < 4 {say(2, 3)} & {say(1, 2)} <3 {say(1, 2)}"
            case "centred":
                return f"<center><img src='/c.png' alt='{say(1, 2)}'></center>\n<center>{say(2, 3)}</center>{say(2, 3)}"
            case "poem":
                return f"<p style='x'>{say(2, 3)}\n{say(2, 3)}\n{say(2, 3)}</p>"
            case "mixed":
                return f"<p>{say(2, 3)}</p>{say(2, 3)}\n{say(2, 3)}<p>{say(2, 3)}</p>"
        return "\n\n".join(line() for _ in range(2))

    def _of_editor(self, kind: str) -> str:
        say, line = self.some, self.line
        match kind:
            case "list":
                items = "".join(
                    f"<!-- wp:list-item -->\n<li>{say(2, 5)}</li>\n<!-- /wp:list-item -->" for _ in range(3)
                )
                inside = f"<ul>{items}</ul>"
            case "quote":
                inner = f"<!-- wp:paragraph -->\n<p>{line()}</p>\n<!-- /wp:paragraph -->"
                inside = f"<blockquote class='wp-block-quote'>{inner}<cite>{say(2, 3)}</cite></blockquote>"
            case "image":
                inner = f"<img src='/a.jpg' alt='{say(1, 2)}'/><figcaption>{say(3, 5)}</figcaption>"
                inside = f"<figure class='wp-block-image'>{inner}</figure>"
            case "heading":
                inside = f"<h2>{say(3, 5)}</h2>"
            case "code":
                inside = f"<pre class='wp-block-code'><code>{say(2, 3)}\n\n{say(2, 3)}</code></pre>"
            case "preformatted":
                inside = f"<pre class='wp-block-preformatted'>{say(2, 3)}<br>{say(2, 3)}</pre>"
            case "verse":
                inside = f"<pre class='wp-block-verse'>{say(2, 3)}\n<em>{say(2, 3)}</em></pre>"
            case "table":
                rows = "".join(f"<tr><td>{say(1, 3)}</td><td>{say(1, 3)}</td></tr>" for _ in range(2))
                inner = f"<table><tbody>{rows}</tbody></table><figcaption>{say(2, 3)}</figcaption>"
                inside = f"<figure class='wp-block-table'>{inner}</figure>"
            case "columns":
                inner = "".join(
                    f"<!-- wp:column -->\n<div class='wp-block-column'><p>{line()}</p></div>\n<!-- /wp:column -->"
                    for _ in range(2)
                )
                inside = f"<div class='wp-block-columns'>{inner}</div>"
            case "group":
                inner = f"<!-- wp:paragraph -->\n<p>{say(3, 9)}</p>\n<!-- /wp:paragraph -->"
                inside = f"<div class='wp-block-group'>{inner}</div>"
            case "pullquote":
                inner = f"<blockquote><p>{say(3, 9)}</p><cite>{say(1, 2)}</cite></blockquote>"
                inside = f"<figure class='wp-block-pullquote'>{inner}</figure>"
            case "more":
                inside = "<!--more-->"
            case "freeform":
                return self.classic(2)
            case _:
                inside = f"<p>{line()}</p>"
        return f'<!-- wp:{kind} {{"id":{self.choice.randint(1, 9)}}} -->\n{inside}\n<!-- /wp:{kind} -->'
