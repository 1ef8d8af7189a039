"""What each of the commands is given, and what it has done by whom."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from backfile.errors import BackfileError

if TYPE_CHECKING:
    from backfile.removal.command import Archive

    RemovalCheck = Callable[[Path], Iterable[tuple[str, str]]]


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "import",
        help="read sources and write content files",
        description="Reads saved articles of any known kind and writes one content file for each article.",
        epilog=(
            "examples:\n"
            "  backfile import sources/                         everything in a folder, into content/\n"
            "  backfile import old/ --dry-run                   what would happen, nothing written\n"
            "  backfile import old/ --report import-report.json every record, with the reason for its fate"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="a file or a folder")
    parser.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="where to write (default: content)",
    )
    parser.add_argument("--authors", type=Path, metavar="FILE", help="names and aliases of authors, one author a line")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the report as JSON")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and write no content")
    parser.add_argument("--quiet", action="store_true", help="print the sums only")
    parser.add_argument("--jobs", type=_count, metavar="N", help="processes to work with (default: one a processor)")
    parser.add_argument(
        "--keep-addresses", action="store_true", help="keep e-mail and IP addresses in readers' comments"
    )
    parser.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="another cap on size, count or time, e.g. page=64M or seconds=900; docs/reliability.md names them",
    )
    parser.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    from backfile.importer.command import run_import
    from backfile.importer.limits import set_limits

    set_limits(options.limit)
    return run_import(
        options.sources,
        options.content,
        report_file=options.report,
        dry_run=options.dry_run,
        quiet=options.quiet,
        jobs=options.jobs,
        keep_addresses=options.keep_addresses,
        authors=options.authors,
    )


def _add_split(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "split",
        help="find where comments begin in plain text",
        description=(
            'Reads lines of JSON, {"id", "paragraphs": [...]}, from standard input, and for each writes '
            'a line {"id", "boundary": index of the first comment paragraph or null, "confidence": 0 to 1}.'
        ),
        epilog='example:\n  echo \'{"id": 1, "paragraphs": ["...", "..."]}\' | backfile split --jsonl',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--jsonl", action="store_true", required=True, help="read and write JSON Lines")
    parser.set_defaults(run=_split)


def _split(_: argparse.Namespace) -> int:
    from backfile.split.jsonl import run, tells_boundary

    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    told = asked = False
    for line in run(sys.stdin):
        print(line, flush=True)
        asked, told = True, told or tells_boundary(line)
    return 1 if asked and not told else 0


def _add_search(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "search",
        help="ask the index of a built site",
        description="Asks the search index of a built site through Whoosh, which is what the browser's answers equal.",
        epilog=(
            "examples:\n"
            "  backfile search output swing bridge\n"
            "  backfile search output '\"swing bridge\"'\n"
            "  backfile search output 'commenter:marta bridge' --limit 20 --json"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("output", type=Path, metavar="OUTPUT", help="the built site")
    parser.add_argument(
        "query",
        type=_words,
        nargs="+",
        metavar="QUERY",
        help="what to look for; docs/query-language.md tells how to ask. Quote what your shell would take for its own",
    )
    parser.add_argument("--limit", type=_count, default=10, metavar="N", help="how many results (default: 10)")
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    parser.set_defaults(run=_search)


def _search(options: argparse.Namespace) -> int:
    from backfile.search.command import run_search

    return run_search(options.output, " ".join(options.query), limit=options.limit, json_output=options.json)


def _add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "verify",
        help="prove that a built archive is whole",
        description=(
            "Checks fixity (sha256sums.txt), links and anchors inside of the archive, readers' addresses anywhere, "
            "the search files and, where there is a takedown file, that what it takes out is nowhere. "
            "The exit status is 1 when anything is wrong."
        ),
        epilog=(
            "examples:\n"
            "  backfile verify output --write-sums   remember the digests of an archive that is as it should be\n"
            "  backfile verify output                check it, now or in ten years"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("output", type=Path, metavar="OUTPUT", help="the built site")
    parser.add_argument("--write-sums", action="store_true", help="write sha256sums.txt first")
    parser.add_argument(
        "--allow-address",
        action="append",
        default=[],
        metavar="TEXT",
        help="an address, or a picture's path in OUTPUT, that may be published (may be given several times)",
    )
    _add_archive(parser)
    parser.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    from backfile.search.check import check_index
    from backfile.verify.command import run_verify

    return run_verify(
        options.output,
        check_index,
        _check_removal(options),
        write=options.write_sums,
        allowed=frozenset(options.allow_address),
    )


def _add_bag(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "bag",
        help="put an archive and what it was made from into a BagIt bag",
        description=(
            "Copies a built archive, its content files and its sources into one folder that lists the digests of all "
            "of them (BagIt, RFC 8493). A run that was stopped goes on where it was."
        ),
        epilog=(
            "examples:\n"
            "  backfile bag output --to ../archive-2026            with content/ and sources/\n"
            "  backfile bag output --to ../public --output-only    only what is published"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("output", type=Path, metavar="OUTPUT", help="the built site")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="the bag; must not exist yet")
    parser.add_argument("--content", type=Path, metavar="DIR", help="the content folder (default: content)")
    parser.add_argument("--sources", type=Path, metavar="DIR", help="what was imported (default: sources, if there)")
    parser.add_argument("--output-only", action="store_true", help="leave content and sources out")
    parser.set_defaults(run=_bag)


def _bag(options: argparse.Namespace) -> int:
    from backfile.removal.command import Archive
    from backfile.verify.bagging import run_bag

    content = options.content or Path("content")
    sources = options.sources or (Path("sources") if Path("sources").is_dir() else None)
    if options.output_only:
        content = sources = None
    takedown = ""
    try:
        takedown = Archive(content).chosen() if content else ""
    except BackfileError as error:  # it would only be named among what is not in the bag
        print(f"backfile: which takedown file there is cannot be told: {error}", file=sys.stderr)
    return run_bag(options.output, options.to, content=content, sources=sources, takedown=takedown)


def _add_archive(parser: argparse.ArgumentParser) -> None:
    """The options that say where the takedowns of an archive stand, and what they are applied to."""
    parser.add_argument("--content", type=Path, metavar="DIR", help="the content files (default: content)")
    parser.set_defaults(wrong=parser.error)
    parser.add_argument(
        "--takedown",
        default="",
        metavar="FILE",
        help="the takedown file (default: as the settings beside the content folder say, else takedown.toml there)",
    )
    parser.add_argument("--theme", type=Path, metavar="DIR", help="the theme (default: theme, else Backfile's own)")
    parser.add_argument(
        "--pseudonyms", choices=("none", "all"), help="everybody has a pseudonym, or not (default: as the settings say)"
    )


def _words(text: str) -> str:
    """Words as they were typed: in UTF-8, also where the locale takes them for something else, as LC_ALL=C does.

    What is no UTF-8 becomes signs that stand for nothing.
    """
    try:
        return os.fsencode(text).decode("utf-8", "replace")
    except UnicodeError:
        return text


def _count(text: str) -> int:
    """A number of things, as an option gives it. Raises ArgumentTypeError."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 on")
    return int(text)


def _archive(options: argparse.Namespace) -> Archive:
    """Where the parts of an archive stand; ends the command when the theme that was named is no folder."""
    from backfile.removal.command import Archive

    _must_be_there(options, "theme")
    content = options.content or Path("content")  # which need not be at hand where a site is verified
    everyone = None if options.pseudonyms is None else options.pseudonyms == "all"
    return Archive(content, options.takedown, options.theme, everyone)


def _must_be_there(options: argparse.Namespace, option: str) -> None:
    """Ends the command when a folder that was named is none."""
    folder = getattr(options, option)
    if folder is not None and not folder.is_dir():
        options.wrong(f"argument --{option}: there is no folder {str(folder)!r}")


def _check_removal(options: argparse.Namespace) -> RemovalCheck | None:
    """What tells a verification of removed texts that are left over; nothing where nothing is taken down."""
    from backfile.removal.command import check_of

    _must_be_there(options, "content")
    return check_of(options.output, _archive(options))


def _add_takedown(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "takedown",
        help="find what to take down, and prove that it is gone",
        description=(
            "Helps with the takedown file: docs/removal.md. `find WORDS` prints the articles and comments that have "
            "these words in a row, or this id, with what an entry needs. `check OUTPUT` proves that nothing of what "
            "was taken out is in a built site; the exit status is 1 when something is."
        ),
        epilog=(
            "examples:\n"
            "  backfile takedown find 'I never liked'   which comment is it, and how do I name it?\n"
            "  backfile takedown find c41               the article or comment with this id\n"
            "  backfile takedown check output           is everything gone?"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=("find", "check"), metavar="find|check", help="what to do")
    parser.add_argument("subject", metavar="WORDS|OUTPUT", help="words, or an id, to find; or the built site to check")
    _add_archive(parser)
    parser.set_defaults(run=_takedown)


def _takedown(options: argparse.Namespace) -> int:
    from backfile.removal.command import run_check, run_find

    if options.task == "find":
        if not options.subject.strip():
            options.wrong("argument WORDS: there are no words to find")
        return run_find(_words(options.subject), _archive(options))
    return run_check(Path(options.subject), _archive(options))


COMMANDS = (_add_import, _add_split, _add_search, _add_verify, _add_bag, _add_takedown)
"""Each adds one command to the parser, in the order in which `--help` shows them."""
