"""WordPress's own paragraphs: blank lines and line ends mean what WordPress shows for them, beside markup too."""

from __future__ import annotations

import pytest

from backfile.importer.html.fragment import html_to_commonmark
from backfile.importer.shortcodes import expand

STARS = '<p style="text-align: center;">* * *</p>'


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            f"First.\n\nSecond.\n\n{STARS}\n\nThird.\n\nFourth line a\nline b",
            "First.\n\nSecond.\n\n\\* \\* \\*\n\nThird.\n\nFourth line a\\\nline b",
        ),
        (f"First.\n{STARS}\nSecond a\nb", "First.\n\n\\* \\* \\*\n\nSecond a\\\nb"),
        ("<h2>Head</h2>\nLine a\nline b", "## Head\n\nLine a\\\nline b"),
        ("<p>a</p>\n<hr />\nLine a\nline b", "a\n\n* * *\n\nLine a\\\nline b"),
        ("<p>A\n\nB\nC</p>\n\nD", "A\n\nB\\\nC\n\nD"),
        ("<div>\n<p>In</p>\nLine a\nline b\n</div>\nAfter", "In\n\nLine a\\\nline b\n\nAfter"),
        ("Line a<br />\nline b", "Line a\\\nline b"),
    ],
)
def test_paragraphs_that_are_marked_up_leave_the_others_theirs(text, read):
    assert html_to_commonmark(expand(text)) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<p>A\nwrapped</p>\n<p>B</p>", "A wrapped\n\nB"),
        ("<p>before <!--more--> after</p>", "before after"),
        ("<P>Old\n\n<P>Second\nwrapped\n\n<P>Third", "Old\n\nSecond wrapped\n\nThird"),
        ("<blockquote>\nA\n\nB\n</blockquote>\nC", "> A\n>\n> B\n\nC"),
        ("<p>x</p>\n<ul>\n<li>a\nb</li>\n<li>c</li>\n</ul>", "x\n\n- a b\n- c"),
        ("<p>x</p>\n<table>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</table>\nafter", "x\n\na | b\n\nafter"),
        ("<p>x</p>\n<pre>a\n\nb</pre>", "x\n\n```\na\n\nb\n```"),
        ("<!-- wp:paragraph -->\n<p>A</p>\n<!-- /wp:paragraph -->\n\nloose\nb", "A\n\nloose b"),
    ],
)
def test_what_is_marked_up_and_what_is_made_of_blocks_stays_as_it_is(text, read):
    assert html_to_commonmark(expand(text)) == read
