"""What of an archive was begun and not ended: a build or an import that is at it, or was stopped.

Whoever looks at a whole archive, or copies it, would else take half of a new one and half of an old one for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from backfile.disk import Lock
from backfile.folders import IMPORTING


def begun(output: Path, content: Path | None = None) -> Iterator[str]:
    """What was stopped before its end, in words. Raises BackfileError that names who is at work, where somebody is.

    Of a build it is known where its state stands beside the output, as it does unless settings say otherwise.
    """
    built = output.absolute()
    state = built.parent / ".backfile" / built.name
    Lock(state / "lock", "is building this archive").ask()
    if _is_there(state / "journal"):
        yield f"The last build of {output} was stopped before its end: build again, or some of its pages are old ones."
    if content is not None:
        Lock(content / IMPORTING, "is importing into this folder").ask()
        if _is_there(content / IMPORTING):
            yield (
                f"An import into {content} was stopped before its end: articles may be missing. Run the same import"
                " again, and then build."
            )


def _is_there(path: Path) -> bool:
    """Whether there is such a file; no error where another user keeps what a build knows to himself."""
    return os.path.exists(path)  # noqa: PTH110 - a Path's own method raises where it may not look
