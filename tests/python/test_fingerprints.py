"""Digests of values: what a function among the settings goes by is a part of it."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from backfile.build.fingerprints import Fingerprints, UnknowableError
from project import PACKAGE, ROOT

SOURCES = {
    "its own code": "def shown(x): return x + {}",
    "a helper": "def helper(x): return x + {}\ndef shown(x): return helper(x)",
    "a helper's helper": "def a(x): return x + {}\ndef b(x): return a(x)\nshown = lambda x: b(x)",
    "a helper that calls it": "def a(x): return shown(x) + {}\ndef shown(x): return a(x)",
    "a value": "_prefix = {}\ndef shown(x): return x + _prefix",
    "a value in a list in a comprehension": "_all = [1, {{'a': {}}}]\ndef shown(x): return [x + y['a'] for y in _all]",
    "a value of a class": "class Own:\n  prefix = {}\ndef shown(x): return x + Own.prefix",
    "a static method": "class Own:\n  @staticmethod\n  def add(x): return x + {}\ndef shown(x): return Own.add(x)",
    "a property": "class Own:\n  @property\n  def add(self): return {}\ndef shown(x): return x + Own().add",
    "a base class": "class A:\n  def add(self): return {}\nclass B(A): pass\ndef shown(x): return x + B().add()",
}


def digest(source: str, number: int) -> str:
    inside: dict[str, object] = {"__name__": "pelicanconf"}
    exec(source.format(number), inside)  # noqa: S102 - settings are Python, and this is how they are read
    sys.modules["pelicanconf"] = type(sys)("pelicanconf")
    vars(sys.modules["pelicanconf"]).update(inside)
    try:
        return Fingerprints(far=True).of({"shown": inside["shown"]})
    finally:
        del sys.modules["pelicanconf"]


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_function_that_goes_by_something_else_is_another(source):
    assert digest(source, 1) == digest(source, 1)
    assert digest(source, 1) != digest(source, 2)


def test_what_a_function_does_not_name_is_no_part_of_it():
    source = "_other = {}\ndef shown(x): return x.strip()"
    assert digest(source, 1) == digest(source, 2)


def test_libraries_and_loggers_are_names():
    source = "import json, logging, re, lxml.html\nlog = logging.getLogger('x')\n"
    source += "def shown(x): log.info('{}'); return json.dumps(re.escape(x)) + lxml.html.tostring(x)"
    before = digest(source, 1)
    logging.getLogger("x").addHandler(logging.NullHandler())
    assert digest(source, 1) == before


def test_an_object_that_nothing_tells_from_another_is_told():
    with pytest.raises(UnknowableError, match="nothing tells one object from another"):
        digest("thing = object()\ndef shown(x): return thing, {}", 1)


def test_a_function_of_ours_or_of_a_library_is_not_looked_behind():
    from json import dumps

    from backfile.text import clean_text

    for function in (dumps, clean_text):
        assert Fingerprints(far=True).of(function) == Fingerprints().of(function)


CONF = """
import sys
sys.path.insert(0, {!r})
import outer
from inner import shown as direct
shown = lambda x: outer.go(x)
"""
TOLD = """
import sys
from backfile.build.fingerprints import Fingerprints
inside = {"__name__": "pelicanconf", "__file__": sys.argv[1] + "/pelicanconf.py"}
exec(open(inside["__file__"]).read(), inside)
print(Fingerprints(far=True).of([inside["shown"], 1]), Fingerprints(far=True).of(inside["direct"]))
"""


def test_modules_of_the_site_are_a_part_of_what_names_them(tmp_path):
    (tmp_path / "pelicanconf.py").write_text(CONF.format(str(tmp_path)), "utf-8")
    (tmp_path / "outer.py").write_text("import inner\ndef go(x): return inner.shown(x)\n", "utf-8")
    told = []
    for prefix in ("a", "a", "bb"):
        (tmp_path / "inner.py").write_text(f"PREFIX = '{prefix}'\ndef shown(x): return PREFIX + x\n", "utf-8")
        command = [sys.executable, "-B", "-c", TOLD, str(tmp_path)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(PACKAGE.parent)}
        )
        told.append(done.stdout.split())
    assert told[0] == told[1]
    assert told[0][0] != told[2][0]
    assert told[0][1] != told[2][1]
