"""Images that a script would have loaded are found by what stands beside them for readers without scripts."""

from __future__ import annotations

import pytest

from images import jpeg
from test_images import page, put
from test_import import imported

BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
IMAGE = '<img src="pics/boat.jpg" alt="The boat">'


@pytest.mark.parametrize(
    "markup",
    [
        f'<img class="lazy" src="{BLANK}"><noscript>{IMAGE}</noscript>',
        f'<noscript>{IMAGE}</noscript><img class="lazy" src="{BLANK}" alt="The boat">',
        f'<span><img src="/img/transparent_w-320.gif" alt="The boat"></span><b></b><noscript>{IMAGE}</noscript>',
        f'<span data-src="pics/boat.jpg"></span><noscript>{IMAGE}</noscript>',
        '<amp-img src="pics/boat.jpg" alt="The boat" width="600" height="400"></amp-img>',
        f'<amp-img src="pics/boat.jpg" alt="The boat">{IMAGE}</amp-img>',
        '<picture><source srcset="a.webp 2x"><source srcset="b.avif"><img src="pics/boat.jpg" alt=""></picture>',
    ],
)
def test_an_image_is_shown_once_from_where_it_is(tmp_path, markup):
    put(tmp_path / "sources/ferry.html", page(markup))
    put(tmp_path / "sources/pics/boat.jpg", jpeg())
    [article], _ = imported(tmp_path / "sources", tmp_path / "content")
    assert article.body.count("{static}/images/") == 1
    assert "not saved" not in article.body


def test_what_counts_readers_and_pictures_of_other_articles_stay_hidden(tmp_path):
    hidden = (
        '<noscript><img src="https://count.example/a.png" style="display:none"></noscript>'
        '<noscript><img src="https://count.example/b.png" width="1" height="1"></noscript>'
        '<a href="/other"><noscript><img src="https://harbour.example/other.jpg"></noscript></a>'
    )
    put(tmp_path / "sources/ferry.html", page(hidden))
    [article], _ = imported(tmp_path / "sources", tmp_path / "content")
    assert "not saved" not in article.body
