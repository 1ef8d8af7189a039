"""Documents, pages and queries for the benchmark of search: the stories of Reuters, and recombinations of them."""

from __future__ import annotations

import html
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from backfile.search import analysis
from backfile.search.document import SearchDocument


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


def page(document: SearchDocument) -> str:
    """A document as a bare page, with what Pagefind wants to know of it."""
    filters = [("section", document.section), *(("tag", tag) for tag in document.tags)]
    marked = "".join(
        f'<span data-pagefind-filter="{name}">{html.escape(value)}</span> ' for name, value in filters if value
    )
    paragraphs = "".join(f"<p>{html.escape(part)}</p>\n" for part in document.body.split("\n") if part.strip())
    title = html.escape(document.title)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><main data-pagefind-body><h1>{title}</h1>\n<p data-pagefind-ignore>{marked}</p>\n"
        f"{paragraphs}</main></body></html>\n"
    )


def write_pages(folder: Path, documents: Recombined) -> None:
    """Writes all pages."""
    for document in documents:
        path = folder / document.url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(document), encoding="utf-8")


COMMON = ("oil", "japan trade", "bank dollar rates", "net profit year", "opec production ceiling", "wheat")
"""What many stories hold."""


def queries(documents: Recombined, count: int = 30) -> list[str]:
    """Common words, then one, two and three words of a story, in turn; neither short nor the two commonest."""
    pick = random.Random(7)
    asked = list(COMMON)
    while len(asked) < count:
        tokens = sorted(set(analysis.raw_tokens(pick.choice(documents.stories[: documents.count]).body)))
        words = [word for word in tokens if len(word) > 3 and word.isalpha() and word not in ("said", "reuter")]
        if len(words) >= 3:
            asked.append(" ".join(pick.sample(words, 1 + len(asked) % 3)))
    return asked
