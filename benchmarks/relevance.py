"""How well whole sentences find what is relevant: nDCG@10 and MAP on the Cranfield collection.

    python benchmarks/relevance.py ../shared/data/cranfield

Whoosh 2.7.4 with OR reaches .388 / .310 on it, lunr .394 / .312. A judgement of -1 is left out, 1 to 4 are relevant;
queries are numbered by their order in the file.
"""

from __future__ import annotations

import lzma
import math
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backfile.search import index
from backfile.search.document import SearchDocument
from backfile.search.whoosh.archive import Archive


@dataclass(frozen=True)
class Quality:
    """Means over all queries that have judgements."""

    ndcg10: float
    map: float
    queries: int


def documents(folder: Path) -> Iterator[SearchDocument]:
    """The abstracts: title, authors and text."""
    with lzma.open(folder / "cran.all.1400.xz", "rt", encoding="latin-1") as file:
        text = file.read()
    for part in re.split(r"^\.I (?=\d)", text, flags=re.MULTILINE)[1:]:
        fields = dict(re.findall(r"^\.([TABW])\n(.*?)(?=^\.[TABW]\n|\Z)", part, re.DOTALL | re.MULTILINE))
        yield SearchDocument(
            url=f"{int(part.split(None, 1)[0]):05}.html",
            title=" ".join(fields.get("T", "").split()),
            body=fields.get("W", "").strip(),
            authors=tuple(filter(None, [fields.get("A", "").strip()])),
        )


def queries(folder: Path) -> list[str]:
    """The questions, whole sentences."""
    text = (folder / "cran.qry").read_text("latin-1")
    return [" ".join(part.split()) for part in re.split(r"^\.I \d+\s*\.W\n", text, flags=re.MULTILINE)[1:]]


def judgements(folder: Path) -> dict[int, set[int]]:
    """The relevant documents of each query."""
    relevant: dict[int, set[int]] = {}
    for line in (folder / "cranqrel").read_text("latin-1").splitlines():
        numbers = [int(word) for word in line.split()[:3]]
        if len(numbers) == 3 and numbers[2] != -1:
            relevant.setdefault(numbers[0], set()).add(numbers[1])
    return relevant


def measure(archive: Archive, asked: Sequence[str], relevant: dict[int, set[int]]) -> Quality:
    """Asks everything and compares."""
    ndcg, precision = [], []
    for number, text in enumerate(asked, 1):
        if not (wanted := relevant.get(number)):
            continue
        found = [int(hit.url[:5]) in wanted for hit in archive.search(text, None).hits]
        ideal = sum(1 / math.log2(place + 2) for place in range(min(10, len(wanted))))
        ndcg.append(sum(good / math.log2(place + 2) for place, good in enumerate(found[:10])) / ideal)
        places = [place for place, good in enumerate(found, 1) if good]
        precision.append(sum(count / place for count, place in enumerate(places, 1)) / len(wanted))
    return Quality(sum(ndcg) / len(ndcg), sum(precision) / len(precision), len(ndcg))


def main(folder: Path) -> None:
    """Prints the two figures for the shipped defaults."""
    with tempfile.TemporaryDirectory() as place:
        index.update(Path(place), documents(folder))
        quality = measure(Archive(Path(place)), queries(folder), judgements(folder))
    print(f"nDCG@10 {quality.ndcg10:.4f}  MAP {quality.map:.4f}  over {quality.queries} queries")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
