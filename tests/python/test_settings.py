"""Backfile's own settings: read in one place, documented, and wrong values say what they may be."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from backfile.settings import Settings, SettingsError, read_settings, setting_name
from project import ROOT, pelican

DOCUMENTED = (ROOT / "docs" / "settings.md").read_text("utf-8")


def test_without_settings_every_default_holds():
    assert read_settings({"SITENAME": "x"}) == Settings()


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_every_setting_is_documented_with_its_default(field):
    row = re.search(rf"^\| `{setting_name(field.name)}` \| `([^`]+)` \| \S", DOCUMENTED, re.MULTILINE)
    assert row, f"docs/settings.md has no row for {setting_name(field.name)}"
    default = list(field.default) if isinstance(field.default, tuple) else field.default
    assert row[1] == repr(default).replace("'", '"')


def test_what_is_set_is_read():
    given = {"BACKFILE_ROBOTS": "no-ai", "BACKFILE_REDIRECTS": ["nginx", "apache"], "BACKFILE_RELATED": 0}
    assert read_settings({"BACKFILE_CITATIONS": False}) == Settings(citations="none")  # it was a flag once
    assert read_settings(given) == Settings(robots="no-ai", redirects=("nginx", "apache"), related=0)


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("BACKFILE_CITATIONS", "year", "'files', 'page', 'none'"),
        ("BACKFILE_CITATIONS", 1, "a word"),
        ("BACKFILE_COMMENTS_PER_PAGE", -1, "a number from 0"),
        ("BACKFILE_ROBOTS", "maybe", "'allow', 'no-ai', 'deny'"),
        ("BACKFILE_ROBOTS", None, "a word"),
        ("BACKFILE_COMMENTERS", "yes", "True or False"),
        ("BACKFILE_REDIRECTS", "nginx", "a list of words"),
        ("BACKFILE_REDIRECTS", ["iis"], "'netlify', 'nginx', 'apache'"),
        ("BACKFILE_RELATED", True, "a whole number"),
        ("BACKFILE_RELATED", -1, "a number from 0"),
        ("BACKFILE_RELATED", 10_000, "a number from 0"),
        ("BACKFILE_WORKERS", -2, "a number from 0"),
        ("BACKFILE_WORKERS", "two", "a number from 0"),
        ("BACKFILE_PAGE_SECONDS", -1, "a number from 0"),
    ],
)
def test_a_wrong_value_names_the_setting_and_what_it_may_be(name, value, advice):
    with pytest.raises(SettingsError) as error:
        read_settings({name: value})
    assert name in str(error.value)
    assert repr(value if not isinstance(value, list) else value[0]) in str(error.value)
    assert advice in str(error.value)


@pytest.mark.parametrize(
    ("name", "meant"), [("BACKFILE_PSEUDONYM", "BACKFILE_PSEUDONYMS"), ("BACKFILE_TAKE_DOWN", "BACKFILE_TAKEDOWN")]
)
def test_a_misspelt_name_says_what_was_meant(name, meant):
    with pytest.raises(SettingsError, match=rf"{name} is no setting\. Did you mean {meant}\?"):
        read_settings({"SITENAME": "x", name: "all"})


def test_settings_of_a_build_are_known():
    given = {"BACKFILE_WORKERS": 2, "BACKFILE_PAGE_SECONDS": 0.5, "BACKFILE_STATE": "state"}
    assert read_settings(given) == Settings()


def test_a_build_with_a_wrong_setting_ends_with_its_name(tmp_path):
    (tmp_path / "content").mkdir()
    done = pelican(tmp_path / "content", tmp_path / "output", "-e", 'BACKFILE_ROBOTS="maybe"')
    assert done.returncode != 0
    assert "BACKFILE_ROBOTS" in done.stdout + done.stderr


@pytest.mark.parametrize("output", ["content", "."])
def test_pages_are_not_written_where_content_is_read_nor_round_it(tmp_path, output):
    (tmp_path / "content").mkdir()
    done = pelican(tmp_path / "content", tmp_path / output)
    assert done.returncode != 0
    assert "OUTPUT_PATH is" in done.stdout + done.stderr
    assert not list(tmp_path.rglob("*.html"))
