"""Images on a page: their size is said where it cannot change, and nothing breaks over a broken one."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.comments.pictures import size_of
from test_site import build, soup

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 20, 10)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc4\x00\x02\xff\xc2" + struct.pack(">HBHH", 17, 8, 300, 400)
WEBP = {
    "extended": b"RIFF....WEBPVP8X" + bytes(8) + (799).to_bytes(3, "little") + (599).to_bytes(3, "little"),
    "lossless": b"RIFF....WEBPVP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 799 | 599 << 14),
    "lossy": b"RIFF....WEBPVP8 " + bytes(10) + struct.pack("<HH", 800, 600 | 1 << 14),
}


@pytest.mark.parametrize(
    ("data", "size"),
    [(PNG, (640, 480)), (GIF, (20, 10)), (JPEG, (400, 300)), *((data, (800, 600)) for data in WEBP.values())],
)
def test_sizes_are_read_from_the_first_bytes(data, size):
    assert size_of(data) == size


@given(st.sampled_from([PNG, GIF, JPEG, *WEBP.values()]), st.integers(0, 40), st.binary(max_size=40))
def test_what_is_cut_or_damaged_has_no_size_or_some_and_never_an_error(data, cut, noise):
    for broken in (data[:cut], data[:cut] + noise, noise):
        size = size_of(broken)
        assert size is None or all(side > 0 for side in size)


def test_an_image_named_by_its_digest_has_its_size_on_the_page_and_no_other_has(tmp_path):
    name = "images/ab/ab00000000000000.png"
    names = (name, "images/own.png", "images/cd/cd00000000000000.png")
    text = "\n\n".join(f"![A ferry]({{static}}/{each})" for each in names)
    files = {
        "a.md": f"Title: T\nId: image00001\nDate: 2009-03-12\n\n{text}\n\n<!-- comments -->\n",
        name: PNG,
        "images/own.png": PNG,
    }
    page = soup(next(build(tmp_path, files).rglob("*image00001.html")))
    sized, own, lost = page.select("article img")
    assert (sized["width"], sized["height"], sized["loading"]) == ("640", "480", "lazy")
    assert sized["src"].endswith(name)
    assert own.get("width") is None
    assert lost.get("width") is None
