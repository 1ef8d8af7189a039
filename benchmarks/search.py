"""What building and reading the search files costs, on the stories of Reuters and on recombinations of them.

    python benchmarks/search.py ../shared/data/reuters21578 [DOCUMENTS ...]

Prints, for each number of documents: time and memory of the build, number and size of the files, what ten more
documents add, and what a query fetches. Bytes are those of a host that compresses scripts, computed from the files
for an engine that reads, of each word, its block of keys and (for several words) all tiers of its list, and the
records of the best ten: a browser is not run here.
"""

from __future__ import annotations

import gzip
import random
import resource
import statistics
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "python"))

from backfile.search import analysis, index, manifest
from backfile.search.document import SearchDocument
from backfile.search.files import ShardFiles
from backfile.search.segment_reader import SegmentReader
from backfile.search.whoosh.archive import Archive
from search_texts import reuters

QUERIES = 90


class Recombined:
    """As many documents as asked for: the stories themselves, or halves of two with rare new words."""

    def __init__(self, stories: Sequence[SearchDocument], count: int) -> None:
        self.stories, self.count = stories, count

    def __iter__(self) -> Iterator[SearchDocument]:
        if self.count <= len(self.stories):
            yield from self.stories[: self.count]
            return
        pick = random.Random(9)
        for number in range(self.count):
            story = self.stories[number * len(self.stories) // self.count]
            first, second = story.body.split(". "), pick.choice(self.stories).body.split(". ")
            sentences = pick.sample(first, len(first) // 2 + 1) + pick.sample(second, (len(second) + 1) // 2)
            if pick.random() < 0.35:
                sentences.append("".join(pick.choices("abcdefghiklmnoprstuvwz", k=9)))
            yield replace(story, url=f"{story.url[:-5]}-{number}.html", body=". ".join(sentences))


def wire(path: Path) -> int:
    """Bytes of a script on a host that compresses."""
    return len(gzip.compress(path.read_bytes(), 6))


def queries(stories: Sequence[SearchDocument]) -> list[str]:
    """One, two and three words of a story, in turn; neither short nor the two commonest."""
    pick = random.Random(7)
    asked: list[str] = []
    while len(asked) < QUERIES:
        tokens = sorted(set(analysis.raw_tokens(pick.choice(stories).body)) - {"said", "reuter"})
        words = [word for word in tokens if len(word) > 3 and word.isalpha()]
        if len(words) >= 3:
            asked.append(" ".join(pick.sample(words, 1 + len(asked) % 3)))
    return asked


def fetched(archive: Archive, readers: Sequence[SegmentReader], text: str) -> tuple[set[str], set[str]]:
    """The shards that a query needs: of keys and lists; of records."""
    terms: set[str] = set()
    keys = list(dict.fromkeys(analysis.keys_for("porter").of(text)))
    for reader in readers:
        for key in keys:
            terms.add(f"{reader.segment.id}/t{bisect_right(reader.segment.t, key)}")
            term = reader.find(key)
            if term and term.long and not (len(keys) == 1 and reader.long(term).head.docs):
                terms |= {f"{reader.segment.id}/l{tier[0]}" for tier in reader.long(term).tiers}
    stores = {store.id: store for store in archive.manifest.stores}
    places = [archive.place(hit.number) for hit in archive.search(text).hits]
    return terms, {f"{place.store}/d{place.record // stores[place.store].per}" for place in places}


def report_build(folder: Path, documents: Recombined) -> None:
    """Builds, then adds ten documents."""
    start, cpu = time.perf_counter(), time.process_time()
    index.update(folder, documents)
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    beside = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"  build       {wall:.1f} s wall, {cpu:.1f} + {beside.ru_utime:.1f} s CPU (second process)")
    print(f"  peak memory {own:.0f} + {beside.ru_maxrss / 1024:.0f} MB, the stories themselves included")
    files = Counter(path.name[0] for path in folder.rglob("x/*/*.js"))
    size = sum(path.stat().st_size for path in folder.rglob("*.js"))
    print(f"  files       {files.total()}, {files.total() / documents.count:.4f} a document, {size / 1e6:.1f} MB")
    print("              " + ", ".join(f"{kind} {count}" for kind, count in sorted(files.items())))
    before = set(folder.rglob("x/*/*.js"))
    more = [replace(story, url=f"new/{number}.html") for number, story in enumerate(documents.stories[:10])]
    start = time.perf_counter()
    index.update(folder, [*documents, *more])
    added = set(folder.rglob("x/*/*.js")) - before
    print(
        f"  ten more    {time.perf_counter() - start:.1f} s, {len(added)} files, "
        f"{sum(map(wire, added))} bytes; {len(before - set(folder.rglob('x/*/*.js')))} files gone"
    )


def report_queries(folder: Path, asked: Sequence[str]) -> None:
    """Prints medians over the queries."""
    archive = Archive(folder)
    found = manifest.read(folder)
    assert found is not None
    files = ShardFiles(folder)
    readers = [SegmentReader(files, segment) for segment in found.segments]
    sums = []
    for text in asked:
        terms, records = fetched(archive, readers, text)
        sums.append([sum(wire(folder / "x" / f"{name}.js") for name in names) for names in (terms, records)])
    print(f"  manifest    {wire(folder / manifest.NAME)} bytes")
    for words in range(3):
        chosen = sums[words::3]
        keys, records = (statistics.median(item[part] for item in chosen) for part in (0, 1))
        total = statistics.median(map(sum, chosen))
        print(f"  {words + 1} word(s)   median {total:.0f} bytes: keys and lists {keys:.0f}, records {records:.0f}")
    print(f"  all         median {statistics.median(map(sum, sums)):.0f} bytes")


def main(folder: Path, counts: Sequence[int]) -> None:
    """Measures each number of documents."""
    stories = sorted(reuters(folder), key=lambda story: story.date)
    for count in counts or [len(stories)]:
        print(f"{count} documents")
        with tempfile.TemporaryDirectory() as place:
            report_build(Path(place), Recombined(stories, count))
            report_queries(Path(place), queries(stories))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(count) for count in sys.argv[2:]])
