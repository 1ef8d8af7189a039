"""`backfile bag`: puts an archive and what it was made from into a BagIt bag."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from backfile import __version__
from backfile.begun import begun
from backfile.errors import BackfileError
from backfile.takedown.places import KEY_FILE, candidates
from backfile.verify.bag import check_place, make_bag
from backfile.verify.finding import in_short

_PRIVATE = "originals"


def run_bag(output: Path, to: Path, *, content: Path | None, sources: Path | None, takedown: str = "") -> int:
    """Makes the bag and says what is in it; 0 when it is whole. `takedown`: the file, where the settings name one.

    Raises BackfileError when there is no archive, somebody works on it, or the bag cannot be made.
    """
    if not (output / "index.html").is_file():
        raise BackfileError("no archive here (there is no index.html).", place=str(output), advice="Build it first.")
    parts = {"output": output, **({"content": content} if content else {}), **({"sources": sources} if sources else {})}
    check_place(parts, to)
    for told in begun(output, content):
        print(f"backfile: {told}", file=sys.stderr)
    if sources or (content and (content / _PRIVATE).is_dir()):
        print(
            "This bag holds what was never published: sources as they were found, with readers' addresses and what was"
            " taken out of the archive. Give it to nobody who should not read them; --output-only leaves them out."
        )
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    try:
        bag = make_bag(parts, to, agent=f"Backfile {__version__}", day=day, progress=_show)
    except OSError as error:
        raise BackfileError(
            f"the bag cannot be made: {error.strerror or error}",
            place=str(error.filename or to),
            advice="Run the same command again to go on.",
        ) from error
    held = ", ".join(f"{name} from {folder}" for name, folder in parts.items())
    print(f"{to}: {bag.files:,} files, {bag.octets:,} bytes ({held}).")
    if content and (beside := _takedowns(content, takedown)):
        print(
            f"Not in the bag: {', '.join(map(str, beside))}. Whoever builds from its content again needs them, or"
            " publishes what was taken down."
        )
    if bag.left_out:
        print(
            f"Not in the bag, since links are not followed: {in_short(bag.left_out)}."
            " Where it should hold what they lead to, put that in their place and make the bag again."
        )
    return 0


def _takedowns(content: Path, chosen: str) -> list[Path]:
    """What takes things down in an archive: not for everybody who may have the bag."""
    file = candidates(content, chosen)[0]
    return [path for path in (file, file.with_name(KEY_FILE)) if path.exists()]


def _show(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done % 200 == 0 or done == total):
        print(f"\rCopying: {done:,} of {total:,}", end="\n" if done == total else "", file=sys.stderr, flush=True)
