"""The `backfile` command."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence

from backfile import __version__
from backfile.commands import COMMANDS
from backfile.errors import BackfileError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit status: 0 done, 1 nothing came of it, 2 wrong use."""
    _open_what_is_closed()
    options = build_parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name that the terminal cannot show is no reason to end
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = int(options.run(options))
        sys.stdout.flush()
        return status
    except BackfileError as error:
        print(f"backfile: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has gone; there is nobody to tell
        sys.stderr.close()
        return 1
    except OSError as error:
        if error.filename is not None:  # it is not what we print
            place = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else error.filename
            advice = "Put it right, or get the permission, and run it again."
            print(f"backfile: {place}: {error.strerror or error}. {advice}", file=sys.stderr)
            return 1
        if isinstance(error, FileNotFoundError):
            print("backfile: the folder that this runs in is not there any more. Go to another.", file=sys.stderr)
            return 1
        print(f"backfile: the output cannot be written: {error.strerror or error}.", file=sys.stderr)
        with contextlib.suppress(OSError):
            sys.stdout.close()  # else Python tries once more, and complains
        return 1
    except KeyboardInterrupt:
        print("backfile: stopped", file=sys.stderr)
        return 130


def _open_what_is_closed() -> None:
    """Puts nothing in the place of input and outputs that were closed, as some services start their commands."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - as long as we run


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command; `docs/commands.md` describes them, and a test compares."""
    parser = argparse.ArgumentParser(
        prog="backfile",
        description="Turns saved articles and their readers' comments into a permanent static archive.",
        epilog="Then build the site with: pelican content",
    )
    parser.add_argument("--version", action="version", version=f"backfile {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in COMMANDS:
        add(commands)
    return parser
