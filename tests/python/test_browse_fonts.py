"""A font of the archive's own: copied, said in a style sheet, refused when it is none."""

from __future__ import annotations

from pathlib import Path

import pelican as pelicans
import pytest

from backfile.browse.fonts import FontError, check_fonts, font_sheet
from project import pelican
from test_site import ARTICLE, build, soup

FONT = Path(pelicans.__file__).parent / "themes/notmyidea/static/fonts/Yanone_Kaffeesatz_400.woff2"
"""Under the SIL Open Font License; it comes with Pelican."""


def test_a_font_is_copied_and_every_page_has_its_style_sheet(tmp_path):
    files = {"a.md": ARTICLE.format(date="2009-03-12"), "fonts/own.woff2": FONT.read_bytes()}
    output = build(tmp_path, files, "-e", 'BACKFILE_FONTS=["fonts/own.woff2"]')
    assert (output / "fonts/own.woff2").read_bytes() == FONT.read_bytes()
    sheet = (output / "theme/css/font.css").read_text("utf-8")
    assert 'url("../../fonts/own.woff2") format("woff2")' in sheet
    for path in output.rglob("*.html"):
        (link,) = [tag["href"] for tag in soup(path).select("link[href$='font.css']")]
        assert (path.parent / link).resolve() == output / "theme/css/font.css"


def test_without_a_font_nothing_speaks_of_one(tmp_path):
    output = build(tmp_path, {"a.md": ARTICLE.format(date="2009-03-12")})
    assert not (output / "theme/css/font.css").exists()
    assert "font.css" not in (output / "index.html").read_text("utf-8")


def test_a_second_file_is_the_italic_and_a_name_with_wght_has_all_weights():
    upright, italic, root, _ = font_sheet(["f/a-wght.woff2", 'f/b"c.woff2']).split("\n")
    assert "font-style: normal; font-weight: 100 900" in upright
    assert "font-style: italic; font-weight: 400" in italic
    assert 'b\\22 c.woff2")' in italic
    assert root.startswith(":root")


@pytest.mark.parametrize(
    "names", [["../a.woff2"], ["/etc/a.woff2"], ["none.woff2"], ["a.ttf"], ["text.woff2"], ["a"] * 3]
)
def test_what_is_no_font_of_the_archive_is_refused(tmp_path, names):
    (tmp_path / "text.woff2").write_text("<svg>", "utf-8")
    with pytest.raises(FontError):
        check_fonts(names, tmp_path)


def test_a_build_with_a_wrong_font_ends_with_the_setting(tmp_path):
    (tmp_path / "content").mkdir()
    done = pelican(tmp_path / "content", tmp_path / "output", "-e", 'BACKFILE_FONTS=["none.woff2"]')
    assert done.returncode != 0
    assert "BACKFILE_FONTS" in done.stdout + done.stderr
