"""Texts and articles as hostile as sources can be, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from backfile.model import Article, Comment, Source, Split
from backfile.text import clean_line, clean_text

NASTY = [
    "3. The",
    "3) The",
    "# x",
    "#",
    "*",
    "**a**",
    "_",
    "__a__",
    "a_b_c",
    "<",
    "<b>",
    "<!-- comments -->",
    "<!-- comment x -->",
    "\\<!-- comments -->",
    "<!-- comment",
    "<!-- comment\t",
    "<!-- comments -->\t",
    "&",
    "&amp;",
    "&#35;",
    "{static}/x",
    "{{7*7}}",
    "|filename|x",
    "Slug: ../x",
    "Status: draft",
    "---",
    "===",
    "***",
    "- - -",
    "-- -",
    "+ x",
    "> x",
    "    code",
    "\tcode",
    "```",
    "~~~",
    "[a](b)",
    "[a]: /url",
    "![i](x)",
    "<http://x>",
    "`",
    "\\",
    "a\\",
    "  lead",
    "trail  ",
    '"',
    '"q"',
    "-->",
    "--",
    "a\nb",
    "a\n\nb",
    "😀",
    "مرحبا",
    "\u202eabc",
    "é",
    "e\u0301",
    ";",
    "a;b",
    "King, Jr.",
    "|a|b|\n|-|-|",
]

raw_text = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.one_of(st.sampled_from(list("ab1 \t\n#*_`<>[]()!&;:.,-+=~|\\{}/\"'")), st.characters())),
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=4).map(" ".join),
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=4).map("\n".join),
)
lines = raw_text.map(clean_line)
texts = raw_text.map(lambda text: clean_text(text).strip("\n"))
words = lines.filter(bool)
ids = st.text("abcdefghij-_0123456789", min_size=1, max_size=12)
dates = st.sampled_from(["", "2009", "2009-03", "2009-03-12", "2009-03-12T10:20:00Z", "2009-03~", "1899-12-31"])

parts = st.sampled_from([(), ("body",), ("title", "body", "author-note")])


@st.composite
def comments(draw: st.DrawFn) -> tuple[Comment, ...]:
    names = draw(st.lists(ids, unique=True, max_size=4))
    return tuple(
        Comment(
            id=name,
            body=draw(texts),
            author=draw(lines),
            author_url=draw(lines),
            date=draw(dates),
            parent=draw(st.sampled_from(["", *names])),
            kind=draw(st.sampled_from(["comment", "block", "pingback", "trackback"])),
        )
        if draw(st.integers(0, 5))
        else Comment(id=name, body="", parent=draw(st.sampled_from(["", *names])), removed=draw(words))
        for name in names
    )


@st.composite
def articles(draw: st.DrawFn) -> Article:
    names = st.lists(words, max_size=3).map(tuple)
    return Article(
        id=draw(ids),
        title=draw(words),
        body=draw(texts),
        slug=draw(ids),
        standfirst=draw(texts),
        authors=draw(names),
        author_note=draw(texts),
        published=draw(dates),
        captured=draw(dates),
        section=draw(lines),
        tags=draw(names),
        url=draw(lines),
        comments=draw(comments()),
        split=draw(st.sampled_from([Split(), Split("text", 0.25), Split("alignment", 1.0), Split("source")])),
        sources=tuple(
            draw(
                st.lists(
                    st.builds(Source, st.one_of(words, st.just("(body) x.txt")), st.just("0f" * 32), parts),
                    max_size=2,
                )
            )
        ),
        guessed=draw(st.sampled_from([(), ("title",), ("title", "published")])),
        tool=draw(st.sampled_from(["", "Backfile 0.1.0"])),
        extra=draw(st.sampled_from([(), (("X-Desk", "a: b"), ("Status", "draft"))])),
    )
