"""The proof: no word that only removed texts have, and no run of their words, is in a file of the output.

    words and runs of what was taken out
        -> found in no file                                           gone
        -> found, and said by an article as it is published now       stands elsewhere: told, for a person to decide
        -> found, and said by none                                    left over: an error

A word of the theme, of our own code or of the settings counts as said; so does one of an article's public note.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from backfile.model import Article
from backfile.removal.files import SEARCH, is_text, readable, text_files
from backfile.removal.secrets import Run, Secret, texts_of
from backfile.search.texts import Found, packed_text, searched_texts
from backfile.takedown.canonical import folded, has_run, is_glued, words_of

Stamp = tuple[int, int, int, int]
WHAT_TO_DO = "Delete the files that are named, and build again: what an earlier program or theme left is not made anew."
_NAMED: Stamp = (0, 0, 0, 0)
_MOST_WITNESSES = 64
_BY_NO_CHANCE = 4


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Words of what was taken out that are in a file: `left_over`, or said by others as well."""

    file: str
    message: str
    left_over: bool


def published_anyway(output: Path, withheld: Iterable[str]) -> Iterator[Finding]:
    """Those of the files that must not be published which are in the output."""
    for path in withheld:
        if (output / path).exists():
            yield Finding(path, "must not be published: what was taken out stands in it", True)


@dataclass(slots=True)
class Sightings:
    """In which files something was seen: pages of articles, which may say it themselves, and others."""

    articles: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


class House:
    """What the theme, our own code and the settings say; `folders` may be single files, `texts` are further texts."""

    def __init__(self, folders: Iterable[Path] = (), texts: Iterable[str] = ()) -> None:
        paths = [file for folder in folders for file in ([folder] if folder.is_file() else sorted(folder.rglob("*")))]
        kept = (path.read_text("utf-8", "replace") for path in paths if path.is_file() and is_text(path))
        self._texts = [words_of(text) for text in (*kept, *texts)]
        self._words = frozenset(word for text in self._texts for word in text)

    def says(self, run: Run) -> bool:
        """Whether these words stand in a row in one of the texts."""
        if not self._words.issuperset(run):
            return False
        return len(run) == 1 or any(has_run(text, list(run)) for text in self._texts)


class Proof:
    """Looks for secrets in an output folder. `published` gives the article of a page's address, as it is published.

    `house` are the texts of the theme and the like, which every page may have. `witnesses` are pages that said what was
    seen last time, by what they said: where not every file is looked at, they are asked first.
    """

    def __init__(
        self,
        secrets: Iterable[Secret],
        published: Callable[[str], Article | None],
        house: Callable[[], House],
        witnesses: Mapping[str, str] | None = None,
    ) -> None:
        self.witnesses = dict(witnesses or {})
        self._secrets = list(secrets)
        self._published, self._house = published, house
        self._texts: dict[str, list[list[str]]] = {}
        self._words = {word for secret in self._secrets for word in secret.words}
        self._of_run: dict[Run, Secret] = {run: secret for secret in self._secrets for run in secret.runs}
        self._lengths: dict[str, set[int]] = {}
        for run in self._of_run:
            self._lengths.setdefault(run[0], set()).add(len(run))
        self._seen_words: dict[str, Sightings] = {}
        self._seen_runs: dict[Run, Sightings] = {}
        self._left: list[Finding] = []

    def look(self, output: Path, unchanged: Callable[[str, Stamp], bool]) -> dict[str, Stamp]:
        """Looks at every file but those that are `unchanged` since they were found to be clean; the stamps of all.

        A folder of search files is named after what is in it: it has no stamp but its name.
        """
        stamps: dict[str, Stamp] = {}
        names = sorted({_name(secret.url) for secret in self._secrets if not secret.gone}, key=len, reverse=True)
        addresses = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])") if names else None
        for file, stat in text_files(output):
            stamps[file] = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
            if not unchanged(file, stamps[file]):
                data = (output / file).read_bytes()
                if packed := packed_text(data, file):  # search files that somebody kept aside, as in `search-old`
                    self._look_into(packed)
                    continue
                for text in readable(data, file, addresses):
                    self._scan(file, _page_of(file), text)
        folders = [path.name for path in (output / "search" / "x").glob("*")]
        known = {name for name in folders if unchanged(f"{SEARCH}{name}", _NAMED)}
        self._look_into_search(output, known)
        return stamps | {f"{SEARCH}{name}": _NAMED for name in folders}

    def _look_into_search(self, output: Path, known: set[str]) -> None:
        endings = tuple(end for s in self._secrets for end in (f"-{s.identity}.html", f"/{s.identity}.html"))
        for found in searched_texts(output, known):
            if found.kind == "deleted":
                if found.text.endswith(endings):
                    self._left.append(Finding(found.place, f"still holds what {found.text} said before", True))
            elif found.kind == "document":
                self._scan(f"search: {found.place}", found.place, found.text)
            else:
                self._look_into(found)

    def _look_into(self, found: Found) -> None:
        if found.kind != "keys":  # keys are endings cut off: other words may have the same
            self._scan(found.place, "", found.text, apart=found.kind == "words")

    def _scan(self, file: str, page: str, text: str, *, apart: bool = False) -> None:
        """Notes what stands in a text; `apart`: its lines are a list, and no word of one goes on in the next."""
        words = words_of(text)
        seen = self._words.intersection(words)
        for word in seen:
            _note(self._seen_words.setdefault(word, Sightings()), file, page)
        lengths = self._lengths
        if lengths.keys().isdisjoint(words):
            return
        plain = functools.cache(lambda: folded(text))
        ends = functools.cache(lambda: list(accumulate(len(words_of(line)) for line in text.split("\n"))))
        for at, word in enumerate(words):
            for length in lengths.get(word, ()):
                run = tuple(words[at : at + length])
                if apart and length > 1 and at + length > ends()[bisect_right(ends(), at)]:
                    continue
                if run in self._of_run and _stands_in(run, plain):
                    _note(self._seen_runs.setdefault(run, Sightings()), file, page)

    def findings(self) -> Iterator[Finding]:
        """What was found: once for each thing taken out and each file."""
        told: set[tuple[str, str]] = set()
        yield from self._left
        house = self._house() if self._seen_words or self._seen_runs else House()
        for word, sightings in sorted(self._seen_words.items()):
            if house.says((word,)) or self._sayer((word,), sightings):
                continue
            secret = next(secret for secret in self._secrets if word in secret.words)
            for file in _files(sightings):
                if (secret.label, file) not in told:
                    told.add((secret.label, file))
                    yield Finding(file, f"has the word “{word}” of {_what(secret)}, which no article says", True)
        for run, sightings in self._seen_runs.items():
            yield from self._of(run, sightings, told, house)

    def _of(self, run: Run, sightings: Sightings, told: set[tuple[str, str]], house: House) -> Iterator[Finding]:
        secret = self._of_run[run]
        sayers = [page for page in dict.fromkeys(sightings.articles) if self._says(page, list(run))]
        if not sayers and not self._sayer(run, sightings) and not house.says(run):
            for file in _files(sightings):
                if (secret.label, file) not in told:
                    told.add((secret.label, file))
                    yield Finding(file, f"has “{' '.join(run)}” of {_what(secret)}, which no article says", True)
        for page in sayers if not secret.known else ():
            if (secret.label, page) not in told:
                told.add((secret.label, page))
                yield Finding(page, f"says “{' '.join(run)}”, as {_what(secret)} did", False)

    def _sayer(self, run: Run, sightings: Sightings) -> str:
        """A page whose article says these words in a row; empty when there is none."""
        what = " ".join(run)
        known = self.witnesses.pop(what, "")
        for page in [*([known] if known else []), *dict.fromkeys(sightings.articles)]:
            if self._says(page, list(run)):
                self.witnesses[what] = page
                return page
        return ""

    def _says(self, page: str, words: list[str]) -> bool:
        """Whether an article, as it is published, says these words in a row."""
        if page not in self._texts:
            article = self._published(page)
            self._texts[page] = [] if article is None else [words_of(text) for text in texts_of(article)]
        return any(has_run(text, words) for text in self._texts[page])


def _stands_in(run: Run, plain: Callable[[], str]) -> bool:
    """Whether a run is no chance: two or three letters end one text and begin the next as well."""
    return len(run) >= _BY_NO_CHANCE or not all(map(is_glued, run)) or "".join(run) in plain()


def _note(sightings: Sightings, file: str, page: str) -> None:
    for known, new in ((sightings.articles, page), (sightings.others, file)):
        if new and len(known) < _MOST_WITNESSES and known[-1:] != [new]:
            known.append(new)


def _files(sightings: Sightings) -> list[str]:
    return sorted(set(sightings.others))


def _what(secret: Secret) -> str:
    return f"{secret.label} ({secret.url})"


def _name(url: str) -> str:
    """The name of a page's file without its ending: what all that stands beside it begins with."""
    return Path(url).stem


def _page_of(file: str) -> str:
    """The page beside which a file stands: further comments and references belong to an article."""
    folder, _, name = file.rpartition("/")
    stem = name.split(".")[0]
    return f"{folder}/{stem}.html" if folder else f"{stem}.html"
