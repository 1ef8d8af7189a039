"""What Backfile is made with: locked, listed, licensed; and nothing that is read can run."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from backfile.importer.frontmatter import front_matter
from project import PACKAGE, ROOT, run

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
ASKED_FOR = [Requirement(line) for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]]
# What may be combined with AGPL-3.0-or-later, or is only used beside it.
COMPATIBLE = set(
    "0BSD AGPL-3.0-only AGPL-3.0-or-later Apache-2.0 Artistic-1.0-Perl BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause CC0-1.0"
    " CNRI-Python GPL-2.0-only GPL-2.0-or-later GPL-3.0-or-later ISC LGPL-2.1-or-later LicenseRef-public-domain MIT"
    " MIT-0 MPL-1.1 MPL-2.0 PSF-2.0 Unlicense Zlib".split()
)


def tool(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


supply, audit = tool("supply"), tool("audit")
PYTHON, NPM = supply.python_packages(), supply.npm_packages()


@pytest.mark.parametrize("asked", ASKED_FOR, ids=str)
def test_the_lock_holds_what_the_ranges_allow(asked):
    assert PYTHON[canonicalize_name(asked.name)].version in asked.specifier
    assert re.search("[<=]", str(asked.specifier)), "a range has an end"


def test_the_lock_has_digests_of_every_package_and_names_no_place_to_fetch_it_from():
    assert all(package.hashes for package in PYTHON.values())
    assert not re.search(r"https?://|file:|--(?:extra-)?index-url|--find-links", LOCK)
    assert "resolved" not in (ROOT / "package-lock.json").read_text("utf-8")
    assert all(package.hashes for package in NPM.values())


def test_the_lock_is_complete():
    """Whatever an installed package of it needs, by its own words, is in it as well."""
    for name, package in PYTHON.items():
        try:
            needs = metadata.requires(name) or ()
        except metadata.PackageNotFoundError:
            assert package.marker, name  # for another platform
            continue
        for need in map(Requirement, needs):
            if metadata.version(name) == package.version and (not need.marker or need.marker.evaluate({"extra": ""})):
                assert canonicalize_name(need.name) in PYTHON, f"{name} needs {need}"


def test_the_page_of_licences_lists_every_package_with_a_licence_that_may_be_combined():
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| ([\w@/.-]+) \| ([^|]+?) \|", page, re.MULTILINE))
    rows.pop("package")
    assert set(rows) == {package.name for package in [*PYTHON.values(), *NPM.values()]}
    for name, licence in rows.items():
        words = set(re.split(r" (?:AND|OR|WITH) |[()]", licence)) - {""}
        assert words <= COMPATIBLE, name
    for package in [*PYTHON.values(), *NPM.values()]:
        if package.kind == "npm":
            assert package.licence in rows[package.name].split(" AND "), "run `make licences`"
        elif _version(package.name) == package.version:
            assert package.licence == rows[package.name], "run `make licences`"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def test_the_bill_of_materials_is_whole():
    bom = json.loads(json.dumps(supply.sbom()))
    assert (bom["bomFormat"], bom["specVersion"], bom["version"]) == ("CycloneDX", "1.6", 1)
    references = [component["bom-ref"] for component in bom["components"]]
    assert len(references) == len(set(references)) > 100
    assert {component["scope"] for component in bom["components"]} == {"required", "optional"}
    edges = {entry["ref"]: entry["dependsOn"] for entry in bom["dependencies"]}
    assert set(edges) == {*references, bom["metadata"]["component"]["bom-ref"]}
    assert {ref for needs in edges.values() for ref in needs} <= set(references)
    direct = {supply._name_of(line) for line in PROJECT["dependencies"]}
    required = {component["name"] for component in bom["components"] if component["scope"] == "required"}
    assert {canonicalize_name(name) for name in direct} <= required
    assert supply.sbom() == bom


def test_a_known_vulnerability_is_told_from_none_and_from_no_answer():
    vulnerable = {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
    assert audit.python_findings(json.dumps({"dependencies": [vulnerable]})) == ["a 1: CVE-1, mended in 2"]
    assert audit.python_findings(json.dumps({"dependencies": [{"name": "a", "version": "1", "vulns": []}]})) == []
    unknown = {"dependencies": [{"name": "a", "skip_reason": "not found"}]}
    for answer in ("", "{}", json.dumps(unknown)):
        with pytest.raises(audit.NoAnswerError):
            audit.python_findings(answer)
    bad = {"vulnerabilities": {"b": {"severity": "high", "range": "<2"}}}
    assert audit.npm_findings(json.dumps(bad)) == ["b: high, in <2"]
    assert audit.npm_findings('{"vulnerabilities": {}}') == []
    with pytest.raises(audit.NoAnswerError):
        audit.npm_findings('{"error": {"code": "E405"}}')


MAY = {
    ("build/sealed.py", "marshal"),  # what this user sealed
    ("build/crew.py", "marshal"),  # between processes of one build
    ("build/kept.py", "marshal"),  # the same, in a folder that each build empties first
    ("split/trees.py", "compile"),  # numbers of our own weights, and nothing but numbers
    ("importer/frontmatter.py", "yaml"),  # by the loader alone that makes nothing but texts, as a test below says
}
RUNS_WHAT_IT_READS = {"pickle", "shelve", "dill", "cloudpickle", "joblib", "jsonpickle", "yaml", "marshal"}
RUNS = {"eval", "exec", "compile", "__import__"}
MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_reads_what_could_run_nor_runs_what_it_read(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        found = {name.split(".")[0] for name in names} & RUNS_WHAT_IT_READS
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found |= {node.func.id} & RUNS
        assert {(path.relative_to(PACKAGE).as_posix(), name) for name in found} <= MAY


def test_yaml_is_read_by_the_loader_that_makes_nothing_but_texts():
    tree = ast.parse((PACKAGE / "importer/frontmatter.py").read_text("utf-8"))
    of_yaml = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and getattr(n.value, "id", "") == "yaml"]
    assert {node.attr for node in of_yaml} == {"BaseLoader", "AliasEvent", "Node", "YAMLError", "load"}
    [load] = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.func in of_yaml and node.func.attr == "load"
    ]
    [loader] = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == load.args[1].id]
    assert [ast.unparse(base) for base in loader.bases] == ["yaml.BaseLoader"]
    told = {
        "!!python/object/apply:os.getcwd []": [],
        "!!python/name:os.getcwd": "",
        "!!python/object/new:tuple [[a]]": [["a"]],
        "!!int 5": "5",
    }
    for tag, value in told.items():
        assert front_matter(f"---\ntitle: {tag}\n---\nA text.") == ({"title": value}, "A text.")


NO_PICKLE = """
import _pickle, pickle, runpy, sys

def refuse(*_arguments, **_named):
    raise SystemExit("a pickle was read")

class Unpickler:  # one that libraries can make their own of
    __init__ = refuse

for module in (pickle, _pickle):
    module.load = module.loads = refuse
    module.Unpickler = Unpickler
sys.addaudithook(lambda event, _: refuse() if event == "pickle.find_class" else None)
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def test_building_and_searching_read_no_pickle(tmp_path):
    """Whoosh's own kinds of files are read so; ours are not among them. Nor is what one build leaves to the next."""
    (tmp_path / "content").mkdir()
    for number in range(3):
        text = f"Title: Ferry {number}\nId: a{number}\nDate: 2010-01-0{number + 1}\n\nA ferry.\n\n<!-- comments -->\n"
        (tmp_path / "content" / f"{number}.md").write_text(text, "utf-8")
    build = ["pelican", str(tmp_path / "content"), "-o", str(tmp_path / "output"), "-s", str(ROOT / "pelicanconf.py")]
    ask = ["backfile", "search", str(tmp_path / "output"), "ferry"]
    for arguments in (build, build, ask, ["backfile", "verify", str(tmp_path / "output")]):
        done = run([sys.executable, "-c", NO_PICKLE, *arguments], cwd=ROOT)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "Ferry 2" in run([sys.executable, "-c", NO_PICKLE, *ask], cwd=ROOT).stdout


def test_that_a_pickle_would_be_noticed():
    command = [sys.executable, "-c", NO_PICKLE, "pickle", "/dev/null"]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
