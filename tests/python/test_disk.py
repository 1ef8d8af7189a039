"""Files are whole or not there, and one run at a time has a folder."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time

import pytest

from backfile import disk
from backfile.errors import BackfileError, WriteError
from project import PACKAGE

HOLDER = """
import sys, time
from pathlib import Path
from backfile.disk import Lock
lock = Lock(Path(sys.argv[1]), "is at work here")
print(lock.take(), flush=True)
time.sleep(600)
"""


def hold(path):
    """Another process that has the lock, and whether it found it left behind."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    process = subprocess.Popen([sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE, text=True, env=environment)
    return process, process.stdout.readline().strip() == "True"


def end(process):
    with process:
        process.kill()


def test_a_second_run_is_told_who_holds_the_lock(tmp_path):
    process, _ = hold(tmp_path / "lock")
    try:
        with pytest.raises(BackfileError, match=rf"process {process.pid} on .*, since 20.*, is at work here\. Wait"):
            disk.Lock(tmp_path / "lock", "is at work here").take()
    finally:
        end(process)


@pytest.mark.parametrize("remove", [True, False])
def test_a_lock_that_was_let_go_is_free_and_one_of_the_dead_too_but_says_so(tmp_path, remove):
    lock = disk.Lock(tmp_path / "lock", "x")
    assert lock.take() is False
    lock.release(remove=remove)
    assert (tmp_path / "lock").exists() is not remove
    process, left = hold(tmp_path / "lock")
    end(process)
    assert not left
    assert lock.take() is True
    lock.release(remove=remove)
    assert lock.take() is False
    lock.abandon()
    assert lock.take() is True
    lock.release()


def test_where_a_file_system_has_no_locks_work_goes_on(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(disk.fcntl, "flock", refuse)
    lock = disk.Lock(tmp_path / "lock", "x")
    assert lock.take() is False
    disk.Lock(tmp_path / "lock", "x").ask()
    lock.release(remove=True)
    assert not (tmp_path / "lock").exists()


def test_workers_of_a_killed_holder_are_waited_for(tmp_path):
    child = os.fork()
    if child == 0:  # the holder: it has a worker, and is killed
        lock = disk.Lock(tmp_path / "lock", "x")
        lock.take()
        if os.fork() == 0:
            time.sleep(0.5)
            (tmp_path / "worked").touch()
            os._exit(0)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    lock = disk.Lock(tmp_path / "lock", "x")
    lock.take()
    assert (tmp_path / "worked").exists()
    lock.release()


@pytest.mark.parametrize("step", ["_fill", "_place"])
def test_a_file_that_cannot_be_replaced_is_what_it_was(tmp_path, monkeypatch, step):
    path = tmp_path / "a" / "file"
    disk.put(path, b"before")

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, step, full)
    with pytest.raises(WriteError, match=r"file.* cannot be written: No space left on device\. Nothing that was"):
        disk.put(path, b"after")
    assert [(found.name, found.read_bytes()) for found in path.parent.iterdir()] == [("file", b"before")]


def test_a_file_larger_than_allowed_leaves_the_old_one(tmp_path):
    program = (
        "import resource, signal, sys; from pathlib import Path; from backfile import disk\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "disk.put(Path(sys.argv[1]), b'x' * 5000)"
    )
    (tmp_path / "file").write_bytes(b"before")
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "file"], env=environment, capture_output=True, text=True
    )
    assert "WriteError" in done.stderr
    assert "File too large" in done.stderr
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_a_folder_that_cannot_be_made_is_told_of_with_its_place(tmp_path):
    (tmp_path / "2009").write_text("a file of somebody's")
    disk.make_folder(tmp_path / "2010" / "03")
    disk.make_folder(tmp_path / "2010" / "03")
    with pytest.raises(
        WriteError, match=r"2009/03: cannot be written: Not a directory\. Nothing that was there is lost"
    ):
        disk.make_folder(tmp_path / "2009" / "03")
