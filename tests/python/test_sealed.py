"""What builds remember: it comes back as it was, or not at all."""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.build import sealed
from project import pelican

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_a_value_comes_back_as_it_was(tmp_path_factory, value):
    folder = tmp_path_factory.mktemp("sealed")
    sealed.write(folder / "value", folder, value)
    assert sealed.read(folder / "value") == value


@given(st.data())
def test_a_file_with_one_bit_turned_over_says_nothing(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("sealed")
    sealed.write(folder / "value", folder, {"a.html": ("0f", b"12345678"), "b/ü.html": ("1f", b"87654321")})
    raw = bytearray((folder / "value").read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (folder / "value").write_bytes(bytes(raw))
    assert sealed.read(folder / "value") is None


@given(st.data())
def test_a_file_that_was_cut_says_nothing(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("sealed")
    sealed.write(folder / "value", folder, list(range(50)))
    raw = (folder / "value").read_bytes()
    (folder / "value").write_bytes(raw[: data.draw(st.integers(0, len(raw) - 1))])
    assert sealed.read(folder / "value") is None


CODE = "import sys; from backfile.build import sealed; print(sealed.secret().hex())"


def secret(home: Path, **more: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "BACKFILE_"))}
    environment |= {"HOME": str(home), "PYTHONPATH": str(Path(sealed.__file__).parents[2]), **more}
    command = [sys.executable, "-c", CODE]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_a_user_has_one_secret_that_nobody_else_can_read(tmp_path):
    first = secret(tmp_path)
    assert len(first) == 64
    assert secret(tmp_path) == first != secret(tmp_path / "other")
    [file] = (tmp_path / ".local" / "state" / "backfile").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret(tmp_path, BACKFILE_STATE_KEY="abc") == b"abc".hex()


def test_where_no_secret_can_be_kept_nothing_is_remembered(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    assert secret(tmp_path / "file") != secret(tmp_path / "file")


def forged(value: object) -> bytes:
    """A file as a stranger can make it, who knows all but the secret."""
    data = marshal.dumps(value)
    return b"backfile-build/6 " + hashlib.sha256(data).hexdigest().encode() + b"\n" + data


@pytest.mark.parametrize("raw", [forged(("k", 1)), forged(compile("1", "x", "eval")), b"", b"backfile-build/6 "])
def test_what_a_stranger_wrote_says_nothing(tmp_path, raw):
    (tmp_path / "value").write_bytes(raw)
    assert sealed.read(tmp_path / "value") is None


def test_a_state_folder_from_elsewhere_runs_no_code_and_changes_no_page(tmp_path):
    """Each file of it is exchanged for one with code in it: compiled templates as Jinja keeps them, and our own."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("Title: A\nId: a000000001\nDate: 2010-01-02\n\nText.\n\n<!-- comments -->\n", "utf-8")
    assert pelican(content, tmp_path / "output").returncode == 0
    before = {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()}
    code = compile(f"open({str(tmp_path / 'ran')!r}, 'w')", "template", "exec")
    kept = [path for path in (tmp_path / ".backfile").rglob("*") if path.is_file() and path.name != "lock"]
    assert sum("templates" in path.parts for path in kept) > 5
    for path in kept:
        checksum = marshal.loads(path.read_bytes().partition(b"\n")[2])[0] if "templates" in path.parts else "k"  # noqa: S302
        path.write_bytes(forged((checksum, code)))
    done = pelican(content, tmp_path / "output")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "ran").exists()
    assert before == {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()}
