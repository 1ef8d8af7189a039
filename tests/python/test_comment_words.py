"""Words of a comment stay, whatever sites call the element they stand in; buttons, votes and counts do not."""

from __future__ import annotations

import pytest

from test_html_comments import comments_of

FILM = "[Video: https://www.youtube.com/watch?v=abcdef1](https://www.youtube.com/watch?v=abcdef1)"
FRAME = "<iframe src='https://www.youtube.com/embed/abcdef1'></iframe>"


def said(text: str) -> str:
    """What the second of two comments says."""
    comment = (
        "<li class='comment' id='comment-{0}'><cite class='fn'>Ann {0}</cite>"
        " <a href='#comment-{0}'>March {0}, 2012 at 10:00</a>"
        "<div class='comment-content'>{1}</div></li>"
    )
    found = comments_of(f"<ol>{comment.format(1, '<p>I was there.</p>')}{comment.format(2, text)}</ol>")
    assert [one.author for one in found] == ["Ann 1", "Ann 2"]
    return found[1].body


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f"<p>Look:</p>{FRAME}", f"Look:\n\n{FILM}"),
        (FRAME, FILM),
        ("<p>I will vote for the <span class='vote'>red</span> boat.</p>", "I will vote for the red boat."),
        ("<p>As <a class='reply' href='#c1'>@Bob</a> says.</p>", "As @Bob says."),
        ("<p>No.</p><div class='edit'>EDIT: I was wrong, sorry.</div>", "No.\n\nEDIT: I was wrong, sorry."),
        (
            "<p>No.</p><div class='reply'><b>Editor's reply:</b> It is mended.</div>",
            "No.\n\n**Editor's reply:** It is mended.",
        ),
        (
            "<p>No.</p><div class='attachment'><a href='https://e.org/plan.pdf'>A plan</a></div>",
            "No.\n\n[A plan](https://e.org/plan.pdf)",
        ),
        ("<p>No.</p><div class='reply'><a href='#'>Reply</a></div><span class='likes'>7 likes</span>", "No."),
        ("<p>No.</p><div class='edit'>Last edited by Ann on 4 May</div>", "No."),
        ("<p>No.</p><div class='attachment'><a href='/login'>Log in to see files</a></div>", "No."),
    ],
)
def test_words_stay_and_buttons_go(markup, text):
    assert said(markup) == text
