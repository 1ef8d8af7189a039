"""Headings in texts stand below those of the page that shows them."""

from __future__ import annotations

import pytest

from backfile.comments.headings import below


@pytest.mark.parametrize(
    ("level", "html", "shown"),
    [
        (1, "<h1>A</h1>\n<h2>B</h2>", "<h2>A</h2>\n<h3>B</h3>"),
        (1, "<h2>A</h2>\n<h4>B</h4>", "<h2>A</h2>\n<h3>B</h3>"),
        (1, "<h3>A</h3>", "<h2>A</h2>"),
        (3, "<h1>A</h1><h2>B</h2><h6>C</h6>", "<h4>A</h4><h5>B</h5><h6>C</h6>"),
        (1, "<h3>A</h3><h2>B</h2>", "<h3>A</h3><h2>B</h2>"),
        (3, "<h1>A</h1><h2>B</h2><h4>C</h4><h6>D</h6>", "<h4>A</h4><h5>B</h5><h6>C</h6><h6>D</h6>"),
        (3, "<p>&lt;h1&gt;</p><hr><p>x</p>", "<p>&lt;h1&gt;</p><hr><p>x</p>"),
        (3, "<p>a</h0></p>", "<p>a</h0></p>"),
    ],
)
def test_headings_stand_below_the_page_s_own_without_gaps(level: int, html: str, shown: str) -> None:
    assert below(level, html) == shown
