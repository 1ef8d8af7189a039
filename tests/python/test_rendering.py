"""Rendering CommonMark, besides what `test_hostile` and `test_contentfile` ask of it."""

import subprocess
import sys

import pytest
from cmarkgfm import markdown_to_html
from hypothesis import given
from hypothesis import strategies as st

from backfile import markdown

GROWTH = """
import resource
from backfile.markdown import render
text = "A *word* and another.\\n\\n" * 1_000
render(text)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for _ in range(3_000):
    render(text)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_rendering_keeps_nothing_of_what_it_has_rendered():
    done = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20_000  # KiB; the HTML of all of them has 100,000


@pytest.mark.parametrize(
    "text", ["", "plain", "*a*\n\n- b\n- c", "a\0b", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")]
)
def test_the_html_is_that_of_the_library(text):
    assert markdown._commonmark_to_html(text) == markdown_to_html(text)


PIECES = st.sampled_from(
    [
        *'*_`[<>!)"é\\\n ',
        "](",
        "\n\n",
        "\u00a0",
        "\u200b",
        "&amp;",
        "&#60;",
        "&#1;",
        "```\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "<b>",
        "</p>",
        "<!-- x -->",
        "word",
        "~~",
        "http://x.example",
        "javascript:x",
        '![a>b](x "t>u")',
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_the_words_of_a_text_are_those_of_the_page_made_of_it(text):
    assert markdown.plain_text(text) == markdown.html_text(markdown.render(text))


SPOKEN = st.lists(
    st.one_of(
        st.text(),
        st.sampled_from(
            [*"&<>\"'\n \u00a0\ufeff\u2028\x0c\x85", "word", "\\\n", "\n\n", "&quot;", "&lt;", "&NewLine;"]
        ),
    )
).map("".join)


@given(SPOKEN)
def test_plain_paragraphs_are_what_the_sanitiser_makes_of_them(text):
    rendered, plain = markdown._rendered(text)
    if plain:
        assert markdown.render(text) == markdown.sanitise(rendered)
        assert markdown.plain_text(text) == markdown.html_text(rendered)


EVERYDAY = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *"#>+-=!|:;()'1.)$%@^{} \"\t\v\x1c\u2003\u2028\u00ad\ufeff",
                "www.x.example",
                "http://x.example",
                "1. ",
                "é",
            ]
        ),
        st.sampled_from(["word", "A", " ", "\n\n", "\n"]),
        st.characters(exclude_characters="\\`*_[]<>&~"),
    ),
    min_size=1,
).map("".join)


@given(EVERYDAY)
def test_characters_that_mean_themselves_are_what_the_library_makes_of_them(text):
    if markdown._WORDS.fullmatch(text):
        rendered, _ = markdown._rendered(text)
        assert markdown.render(text) == markdown.sanitise(rendered)
        assert markdown.plain_text(text) == markdown.html_text(rendered)


@pytest.mark.parametrize("text", ["a", 'He said: "Gone!"\n\nläuft - 1. #x\n', "www.x.example (e = 2)", "😀"])
def test_what_most_people_write_means_itself(text):
    assert markdown._WORDS.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["", "1. a", "- a", "a\nb", "a\n\n- b", "a ", " a", "# a", "a\n===", "a_b", "a\n\n\nb", "~~~", "a\u00a0b"]
)
def test_what_the_library_has_to_see_does_not(text):
    assert not markdown._WORDS.fullmatch(text)


@pytest.mark.parametrize("text", ["a", "a & b < c \"d\" 'e'\\\nf\n\nläuft", 'He said: "Gone."'])
def test_what_most_people_write_is_plain(text):
    assert markdown._rendered(text)[1]


@pytest.mark.parametrize("text", ["*a*", "# a", "[a](https://x.example)", "<b>a</b>", "a\u00a0b", "&#60;", ""])
def test_what_the_sanitiser_has_to_see_is_not(text):
    assert not markdown._rendered(text)[1]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("It cost ~~ten~~ twenty.", "<p>It cost <s>ten</s> twenty.</p>\n"),
        ("~~*all* of\n[it](https://x.example)~~", None),
        ("some ~ten, \\~~ and ~~ here", "<p>some ~ten, ~~ and ~~ here</p>\n"),
        ("`~~code~~`", "<p><code>~~code~~</code></p>\n"),
    ],
)
def test_words_between_two_tildes_are_struck(text, html):
    rendered = markdown.render(text)
    assert rendered == html if html else rendered.startswith("<p><s><em>all</em> of")
    assert markdown.plain_text(text) == markdown.html_text(rendered)


@pytest.mark.parametrize("mark", ["<b>html</b>", "~~gone~~"])
@pytest.mark.parametrize("depth", [*range(1, 40), 300])
@pytest.mark.parametrize("container", ["> ", "- ", "1. "])
def test_no_word_is_lost_in_lists_and_quotations_within_each_other(container, depth, mark):
    text = "\n".join(
        " " * len(container) * level * (container != "> ")
        + container * (level if container == "> " else 1)
        + f"x{level}"
        for level in range(1, depth + 1)
    )
    words = markdown.plain_text(f"{mark}\n\n{text}").split()
    assert [word for word in words if word.startswith("x")] == [f"x{level}" for level in range(1, depth + 1)]
