"""The thin adapter to Pelican: proves, when all is written, that what was taken out is nowhere in it."""

from __future__ import annotations

import functools
import hashlib
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import backfile
from backfile import disk
from backfile.comments.plugin import every_article, rules_of
from backfile.comments.withheld import kept_back
from backfile.removal.contents import Contents, articles_in, doubtful, page_texts
from backfile.removal.proof import WHAT_TO_DO, Finding, House, Proof, Stamp, published_anyway
from backfile.removal.waiting import at_end
from backfile.takedown.rules import Rules

log = logging.getLogger(__name__)

_REMEMBERED = "removal"
_ENTRIES = "takedowns"
_SHOWN = 20


def prepare(generator: Any) -> None:
    """Waits for the end of the build, where there are takedowns."""
    rules = rules_of(generator)
    session: Any = getattr(generator, "session", None)
    if hasattr(session, "store"):
        _tell_of_lost(session.store.folder / _ENTRIES, rules)
    if rules:
        end = getattr(session, "at_end", at_end)
        end(functools.partial(_prove, generator, rules, session))


def _tell_of_lost(notes: Path, rules: Rules) -> None:
    """Says, before anything is written, what will be published again: a full disk leaves less in a file, too.

    The notes hold under any settings: new ones may name no takedown file any more, or another one.
    """
    before = frozenset(notes.read_text("ascii", "replace").split()) if notes.is_file() else frozenset()
    now = {entry.aim for entry in rules.entries}
    if before == now:
        return
    disk.put(notes, "".join(f"{aim}\n" for aim in sorted(now)).encode())
    if lost := len(before - now):
        log.warning(
            "%d of %d takedowns that the build before knew %s not in %s any more: what only they took out is published"
            " again. If that is not meant, put them back and build again, before you publish.",
            lost,
            len(before),
            "is" if lost == 1 else "are",
            rules.file or "a takedown file",
        )


def _prove(generator: Any, rules: Rules, session: Any) -> None:
    """Says what takes nothing down and what stands elsewhere; what is left over is an error."""
    settings = generator.settings
    root, output = Path(settings["PATH"]), Path(settings["OUTPUT_PATH"])
    files = {str(article.save_as): str(article.relative_source_path) for article in every_article(generator)}
    touched = {str(a.save_as): a.archive.taken for a in every_article(generator) if a.archive.taken}
    pages = dict(_pages(root, settings, rules))
    files |= {place: place for place in pages}
    for message in doubtful(rules, (digest for taken in (*touched.values(), *pages.values()) for digest in taken)):
        log.warning(message)
    contents = Contents(root, rules, files)
    secrets = list(contents.secrets([*touched, *(place for place, taken in pages.items() if taken)]))
    house = functools.partial(_house, settings, rules)
    digest = hashlib.sha256("".join(secret.digest for secret in secrets).encode()).hexdigest()
    before, told, witnesses = _recall(session, digest)
    proof = Proof(secrets, contents.published, house, witnesses)
    stamps, found = _looked(proof, output, before)
    if before and any(finding.left_over for finding in found):
        # Perhaps an article says it whose page was not looked at, since it stands.
        before, told, proof = {}, [], Proof(secrets, contents.published, house)
        stamps, found = _looked(proof, output, before)
    found += _copied(generator, output, stamps)
    # Of files that stand what was said is said again.
    known = [Finding(file, message, False) for file, message in told if not _is_looked_at(file, stamps, before)]
    if hasattr(session, "remember"):
        session.remember(_REMEMBERED, ("", {}, [], {}))
    _tell([*dict.fromkeys([*found, *known])])
    # Where anything is left over, the next build looks at every file again.
    if hasattr(session, "remember") and not any(finding.left_over for finding in found):
        notes = [(finding.file, finding.message) for finding in (*found, *known)]
        session.remember(_REMEMBERED, (digest, stamps, notes, proof.witnesses))


def _looked(proof: Proof, output: Path, before: dict[str, Stamp]) -> tuple[dict[str, Stamp], list[Finding]]:
    """The stamps of all files, and what was found in those that do not stand as before."""
    stamps = proof.look(output, lambda file, stamp: before.get(file) == stamp)
    return stamps, list(proof.findings())


def _recall(session: Any, digest: str) -> tuple[dict[str, Stamp], list[tuple[str, str]], dict[str, str]]:
    """The stamps of the files that were clean of the same, what was said of them, and pages that say what it was."""
    kept = session.recall(_REMEMBERED) if hasattr(session, "recall") else None
    return tuple(kept[1:]) if kept and kept[0] == digest else ({}, [], {})


def _is_looked_at(file: str, stamps: dict[str, Stamp], before: dict[str, Stamp]) -> bool:
    return file not in stamps or before.get(file) != stamps[file]


def _pages(root: Path, settings: Any, rules: Rules) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The files of Pelican's pages, and what of the takedowns touches each."""
    for folder in filter(None, settings["PAGE_PATHS"]):
        for place, article in articles_in(root / folder):
            yield f"{folder}/{place}", rules.apply(article, "").taken


def _house(settings: Any, rules: Rules) -> House:
    told = (entry.told for entry in rules.entries)
    values = (repr(value) for value in settings.values())
    folders = [Path(settings["THEME"]), Path(backfile.__file__).parent]
    pages = [Path(settings["PATH"], folder) for folder in filter(None, settings["PAGE_PATHS"])]
    said = (text for folder in pages for text in page_texts(folder, rules))
    return House([folder for folder in folders if folder.exists()], (*told, *values, *said))


def _copied(generator: Any, output: Path, files: Iterable[str]) -> Iterator[Finding]:
    is_kept_back = kept_back(generator.context)
    images = getattr(generator.context.get("archive"), "withheld", ())
    yield from published_anyway(output, sorted(filter(is_kept_back, {*files, *images})))


def _tell(found: list[Finding]) -> None:
    elsewhere = [finding for finding in found if not finding.left_over]
    for finding in elsewhere[:_SHOWN]:
        log.warning("Taken out, and still said elsewhere: %s %s.", finding.file, finding.message)
    if len(elsewhere) > _SHOWN:
        log.warning("... and %d more. See them with: backfile takedown check", len(elsewhere) - _SHOWN)
    left = [finding for finding in found if finding.left_over]
    if left:
        lines = "\n".join(f"  {finding.file} {finding.message}" for finding in left[:_SHOWN])
        more = f"\n  ... and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
        log.error("Do not publish this: what was taken out is still in the output.\n%s%s\n%s", lines, more, WHAT_TO_DO)
