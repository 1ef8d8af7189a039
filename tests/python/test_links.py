"""Pelican's own links in a text lead to what is published, and a build names those that do not."""

from __future__ import annotations

import pytest

from backfile.comments.links import with_links
from backfile.markdown import render


def shown(text: str, place: str) -> str:
    return with_links(render(text), place, ["images", "sources"])


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/images/a.png", "2010/a.md"),
        ("../images/a.png", "2010/a.md"),
        ("images/a.png", "a.md"),
        ("a.png", "images/a.md"),
    ],
)
def test_a_file_that_is_published_is_led_to(path, place, caplog):
    assert f'src="{{static}}{path}"' in shown(f"![a]({{static}}{path})", place)
    assert caplog.messages == []


@pytest.mark.parametrize("path", ["a b.png", "/a b.png", "images/a b.png", "/images/../a b.png"])
def test_a_file_that_is_not_published_is_named(path, caplog):
    assert "{static}" not in shown(f"![a](<{{static}}{path}>)", "2010/a.md")
    (said,) = caplog.messages
    assert said.startswith(
        f"2010/a.md: '{{static}}{path}' is in none of the folders that are published (images, sources)"
    )


def test_braces_of_no_meaning_are_left_alone(caplog):
    text = "[a]({attach}a.png) [b]({nothing}/x)"
    assert shown(text, "a.md") == render(text)
    assert caplog.messages == []
