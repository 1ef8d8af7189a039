"""The content files of an archive, for the proof: what they held, and what is published of them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from backfile.comments.reading import published, read_article
from backfile.comments.withheld import withheld_paths, without_shown
from backfile.errors import BackfileError
from backfile.folders import walk
from backfile.model import Article
from backfile.removal.secrets import Secret, everywhere, secrets_of, texts_of
from backfile.takedown.entries import ACTIONS
from backfile.takedown.rules import Rules

_PAGES = "pages/"

log = logging.getLogger(__name__)


class _Shown(NamedTuple):
    """Of an article: what `withheld_paths` asks for."""

    withheld: tuple[str, ...]
    images: tuple[str, ...]
    is_removed: bool


class Survey(NamedTuple):
    """By the address of each article that takedowns touch, what stands for these; and the files not to be published."""

    taken: dict[str, tuple[str, ...]]
    withheld: tuple[str, ...]


class Contents:
    """Articles by the addresses of their pages: `files` has for each its content file, relative to `root`.

    `broken` says of each file that is no article, as a build would leave it out, why.
    """

    def __init__(self, root: Path, rules: Rules, files: Mapping[str, str], broken: Sequence[str] = ()) -> None:
        self.broken = broken
        self._root, self._rules, self._files = root, rules, files
        self._entries = {entry.digest: entry for entry in rules.entries}

    @classmethod
    def all_of(cls, root: Path, rules: Rules) -> Contents:
        """All articles below a folder; files that are none are left out of an archive, too. Raises BackfileError."""
        files: dict[str, str] = {}
        broken: list[str] = []
        for path, article in articles_in(root, broken.append):
            files.setdefault(published(article, Rules()).address.url, path)
        return cls(root, rules, files, broken)

    def published(self, page: str) -> Article | None:
        """What is published of the article at an address; None where there is no article."""
        found = self._read(page)
        return None if found is None else published(found, self._rules).article

    def secrets(self, pages: Iterable[str]) -> Iterator[Secret]:
        """What was taken out of the articles at some addresses, and what is to be nowhere though none has it."""
        yield from everywhere(self._rules.entries)
        for page in pages:
            found = self._read(page)
            if found is None:
                continue
            result = published(found, self._rules)
            yield from secrets_of(found, result, self._known(result.taken))

    def _known(self, taken: Iterable[str]) -> frozenset[str]:
        """The actions all of whose entries say that the words are known to stand elsewhere, too.

        Where everyone has a pseudonym, that a name is said elsewhere is no news either.
        """
        entries = [self._entries[digest] for digest in taken if digest in self._entries]
        return frozenset(ACTIONS) - {entry.action for entry in entries if not entry.known_elsewhere}

    def survey(self) -> Survey:
        """What takedowns did to all articles."""
        taken: dict[str, tuple[str, ...]] = {}
        shown: list[_Shown] = []
        texts: list[str] = []
        for page, place in self._files.items():
            found = self._read(page)
            if found is None:
                continue
            result = published(found, self._rules)
            if result.taken:
                taken[page] = result.taken
            shown.append(_Shown(result.withheld, result.images, result.removal is not None))
            if place.startswith(_PAGES):
                texts.append(result.article.body)
        return Survey(taken, tuple(sorted(without_shown(withheld_paths(shown), texts))))

    def _read(self, page: str) -> Article | None:
        place = self._files.get(page)
        if place is None:
            return None
        try:
            return read_article((self._root / place).read_bytes().decode("utf-8"), place)
        except (BackfileError, OSError, UnicodeDecodeError):
            return None


def page_texts(folder: Path, rules: Rules) -> Iterator[str]:
    """What Pelican's pages in a folder say, as they are published."""
    for _, article in articles_in(folder):
        yield from texts_of(published(article, rules).article)


def articles_in(root: Path, broken: Callable[[str], object] = log.debug) -> Iterator[tuple[str, Article]]:
    """Each content file below a folder, by its path there, as it was found; of one that is no article is told why.

    Raises BackfileError where nobody may look: taken for absent, what it holds would be said to be nowhere.
    """
    for path in sorted(folder / name for folder, names in walk(root, _refuse) for name in names):
        if path.suffix in (".md", ".markdown") and path.is_file():
            place = path.relative_to(root).as_posix()
            try:
                yield place, read_article(path.read_bytes().decode("utf-8"), place)
            except OSError as error:
                error.filename = path
                _refuse(error)
            except BackfileError as error:
                broken(str(error))
            except UnicodeDecodeError:
                broken(f"{place}: is not UTF-8.")


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        reason = f"cannot be read: {error.strerror or error}."
        raise BackfileError(reason, place=str(error.filename), advice="Get the permission to read it.") from error


def doubtful(rules: Rules, taken: Iterable[str]) -> Iterator[str]:
    """What is to be said of each entry that most likely has a mistake in it; `taken` is of article after article."""
    articles = Counter(taken)
    for entry in rules.unmet(articles):
        yield (
            f"{entry.place} takes nothing down: no article, comment or passage is as it says."
            " Look for it with: backfile takedown find 'WORDS'"
        )
    for entry in rules.entries:
        if entry.comment and not (entry.article or entry.text) and (count := articles[entry.digest]) > 1:
            yield (
                f"{entry.place} touches comments of {count} articles: an id is of one article alone."
                " Name the article as well."
            )
