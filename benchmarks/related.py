"""How long related articles take to find as an archive grows, and whether they have to do with each other.

    python -m benchmarks.related [FOLDER]

FOLDER holds `reuters21578.tar.xz`, which is not part of this project: `data/reuters21578` of `BACKFILE_SHARED`, or
of a folder `shared` beside the project. Topics are what Reuters' editors gave; the signatures do not see them.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

from backfile.browse.related import related
from backfile.browse.terms import signature
from benchmarks.build_corpus import reuters

SIZES = (2_000, 5_000, 10_000, 19_043, 95_215)
MOST = 4


def main() -> int:
    """Measures and prints; 0 when the collection is there."""
    shared = Path(os.environ.get("BACKFILE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "data" / "reuters21578"
    if not (folder / "reuters21578.tar.xz").exists():
        print(f"no reuters21578.tar.xz in {folder}")
        return 1
    stories = list(reuters(folder / "reuters21578.tar.xz"))
    start = time.process_time()
    signatures = [signature(story.title, (), "", "\n".join(story.paragraphs)) for story in stories]
    print(f"{len(stories)} signatures: {time.process_time() - start:.2f} s")
    for size in SIZES:
        many = (signatures * (size // len(signatures) + 1))[:size]
        start = time.process_time()
        related(many, MOST)
        spent = time.process_time() - start
        print(f"related among {size:6}: {spent:6.2f} s, {spent / size * 1e6:4.0f} µs an article")
    found = related(signatures, MOST)
    topics = [story.section for story in stories]
    pairs = [(at, other) for at, others in enumerate(found) for other in others]
    told = [(topics[at], topics[other]) for at, other in pairs if "news" not in (topics[at], topics[other])]
    rnd = random.Random(1)
    known = [topic for topic in topics if topic != "news"]
    chance = sum(rnd.choice(known) == topic for topic in known) / len(known)
    print(f"{len(pairs) / len(stories):.2f} related an article; none for {sum(not o for o in found) / len(found):.0%}")
    print(f"of one first topic: {sum(a == b for a, b in told) / len(told):.0%}; by chance {chance:.0%}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
