"""Readers' addresses do not get into the archive; what an article prints stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.model import Article, Comment
from backfile.privacy import MASK, find_addresses, find_shown, mask_addresses, readers_addresses, without_addresses
from strategies import raw_text
from test_import import imported, write
from test_pairing import prose

ADDRESSES = ["joe@example.org", "a.b+c@mail.example.co.uk", "192.168.1.77", "2001:db8::8a2e:370:7334"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", ["{}", "Write to {}.", "({})", "x {}, y", "**{}**"])
def test_an_address_is_found_and_masked(address, around):
    text = around.format(address)
    assert list(find_addresses(text)) == [address]
    assert mask_addresses(text) == around.format(MASK)


@pytest.mark.parametrize(
    "text", ["me @ home", "@joe said", "a@b", "version 2.0.1.4", "10:41:07", "see 3.4.5", "x::y", "photo@2x.png"]
)
def test_what_is_no_address_stays(text):
    assert mask_addresses(text) == text


def test_a_link_to_an_address_becomes_its_words():
    assert mask_addresses("[write to me](mailto:joe@example.org)") == "write to me"


@given(raw_text, st.sampled_from(ADDRESSES))
def test_no_address_survives_masking(text, address):
    assert not list(find_shown(mask_addresses(f"{text} {address} {text}")))


PIECES = "joe a.b @ \\@ &#64; &commat; %40 example .org \\. &period; 192.0.2.7 2001:db8 ::1 :7 %3A \\ [ ](mailto: )"


@given(st.lists(st.sampled_from([*PIECES.split(), " ", "\n"]), max_size=12).map("".join))
def test_no_address_survives_however_it_is_written(text):
    assert not list(find_shown(mask_addresses(text)))
    article = Article(id="a", title="", body="", comments=(Comment("c", text, author=text, author_url=text),))
    assert readers_addresses(without_addresses(article)[0]) == ()


def test_the_articles_own_addresses_stay():
    article = Article(
        id="a",
        title="T",
        body="Write to the editor: editor@example.org",
        comments=(
            Comment("c", "mine is joe@example.org", author="joe@example.org", author_url="mailto:joe@example.org"),
        ),
    )
    masked, touched = without_addresses(article)
    assert (masked.body, touched) == (article.body, 1)
    assert (masked.comments[0].body, masked.comments[0].author, masked.comments[0].author_url) == (
        f"mine is {MASK}",
        "",
        "",
    )


def test_importing_masks_addresses_and_says_so(tmp_path):
    body = prose("a")
    write(tmp_path / "s", "a.txt", *body, "Reach me at joe@example.org!", *prose("r", 2))
    write(tmp_path / "s", "b.txt", "A title", *body, "Author: Ada Brook", between="\n\n")
    [article], report = imported(tmp_path / "s", tmp_path / "content")
    assert MASK.strip("[]") in article.comments[0].body
    assert "joe@" not in article.comments[0].body
    assert any("addresses of readers" in note for outcome in report["outcomes"] for note in outcome.get("notes", []))


def test_addresses_can_be_kept_on_request(tmp_path):
    body = prose("a")
    write(tmp_path / "s", "a.txt", *body, "Reach me at joe@example.org!", *prose("r", 2))
    write(tmp_path / "s", "b.txt", "A title", *body, "Author: Ada Brook", between="\n\n")
    [article], _ = imported(tmp_path / "s", tmp_path / "content", "--keep-addresses")
    assert "joe@example.org" in article.comments[0].body


def test_a_source_with_addresses_of_readers_is_kept_and_not_published(tmp_path):
    body = prose("a")
    write(tmp_path / "s", "a.txt", *body, "Reach me at joe@example.org!", *prose("r", 2))
    write(tmp_path / "s", "b.txt", "A title", *body, "Author: Ada Brook", between="\n\n")
    imported(tmp_path / "s", tmp_path / "content")
    kept = [path.read_bytes() for path in (tmp_path / "content/originals").rglob("*.txt")]
    shown = [path.read_bytes() for path in (tmp_path / "content/sources").rglob("*.txt")]
    assert kept == [(tmp_path / "s/a.txt").read_bytes()]
    assert shown == [(tmp_path / "s/b.txt").read_bytes()]
