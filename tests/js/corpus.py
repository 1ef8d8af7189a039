"""Builds an index from a generated corpus, and answers questions to it through Whoosh, for parity.test.mjs.

`corpus.py build FOLDER KIND` writes the index; `corpus.py ask FOLDER` reads questions, one in JSON a line, and
answers in kind.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from backfile.search import index, policy
from backfile.search.document import CommentText, SearchDocument
from backfile.search.whoosh.archive import Archive

ENGLISH = """harbour ministers minister ministry oil prices price market markets trade trading traded bank banks
banking water waters river bridge bridges school schools teacher teaching council councillor election elections vote
voting voter police fire fires weather storm storms flooding flooded flood planned planning plans operate operating
operation nation national nationalism café naïve U.S. well-known state-of-the-art 1.5 2013 don't company's the a of and
to in is it was for on""".split()
NAMES = ["Ann Lee", "Joe Poe", "Dora Quill", "Sam Ray", "Max", "Inês Ção", "Ann Quill"]
LANGUAGES = {
    "pure": ["en"],
    "mixed": ["en", "en", "en", "pt-BR", ""],
    "long": [*["en"] * 24, "pt-BR"],
    "tongues": ["en", "de", "fr", "es-ES", "ru", "uk"],
    "one": ["fr"],
}
FOREIGN = """Häuser Haus Straße Straßen der die und Bürgermeister Bürgermeisterin will élection élections l'école écoles
le la des été publié publiée musée musées or canción canciones policía elecciones el de la rápidamente город города
городов
мэр мэра в и ещё объявление школа школы вибори міста""".split()
SECTIONS = ["News", "Sport", "Life", "Business News", ""]
TAGS = ["energy", "oil", "local history", "Flood 2013", "日本"]


class Writer:
    """Makes documents up, always the same."""

    def __init__(self, languages: list[str]) -> None:
        self.pick = random.Random(20130504)
        self.languages = languages
        syllables = ["ba", "ri", "to", "mu", "ne", "sha", "gro", "li", "po", "ing", "ed", "ation", "er"]
        made = {"".join(self.pick.choices(syllables, k=self.pick.randint(1, 4))) for _ in range(3000)}
        first = FOREIGN + ENGLISH if {"fr"} & set(languages) else ENGLISH
        self.words = first + sorted(made)
        self.weights = [1 / (place + 3) for place in range(len(self.words))]

    def text(self, tokens: int) -> str:
        """Some words, the first of the list far more often than the last."""
        words = self.pick.choices(self.words, self.weights, k=tokens)
        return "".join(word + self.pick.choice([" ", " ", " ", ", ", ". ", " “", "”; "]) for word in words)

    def document(self, number: int) -> SearchDocument:
        """One document; every third has comments, some dates are vague or missing."""
        pick = self.pick
        date = f"{pick.randint(2009, 2014)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
        comments = pick.choice([0, 0, 1, 3, 9])
        cjk = pick.choice(["", "", "", "", "東京で会議が開かれた", "日本語の見出し", "ภาษาไทย"])
        return SearchDocument(
            url=f"{number % 7}/story-{number}.html",
            title=self.text(pick.randint(1, 8)),
            standfirst=self.text(pick.choice([0, 9])),
            body=self.text(pick.choice([0, 5, 30, 120, 500])) + cjk,
            comments=tuple(
                CommentText(f"comment-{place}", pick.choice([*NAMES, ""]), "", self.text(pick.choice([0, 3, 20])))
                for place in range(comments)
            ),
            authors=tuple(pick.sample(NAMES, pick.choice([0, 1, 2]))),
            section=pick.choice(SECTIONS),
            tags=tuple(pick.sample(TAGS, pick.choice([0, 1, 2]))),
            source=pick.choice(["The Harbour Gazette", ""]),
            language=pick.choice(self.languages),
            date=pick.choice([date, date, date, date[:7], date[:4], ""]),
        )


def generations(kind: str) -> Iterator[list[SearchDocument]]:
    """The documents of one build after the other; what a later one leaves out is deleted."""
    writer = Writer(LANGUAGES[kind])
    documents = [writer.document(number) for number in range(2000 if kind == "long" else 700)]
    if kind == "long":
        yield documents
        return
    yield documents[:500]
    yield documents[:600]
    changed = [writer.document(number) for number in range(0, 50, 3)]
    yield [*changed, *documents[100:650]]
    yield [*changed, *documents[104:]]


def build(folder: Path, kind: str) -> None:
    """Writes the index in several builds."""
    policy.SEGMENTS_A_LEVEL = 99  # leave the segments apart
    for documents in generations(kind):
        index.update(folder, documents)


def ask(folder: Path) -> None:
    """Answers questions from standard input."""
    archive = Archive(folder)
    for line in sys.stdin:
        results = archive.search(json.loads(line), 20)
        hits = [[hit.number, hit.score, hit.url, hit.partial] for hit in results.hits]
        print(json.dumps({"total": results.total, "exact": results.exact, "hits": hits}))


if __name__ == "__main__":
    if sys.argv[1] == "build":
        build(Path(sys.argv[2]), sys.argv[3])
    else:
        ask(Path(sys.argv[2]))
