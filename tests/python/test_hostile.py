"""Whatever strangers write, in whatever field of whatever source, an archive's files hold allowed markup only."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from lxml import html

from backfile.browse.downloads import _FORMULA
from backfile.markdown import render, sanitise
from backfile.verify.wellformed import faults
from hostile import FOLDER, KINDS, own_vectors, public_vectors, write_sources
from project import ROOT, backfile, pelican, shared

ALLOWED = json.loads((FOLDER / "allowed.json").read_text("utf-8"))
PAGE = {name: {each.lower() for each in attributes} for name, attributes in ALLOWED["page"].items()}
PROSE = {name: set(attributes) for name, attributes in ALLOWED["prose"].items()}
VECTORS = own_vectors()
_ATOM = "{http://www.w3.org/2005/Atom}"


def built(folder: Path, vectors: list[str], kinds: list[str]) -> Path:
    """The folder with sources, report and content, and the archive in `output`."""
    (folder / "sources").mkdir()
    write_sources(folder / "sources", vectors, kinds)
    done = backfile("import", folder / "sources", "--content", folder / "content", "--report", folder / "report.json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    settings = ['PLUGINS=["backfile.comments", "backfile.browse", "backfile.build"]', "BACKFILE_COMMENTERS=true"]
    more = ["-e", *settings, 'BACKFILE_CITATIONS="page"', 'BACKFILE_REDIRECTS=["netlify", "nginx", "apache"]']
    done = pelican(folder / "content", folder / "output", *more)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "log.txt").write_text(done.stdout + done.stderr, "utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return built(tmp_path_factory.mktemp("hostile"), VECTORS, list(KINDS))


def complaints(page: bytes) -> Iterator[str]:
    """What a page holds and may not."""
    root = html.document_fromstring(page, html.HTMLParser(encoding="utf-8"))
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield f"{element!r} is no element"
            continue
        yield from _of_element(element, PAGE)
    for prose in root.find_class("prose"):
        for element in prose.iterdescendants():
            yield from _of_element(element, PROSE)


def _of_element(element, allowed: dict[str, set[str]]) -> Iterator[str]:
    if element.tag not in allowed:
        yield f"<{element.tag}>"
    yield from (f"<{element.tag} {name}>" for name in set(element.attrib) - allowed.get(element.tag, set()))
    for name in ("href", "src", "action"):
        address = element.get(name)
        if address is not None and not _is_allowed(element.tag, address):
            yield f"<{element.tag} {name}={address!r}>"
    if element.get("http-equiv", ALLOWED["meta"][0]) not in ALLOWED["meta"]:
        yield f"<meta http-equiv={element.get('http-equiv')}>"


def _is_allowed(tag: str, address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_relative = not parts.scheme and not parts.netloc and not address.startswith(("//", "\\", "/\\"))
    return is_relative if not parts.scheme else parts.scheme in ALLOWED["schemes"][tag]


def pages(folder: Path) -> list[Path]:
    found = sorted((folder / "output").rglob("*.html"))
    assert len(found) > 50
    return found


def wrong_pages(folder: Path) -> list[str]:
    return [f"{path.name}: {wrong}" for path in pages(folder) for wrong in complaints(path.read_bytes())]


def test_there_are_vectors_of_every_class_and_at_least_two_hundred():
    assert len(VECTORS) >= 400
    assert len(list(FOLDER.glob("*.json"))) >= 12


def test_what_is_not_allowed_is_noticed():
    page = '<html><body><p onclick=x>a<script>b</script><div class="prose"><p id="x">c</p><a href="javascript:d">e</a>'
    told = list(complaints(f"{page}<!-- f --><base href=//g>".encode()))
    assert {"<p onclick>", "<p id>", "<a href='javascript:d'>", "<base>"} <= set(told)


def test_every_article_of_every_kind_of_source_is_in_the_archive(archive):
    report = json.loads((archive / "report.json").read_text("utf-8"))
    assert report["articles"] == len(list((archive / "content").rglob("*.md")))
    assert report["articles"] > len(VECTORS) * 5.5
    assert "left out" not in (archive / "log.txt").read_text("utf-8")
    # Feeds, lists of names and shelves beside it: an article has one page that carries its facts.
    shown = sum(b"application/ld+json" in path.read_bytes() for path in pages(archive))
    assert shown == report["articles"]


def test_pages_hold_allowed_elements_attributes_and_schemes_only(archive):
    assert wrong_pages(archive) == []


def test_pages_are_well_formed(archive):
    assert [f"{path.name}: {fault}" for path in pages(archive) for fault in faults(path.read_text("utf-8"))] == []


def test_every_page_has_its_policy_before_anything_of_strangers(archive):
    for path in pages(archive):
        head = path.read_text("utf-8")[:700]
        assert "default-src 'none'" in head.partition("<title>")[0]


def test_feeds_are_well_formed_and_their_texts_hold_allowed_markup_only(archive):
    feeds = list((archive / "output" / "feeds").rglob("*.xml"))
    texts = []
    for path in feeds:
        feed = ElementTree.fromstring(path.read_bytes())  # noqa: S314 - what we wrote ourselves
        entries = feed.iter(f"{_ATOM}entry")
        texts += [text for entry in entries if (text := entry.findtext(f"{_ATOM}content"))]
    for path in (archive / "output" / "feeds").rglob("*.json"):
        texts += [item["content_html"] for item in json.loads(path.read_text("utf-8"))["items"]]
    assert len(texts) > 100
    for text in dict.fromkeys(texts):
        root = html.fragment_fromstring(text, create_parent="div")
        assert [wrong for element in root.iterdescendants() for wrong in _of_element(element, PROSE)] == []


def test_data_to_take_away_is_whole_and_no_spreadsheet_runs_it(archive):
    lines = 0
    for path in (archive / "output" / "downloads" / "jsonl").iterdir():
        for line in path.read_bytes().splitlines():
            json.loads(line)
            lines += 1
    assert lines > len(VECTORS) * 5
    for path in (archive / "output" / "downloads" / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.lstrip(" \xa0").startswith(_FORMULA)]


def test_no_file_leads_out_of_its_folder_or_has_an_odd_name(archive):
    for path in (archive / "output").rglob("*"):
        name = path.relative_to(archive / "output").as_posix()
        assert re.fullmatch(r"[\w.+/-]+", name, re.ASCII) or name.startswith("sources/"), name
        assert not any(part.startswith(".") and part != ".htaccess" for part in path.relative_to(archive).parts), name
    outside = {path.name for path in archive.iterdir()}
    assert outside == {"sources", "report.json", "content", "output", "log.txt", ".backfile"}
    assert not list(ROOT.glob("*evil*"))


def test_redirects_hold_one_rule_a_line(archive):
    page = r"/[\w/-]+\.html"
    for name, line_of in {
        "_redirects": rf"/\S* (?:[^\s=]+=\S* )*{page} 301!",
        "redirects.nginx.conf": rf'map \$\w+ \$\w+ {{|    default "";|    "/[^"\s\\]*" "{page}";|}}',
        ".htaccess": rf"RewriteEngine On|RewriteCond %{{QUERY_STRING}} "
        rf'"\^[^"\s]*\$"|RewriteRule "\^[\w\\]*\$" "{page}" \[R=301,L,NE,QSD\]',
    }.items():
        lines = (archive / "output" / name).read_text("utf-8").removesuffix("\n").split("\n")
        assert len(lines) > len(VECTORS)
        assert [line for line in lines if not re.fullmatch(line_of, line)] == []


def test_a_whole_check_of_the_archive_finds_nothing_wrong_with_its_pages(archive):
    done = backfile("verify", archive / "output", "--allow-address", "*")
    wrong = [line for line in done.stdout.splitlines() if line.startswith(("pages", "privacy", "fixity"))]
    assert wrong == []


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_sanitising_is_the_last_word(vector):
    """What the sanitiser would take away is not there any more, whatever came before it."""
    for text in (vector, f"a {vector} b", f"[{vector}]({vector})", f"![{vector}]({vector})"):
        shown = render(text)
        assert sanitise(shown) == shown
        root = html.fragment_fromstring(shown, create_parent="div")
        assert [wrong for element in root.iterdescendants() for wrong in _of_element(element, PROSE)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![pier](https://x.example/a.png)", '<a href="https://x.example/a.png" REL>pier</a>'),
        ("![](https://x.example/a.png)", '<a href="https://x.example/a.png" REL>https://x.example/a.png</a>'),
        ("[![pier](https://x.example/a.png)](https://y.example/)", '<a href="https://y.example/" REL>pier</a>'),
        ("![pier](//x.example/a.png)", '<a href="https://x.example/a.png" REL>pier</a>'),
        ("[pier](//x.example/)", '<a href="https://x.example/" REL>pier</a>'),
        ("![pier]({static}/images/a.png)", '<img src="%7Bstatic%7D/images/a.png" alt="pier">'),
        ("![pier](javascript:alert(1))", "pier"),
        ("a&#1;b&#8232;c", "ab\nc"),
    ],
)
def test_nothing_is_loaded_from_elsewhere_and_no_link_leads_to_a_machine_nearby(text, shown):
    rel = 'rel="nofollow ugc noopener noreferrer"'
    assert render(text).strip() == f"<p>{shown.replace('REL', rel)}</p>"


def test_the_sets_that_others_publish_do_no_more(tmp_path):
    vectors = public_vectors(shared("data/vectors"))
    assert len(vectors) > 700
    folder = built(tmp_path, vectors, ["jsonl", "export"])
    assert wrong_pages(folder) == []
    assert [fault for path in pages(folder) for fault in faults(path.read_text("utf-8"))] == []
