"""Another theme can use the plugins: Pelican's own `simple`, with our includes and otherwise stock settings."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pelican
import pytest

from project import ROOT, run
from test_site import ARTICLE, soup

OURS = ("comments", "search_box", "search_app", "macros", "words", "search_texts")
CONF = """
SITENAME = "Another blog"
SITEURL = "https://blog.example"
PLUGIN_PATHS = ["{plugins}"]
PLUGINS = ["backfile.comments", "backfile.search"{more}]
RELATIVE_URLS = True
THEME = "{theme}"
DIRECT_TEMPLATES = ["index", "search"]
TIMEZONE = "UTC"
"""
TEMPLATES = {
    "article.html": """{% extends "!simple/article.html" %}
{% block content %}{{ super() }}{% include 'search_box.html' %}{% include 'comments.html' %}{% endblock %}""",
    "search.html": """{% extends "base.html" %}
{% block content %}<h2>Search</h2>{% include 'search_app.html' %}
<script src="{{ SITEURL }}/theme/search/search.js" defer></script>{% endblock %}""",
}


def made_of(folder: Path, more: str = "", templates: dict[str, str] = TEMPLATES) -> CompletedProcess[str]:
    theme, content = folder / "theme", folder / "content"
    shutil.copytree(Path(pelican.__file__).parent / "themes" / "simple", theme)
    for name, text in templates.items():
        (theme / "templates" / name).write_text(text, "utf-8")
    for name in OURS:
        shutil.copy(ROOT / "theme" / "templates" / f"{name}.html", theme / "templates")
    shutil.copytree(ROOT / "theme" / "static" / "search", theme / "static" / "search")
    content.mkdir()
    (content / "a.md").write_text(ARTICLE.format(date="2009-03-12"), "utf-8")
    (folder / "conf.py").write_text(CONF.format(plugins=ROOT / "plugins", theme=theme, more=more), "utf-8")
    command = [sys.executable, "-m", "pelican", content, "-o", folder / "output", "-s", folder / "conf.py"]
    return run([*map(str, command), "--fatal", "warnings"], cwd=folder)


def site_of(folder: Path, more: str = "") -> Path:
    done = made_of(folder, more)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "output"


@pytest.fixture(scope="module", params=["", ', "backfile.build"', ', "backfile.browse", "backfile.build"'])
def site(request, tmp_path_factory):
    return site_of(tmp_path_factory.mktemp("other"), request.param)


def test_comments_stand_under_the_article_as_in_our_theme(site):
    page = soup(site / "2009/03/12/the-ferry-ferry00001.html")
    comments = page.select("section#comments article[itemprop=comment]")
    assert [comment["id"] for comment in comments] == ["comment-c1", "comment-c2", "comment-c3"]
    assert comments[1] in comments[0].find_all("article")
    assert comments[0].select_one("time")["datetime"] == "2009-03-12T10:41"
    assert "Proudly powered by" in page.get_text()  # it is the other theme's page


def test_a_theme_that_would_lose_all_comments_is_told_of(tmp_path):
    done = made_of(tmp_path, templates={"search.html": TEMPLATES["search.html"]})
    assert done.returncode != 0
    assert "The theme shows no comments, and there are 2" in " ".join((done.stdout + done.stderr).split())


def test_strangers_names_are_escaped_although_the_theme_escapes_nothing(site):
    text = (site / "2009/03/12/the-ferry-ferry00001.html").read_text("utf-8")
    assert '<bdi itemprop="name">Marta &lt;K&gt;</bdi>' in text
    assert "<script>alert" not in text.partition("<footer>")[2]


def test_the_search_box_leads_to_the_search(site):
    form = soup(site / "2009/03/12/the-ferry-ferry00001.html").select_one("form[role=search]")
    assert (site / "2009/03/12" / form["action"]).resolve() == site / "search.html"
    page = soup(site / "search.html")
    assert page.select_one("#search-app")["data-root"] == "."
    assert page.select_one("#search-app input[type=search][name=q]")
    assert (site / page.select_one("script[src]")["src"]).is_file()
    assert (site / "search" / "manifest.js").is_file()
