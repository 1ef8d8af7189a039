"""HTML becomes CommonMark that says the same and nothing more."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backfile.importer.html.fragment import html_to_commonmark, text_to_commonmark
from backfile.importer.html.links import safe_url
from backfile.markdown import plain_text, render
from backfile.text import clean_text
from growth import MOST, growth

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=40)
TAGS = st.sampled_from(
    ["b", "i", "code", "p", "div", "blockquote", "li", "h2", "pre", "a", "td", "span", "cite", "del"]
)


def fragments() -> st.SearchStrategy[str]:
    leaf = TEXTS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
    return st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=3).flatmap(
            lambda parts: TAGS.map(lambda tag: f"<{tag} href='https://ok.example/'>{''.join(parts)}</{tag}>")
        ),
        max_leaves=6,
    )


def words(text: str) -> str:
    return re.sub(r"[\s|]+", "", text)


@pytest.mark.parametrize(
    ("markup", "commonmark"),
    [
        ("a<br>b<br><br>c", "a\\\nb\n\nc"),
        ("<p>1. x</p><p># y</p><p>- z</p>", "1\\. x\n\n\\# y\n\n\\- z"),
        ("<b> x </b>y", "**x** y"),
        ("<h2>#</h2><h2>C#</h2><h3>x \\#</h3>", "## \\#\n\n## C\\#\n\n### x \\\\\\#"),
        ("<i>\u20ac<b>:</b></i>", "\u20ac:"),
        ("<i><code>a<b>b</b></code>c</i>", "`a`b*c*"),
        ("10<sup>6</sup> and 10<SUB class=x>2</SUB>", "10⁶ and 10₂"),
        ("in 1986<sup id=r><a href='#n'>12</a></sup>", "in 1986¹²"),
        ("3<sup>1</sup>/2, m<sup>2</sup>, CO<sub>2</sub>, 1<sup>st</sup>", "3¹/2, m², CO2, 1st"),
        ("10<sup>-6</sup>, 10<sup>&minus;3</sup>, <i>x</i><sup>2</sup>", "10⁻⁶, 10⁻³, *x*²"),
        ("the end.<sup>2, 3</sup> (<sup>4</sup>) <sup>5</sup>", "the end.², ³ (4) 5"),
        (
            "<del>ten</del> <ins>twenty</ins> <s>no</s>body <strike> wept </strike>now",
            "~~ten~~ twenty ~~no~~body ~~wept~~ now",
        ),
        ("a<del>b</del>c <b>x</b><del>y <b>z</b></del>", "a~~b~~c **x**~~y **z**~~"),
        ("a<del><b>b</b> c</del>d r<del>“e”</del>r <del>f~</del>", "a~~b c~~d r“e”r f~"),
        ("<del>a<br>b<br><br>c</del>d", "~~a\\\nb~~\n\n~~c~~d"),
        ("<a href='https://ok.example/'>a <del>b</del></a>", "[a](https://ok.example/) ~~[b](https://ok.example/)~~"),
        ("<code>a</code><del><code>b</code></del>c ~~d~~ ~~~", "`a`~~b~~c \\~~d\\~~ \\~\\~~"),
        ("<del><p>a</p><p>b <b>c</b></p> d</del><p>e</p>", "~~a~~\n\n~~b **c**~~\n\n~~d~~\n\ne"),
        ("<p>one<wbr>two <b>b</b> c<p>d<wbr/>e<p>f", "onetwo **b** c\n\nde\n\nf"),
        ("<ul><li>a<WBR class=x>b<li>c<wbr>d</ul>e", "- ab\n- cd\n\ne"),
        ("<h2>a <s>b</s></h2><ul><s><li>c</s></ul>", "## a ~~b~~\n\n- ~~c~~"),
        ('foo<b>"bar"</b>baz', 'foo"bar"baz'),
        ("hey!<a href='https://ok.example/'>x</a>", "hey\\![x](https://ok.example/)"),
        ("<a href='javascript:x'>x</a> <a href='//evil'>y</a>", "x y"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n\n- b\n\n  - c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<blockquote><cite>Ann wrote:</cite>hi</blockquote>", "> Ann wrote:\n>\n> hi"),
        ("<pre>a\n  ```\n</pre>", "````\na\n  ```\n````"),
        ("<code>a`b</code>", "``a`b``"),
        ("<script>x</script><style>y</style>z", "z"),
        ("<img src=x alt=':-)'>", ":-)"),
        ("<table><tr><td>a<td>b</table>", "a | b"),
        ("&lt;script&gt;", "\\<script>"),
    ],
)
def test_markup_is_written_as(markup, commonmark):
    assert html_to_commonmark(markup) == commonmark


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(fragments())
def test_the_words_stay_and_nothing_else_comes(markup):
    converted = html_to_commonmark(markup)
    shown = words(plain_text(converted))
    text = re.sub(r"<[^>]*>", "", markup).replace("&lt;", "<").replace("&amp;", "&")
    assert shown == words(clean_text(text))


@given(TEXTS)
def test_plain_text_reads_back_as_it_was(text):
    assert words(plain_text(text_to_commonmark(text))) == words(clean_text(text))


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 5_000 + "x", "<b>" * 50_000 + "x", "<a href='" * 20_000, "[" * 20_000, "<blockquote>" * 3_000 + "x"],
)
def test_deep_and_broken_markup_is_read_without_harm(markup):
    render(html_to_commonmark(markup))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil",
        "http://[x",
        "http://a\u200b.b",
        "http:",
        "x" * 3000,
    ],
)
def test_an_address_that_is_not_plainly_a_link_is_none(address):
    assert safe_url(address) == ""


def test_addresses_become_absolute_and_lose_the_archive_they_were_saved_from():
    assert safe_url("../b?x=1#y", "https://ok.example/a/c") == "https://ok.example/b?x=1#y"
    assert safe_url("/web/20110106023242/http://ok.example/", "https://web.archive.org/x") == "http://ok.example/"


@pytest.mark.parametrize("tag", ["<embed src='a.swf'>", "<source src='a'>", "<track>", "<wbr>", "<keygen>"])
def test_what_follows_an_element_without_an_end_is_not_its_content(tag):
    assert html_to_commonmark(f"<div><p>One.</p>{tag}two <b>three</b><p>Four.</p></div>five") == (
        "One.\n\ntwo **three**\n\nFour.\n\nfive"
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<ul>Bare<li>one</li>between<li>two</li></ul>", "- Bare\n- one\n- between\n- two"),
        ("<ul><script>alert(1)</script><style>p</style><li>one</li></ul>", "- one"),
        ("<ol start='5'><li>five</li><li>six</li><li value='9'>nine</li></ol>", "5. five\n6. six\n9. nine"),
        ("<ol start='-3'><li>a</li></ol>", "1. a"),
        ("<ol start='99999999999'><li>a</li></ol>", "1. a"),
        ("<table><tr><th></th><th>2010</th><th>2011</th></tr><tr><td>Boats</td><td></td><td>7</td><td></td></tr></table>",
         "|  | 2010 | 2011 |\n| --- | --- | --- |\n| Boats |  | 7 |"),
        ("<table><tr><td></td><td>b</td></tr></table>", "b"),
        ("<pre>a<br>b<br>  c</pre>", "```\na\nb\n  c\n```"),
        ("<pre><div>a</div><div>b</div></pre>", "```\na\nb\n```"),
        ("<p>so <math><mi>x</mi><mo>=</mo><mn>2</mn></math> holds</p>", "so x=2 holds"),
        ("<p><math alttext='x^2'><mi>x</mi></math></p>", "x^2"),
        ("<p><math><mi>x</mi><annotation encoding='application/x-tex'>\\sqrt x</annotation></math></p>", "\\\\sqrt x"),
    ],
)  # fmt: skip
def test_what_lists_tables_lines_and_formulas_say_stays(markup, text):
    assert html_to_commonmark(markup) == text


@pytest.mark.parametrize(
    "one", ["x<br>", "<b><br></b><i><br></i>", "<span>x </span>", "x <q>y</q>", "<s>x</s> y!", "!<a href=y>x</a>"]
)
def test_a_paragraph_of_many_pieces_costs_no_more_than_its_size(one):
    assert growth(lambda number: html_to_commonmark(f"<p>{one * number}x</p>"), 4000, 32_000) < MOST
