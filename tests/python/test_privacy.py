"""Readers' addresses do not get into the archive; what an article prints stays."""

from __future__ import annotations

import ipaddress
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.model import Article, Comment
from backfile.privacy import MASK, find_addresses, find_shown, mask_addresses, readers_addresses, without_addresses
from backfile.sourcetext import find_in_source
from growth import MOST, TIMES, growth
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


PLAIN = (
    re.compile(
        r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}"
        r"(?!(?:png|jpe?g|gif|webp|avif|svg|html?|css|js)(?![\w-]))[^\W\d_]{2,24}(?![\w-])"
    ),
    re.compile(r"(?<![\w.:/-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\w)"),
    re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:){2,7}(?::?[0-9A-Fa-f]{1,4}){1,7}(?![\w:]|\.\w)"),
)
"""What an address is, said plainly; a search for these takes three times as long as ours."""
PARTS = [*"joe a.b+ @ @ x@ - _ é . com example.org .png 192. 168.1 .7 : :: 2001:db8: ab: / \\ %".split(), " ", "a" * 63]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_looking_where_an_address_may_be_finds_what_looking_everywhere_finds(text):
    everywhere = [found[0] for pattern in PLAIN for found in pattern.finditer(text)]
    assert list(find_addresses(text)) == [found for found in everywhere if "@" in found or is_address_of_machine(found)]


def is_address_of_machine(text):
    try:
        return ipaddress.ip_address(text).version == 6 or int(text.split(".")[0]) > 9
    except ValueError:
        return False


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


WRITTEN = [
    ("joe.smith@example.org", "utf-16"),
    ("joe.smith@example.org é", "utf-16-be"),
    ("joe.smith&#64;example.org", "utf-8"),
    ("joe.smith&commat;example.org", "utf-16"),
    ("joe.smith%40example.org", "cp1252"),
]


@pytest.mark.parametrize(("written", "encoding"), WRITTEN)
def test_a_source_that_writes_them_otherwise_is_kept_and_not_published(tmp_path, written, encoding):
    body = prose("a")
    comments = [
        "2 comments",
        "Bob says:",
        "March 12, 2009 at 10:00 am",
        f"Write to me at {written} please.",
        "Ann says:",
    ]
    text = "\n".join(["A café", *body, *comments, "March 12, 2009 at 11:00 am", *prose("r", 1)])
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    (tmp_path / "s").mkdir()
    (tmp_path / "s/a.txt").write_bytes((mark + text).encode(encoding))
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert "joe" not in "".join(comment.body for comment in article.comments)
    assert len(list((tmp_path / "content/originals").rglob("*.txt"))) == 1
    assert not list((tmp_path / "content").glob("sources/**/*.txt"))


PAGE = """<!DOCTYPE html><html lang="en"><head><title>The ferry</title></head><body><article><h1>The ferry</h1>
<p>{a}</p><p>{b} Write to {own}</p></article><div id="comments"><h2>2 comments</h2><ol>
<li class="comment" id="c1"><cite class="fn">Bob</cite> <time datetime="2009-03-12T10:00">March 12, 2009</time>
<p>Nice ship. {said}</p></li>
<li class="comment" id="c2"><cite class="fn">Ann</cite> <time datetime="2009-03-13T10:00">March 13, 2009</time>
<p>It sails again, I hear.</p></li></ol></div></body></html>"""
OWN = '<b>us:</b><a href="mailto:desk%40example.org">desk&#64;example.org</a><a href="mailto:b@x.org">b@x.org</a>'


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Thanks &amp; see you at 100%.", True),
        ("joe&#64;example.org", False),
        ("joe<span>@</span>example.org", False),
        ("<b>joe</b>.smith<!-- > -->@example<wbr>.org", False),
        ('<a href="mailto:joe%40example.org">me</a>', False),
        ('<a href="&#109;ailto:joe&#x40;example.org">me</a>', False),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_is_published_unless_it_has_a_readers_address_however_it_is_written(tmp_path, said, shown, encoding):
    page = PAGE.format(a=" ".join(prose("a", 1)), b=" ".join(prose("b", 1)), own=OWN, said=said)
    (tmp_path / "s").mkdir()
    (tmp_path / "s/a.html").write_bytes(page.encode(encoding))
    [article], _ = imported(tmp_path / "s", tmp_path / "content")
    assert len(article.comments) == 2
    assert len(list((tmp_path / "content").glob("sources/**/*.txt"))) == shown


def test_looking_for_hidden_addresses_takes_as_long_as_there_is_text():
    def source(count: int) -> bytes:
        return "".join(f"u{n}&#64;b{n}.example.com <b>x</b>@y %40 " for n in range(count)).encode()

    assert len(find_in_source(source(3_000))) == 3_000
    assert growth(find_in_source, source(2_500), source(2_500 * TIMES)) < MOST
