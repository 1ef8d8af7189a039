"""The importer's way: files -> records -> groups of one page -> articles -> content files.

Read and fingerprint (map), pair (group by key), merge and assemble (reduce), write.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from backfile.importer.assembling import Assembled, assemble
from backfile.importer.completing import complete
from backfile.importer.discussions import Discussion
from backfile.importer.doubts import Doubt
from backfile.importer.joining import Waiting
from backfile.importer.kinds import Item as Found
from backfile.importer.kinds import read_comments, read_container, read_page_file, tell_kind
from backfile.importer.languages import with_languages
from backfile.importer.limits import attempt
from backfile.importer.originals import Originals
from backfile.importer.pairing import SAME_PAGE, Fingerprint, Pair, fingerprint, group, pair_up
from backfile.importer.placing import Placing
from backfile.importer.record import Outcome, Problem, Record
from backfile.importer.sharing import Sharing
from backfile.importer.walking import SourceFile
from backfile.importer.watching import Advance, Unwatched, Watch
from backfile.importer.workers import ordered_map
from backfile.importer.writer import ContentFolder

_SURELY_SAME = 0.85
"""Containment below which a merge is shown to a person."""


def import_files(
    files: Sequence[SourceFile],
    folder: ContentFolder,
    *,
    jobs: int = 1,
    keep_addresses: bool = False,
    aliases: Mapping[str, str] | None = None,
    watch: Watch | None = None,
) -> Iterator[Outcome]:
    """Imports files into a content folder; gives what became of each record, every record once."""
    watch = watch or Unwatched()
    known = list(watch("looking", map(tell_kind, files), len(files)))
    threads = [item.file for item in known if item.kind in ("discussions", "remarks")]
    originals = Originals()
    discussions, problems = _read_discussions(threads, watch.follow("reading discussions", _size(threads)), originals)
    placing = Placing(
        folder,
        Waiting(discussions, originals.folder_of),
        originals,
        keep_addresses=keep_addresses,
        aliases=aliases or {},
    )
    yield from (Outcome(item.file.name, "skipped", item.reason) for item in known if item.kind == "unreadable")
    yield from (Outcome(item.file.name, "merged", item.reason) for item in known if item.kind == "companions")
    yield from map(_skipped, problems)
    containers = [item.file for item in known if item.kind in ("container", "remarks")]
    advance = watch.follow("reading exports", _size(containers))
    sharing = Sharing(jobs, _completed)
    exported = (
        item for file in containers for item in originals.of_export(file, read_container(file, advance, sharing))
    )
    yield from _place_all(watch("articles of exports", exported, 0) if containers else exported, placing, [])
    pages = [item.file for item in known if item.kind == "page"]
    texts: list[Record] = []
    read = watch("reading", ordered_map(_read_page, pages, jobs, _lost_page), len(pages))
    yield from _place_all(map(originals.of_page, pages, read), placing, texts)
    yield from _import_texts(texts, placing, jobs, watch)
    yield from placing.join_what_is_left()
    yield from (placing.image_fate(item.file) for item in known if item.kind == "image")


def _read_page(file: SourceFile) -> Found:
    return _completed(read_page_file(file))


def _lost_page(file: SourceFile, why: str) -> Found:
    return Problem(file.name, why)


def _completed(item: Found) -> Found:
    if not isinstance(item, Record):
        return item
    record, why = attempt(lambda: complete(item))
    return record or Problem(item.place, why, item.source)


def _assemble(records: Sequence[Record]) -> Assembled:
    made = assemble(records)
    return replace(made, article=with_languages(made.article))


def _lost_assembly(_records: Sequence[Record], why: str) -> str:
    return why


def _size(files: Iterable[SourceFile]) -> int:
    """The bytes of the files; one that has gone has none, and is a problem when it is read."""
    return sum(file.path.stat().st_size for file in files if file.path.is_file())


def _read_discussions(
    files: Iterable[SourceFile], advance: Advance, originals: Originals
) -> tuple[list[Discussion], list[Problem]]:
    """The discussions of all comment services' exports: they are wanted before the first article."""
    discussions: list[Discussion] = []
    problems: list[Problem] = []
    for file in files:
        for item in originals.of_export(file, read_comments(file, advance)):
            if isinstance(item, Discussion):
                discussions.append(item)
            elif isinstance(item, Problem):
                problems.append(item)
    return discussions, problems


def _place_all(items: Iterable[Found], placing: Placing, texts: list[Record]) -> Iterator[Outcome]:
    """Places records that are articles; plain text, which wants pairing first, is put into `texts`."""
    for item in items:
        if isinstance(item, Problem):
            yield _skipped(item)
        elif isinstance(item, Record):
            if item.paragraphs:
                texts.append(item)
            elif not placing.puts_off(item):
                yield placing.place(item.article, item, item.doubt)


def _skipped(problem: Problem) -> Outcome:
    return Outcome(problem.place, "skipped", problem.reason)


def _import_texts(records: Sequence[Record], placing: Placing, jobs: int, watch: Watch) -> Iterator[Outcome]:
    """Pairs plain-text extracts, merges each page's and writes one article a page."""
    prints = list(
        watch("comparing", ordered_map(_fingerprint, enumerate(records), jobs, _lost_fingerprint), len(records))
    )
    pairs = pair_up(prints)
    near, shared = _near_misses(pairs, records), _most_shared(pairs)
    groups = group(len(records), pairs)
    pages = [[records[number] for number in members] for members in groups]
    assembled = watch("splitting", ordered_map(_assemble, pages, jobs, _lost_assembly), len(pages))
    for members, page, made in zip(groups, pages, assembled, strict=True):
        if isinstance(made, str):
            yield from (Outcome(record.place, "skipped", made) for record in page)
        else:
            share = [shared.get(member, 1.0) for member in members]
            yield from _import_page(page, made, placing, near.get(members[0], ()), share)


def _fingerprint(numbered: tuple[int, Record]) -> Fingerprint:
    return fingerprint(numbered[0], numbered[1].paragraphs)


def _lost_fingerprint(numbered: tuple[int, Record], _why: str) -> Fingerprint:
    """That of nothing: such a text is like no other, and what is wrong with it shows when it is put together."""
    return fingerprint(numbered[0], ())


def _near_misses(pairs: Iterable[Pair], records: Sequence[Record]) -> dict[int, tuple[Doubt, ...]]:
    """The doubts about extracts that share much and yet too little, by the number of each."""
    near: dict[int, list[Doubt]] = defaultdict(list)
    for pair in pairs:
        if pair.containment < SAME_PAGE:
            for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
                told = f"may be of the page of {records[other].source.name}, but shares too little with it to be merged"
                near[one].append(Doubt("merge", round(pair.containment, 4), told))
    return {number: tuple(told) for number, told in near.items()}


def _most_shared(pairs: Iterable[Pair]) -> dict[int, float]:
    """How much the extract that is most like another shares with it, by the number of each."""
    most: dict[int, float] = {}
    for pair in pairs:
        for number in (pair.first, pair.second):
            most[number] = max(most.get(number, 0.0), pair.containment)
    return most


def _import_page(
    records: Sequence[Record], made: Assembled, placing: Placing, near: tuple[Doubt, ...], share: Sequence[float]
) -> Iterator[Outcome]:
    """Places the article of a page; `share` is how sure it is of each extract that it is one of the page."""
    first, *others = records
    first = replace(first, images=tuple(image for image in first.images if image.path in made.article.body))
    outcome = placing.place(made.article, first, made.doubt, near)
    yield outcome
    for other, sure in zip(others, share[1:], strict=True):
        doubt = Doubt("merge", round(sure, 4), f"merged with {first.source.name}, though not all of it is in both")
        yield Outcome(
            other.place,
            "merged",
            f"another extract of the page of {first.source.name}",
            article=outcome.article,
            file=outcome.file,
            confidence=round(sure, 4),
            doubts=(doubt,) if sure < _SURELY_SAME else (),
            notes=other.notes,
        )
