"""The same plugin names work from the repository, editable and installed from a wheel with its theme."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from project import ROOT

CONTENT = "Title: Hello\nId: hello00001\nDate: 2010-01-02\n\nWords to find.\n\n<!-- comments -->\n"
SETTINGS = """
import backfile
SITENAME = "Installed"
SITEURL = "https://archive.example"
THEME = backfile.theme_path()
PLUGINS = ["backfile.comments", "backfile.build", "backfile.search"]
RELATIVE_URLS = True
JINJA_ENVIRONMENT = {"autoescape": True, "extensions": ["jinja2.ext.i18n"]}
DIRECT_TEMPLATES = ["index", "archives", "authors", "categories", "tags", "undated", "search"]
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    [path] = folder.glob("*.whl")
    return path


def test_the_wheel_carries_the_theme_and_the_models_weights(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"backfile/theme/templates/article.html", "backfile/theme/static/search/search.js"} <= names
    for path in (ROOT / "theme").rglob("*"):
        if path.is_file():
            assert f"backfile/theme/{path.relative_to(ROOT / 'theme').as_posix()}" in names
    assert any(name.startswith("backfile/split/") and "weights" in name for name in names)


def test_a_site_builds_with_the_installed_package_alone(wheel, tmp_path):
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text(CONTENT, "utf-8")
    (tmp_path / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    where = "import backfile; print(backfile.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    found = subprocess.run([sys.executable, "-c", where], env=environment, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(installed)
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "--fatal", "errors"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "output/2010/01/02/hello-hello00001.html").is_file()
    assert (tmp_path / "output/search/manifest.js").is_file()


def test_the_plugins_load_from_the_repository_without_being_installed(tmp_path):
    # The path that an editable installation adds is taken away; only PLUGIN_PATHS is left to find them.
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text(CONTENT, "utf-8")
    program = (
        "import sys, site, runpy;"
        "sys.path[:] = [p for p in sys.path if 'plugins' not in p];"
        f"sys.argv = ['pelican', {str(tmp_path / 'content')!r}, '-o', {str(tmp_path / 'output')!r},"
        f" '-s', {str(ROOT / 'pelicanconf.py')!r}, '--fatal', 'errors'];"
        "runpy.run_module('pelican', run_name='__main__')"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "output/search/manifest.js").is_file()
