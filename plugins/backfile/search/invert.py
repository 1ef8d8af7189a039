"""From documents to occurrences of keys, in one pass: a *run*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType

from backfile.search import analysis
from backfile.search.days import days_of
from backfile.search.doctable import DocTable, OrderKey, Place
from backfile.search.document import SearchDocument
from backfile.search.languages import stemmer_name
from backfile.search.occurrences import Occurrences
from backfile.search.schema import BY_NAME, COMMENT_GAP, FIELDS, NAME_SLOTS, Field

MAX_EXACT = 200
NAMES = 1 << 16
"""So many commenters are remembered."""


def order_of(document: SearchDocument) -> OrderKey:
    """What documents are sorted by in a segment."""
    return (*days_of(document.date), document.url)


class KeyNumbers(dict[str, int]):
    """Numbers keys as they come, from 1 on."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self) + 1
        return number


class _Ascii(dict[str, int]):
    """The number of the key of each token of ASCII texts, which is one or none (0)."""

    def __init__(self, keys: analysis.Keys, numbers: KeyNumbers) -> None:
        super().__init__()
        self._keys, self._numbers = keys, numbers

    def __missing__(self, token: str) -> int:
        key = "".join(self._keys[token])
        number = self[token] = self._numbers[key] if key else 0
        return number


class _Stemmers(dict[str, _Ascii]):
    """The numbers of ASCII tokens by stemmer."""

    def __init__(self, numbers: KeyNumbers) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, stemmer: str) -> _Ascii:
        found = self[stemmer] = _Ascii(analysis.keys_for(stemmer), self._numbers)
        return found


class Run:
    """What stands in some documents, in the order in which they were added."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.keys = KeyNumbers()
        self.fields = [Occurrences() for _ in FIELDS]
        self._ascii = _Stemmers(self.keys)
        self._names: dict[tuple[str, str], list[int]] = {}
        self._written = analysis.Written()
        self._words: Counter[str] = Counter()
        self._raw: Counter[str] = Counter()
        self.stemmers: set[str] = set()
        self.table = DocTable()

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for occurrences in self.fields:
            occurrences.close()

    def add(self, document: SearchDocument, digest: bytes, place: Place) -> list[int]:
        """Takes in the next document; returns how many tokens each of its comments has."""
        stemmer = stemmer_name(document.language, self.language)
        self.stemmers.add(stemmer)
        words: set[str] = set()
        is_ascii, comments = True, [0] * len(document.comments)
        for field, texts in _texts(document):
            length = 0
            if any(texts):
                lengths = self._post(field, texts, stemmer, words if field.boost else set())
                length = sum(lengths)
                is_ascii = is_ascii and all(map(str.isascii, texts))
                if field.name == "comments":
                    comments = lengths
            self.table.lengths[field.id].append(length)
        for name, values in _values(document, self.language):
            found = dict.fromkeys(map(exact_value, values))
            keys = [self.keys[value] for value in found if value]
            if keys:
                self.fields[BY_NAME[name].id].add(len(self.table), [0], [len(keys)], keys)
        # Tokens of ASCII texts are folded already: two of them are never the same word.
        if is_ascii:
            self._raw.update(words)
        else:
            self._words.update(_offered(words, self._written))
        self.table.add(document.url, days_of(document.date), digest, len(document.comments), place)
        return comments

    def _post(self, field: Field, texts: Sequence[str], stemmer: str, words: set[str]) -> list[int]:
        """Notes where the keys of a field stand; returns how many each text has. Adds to `words`."""
        by_slots = field.name == "commenter"
        find = self._keys_of_name if by_slots else self._keys_of
        numbers: list[int] = []
        sizes, bases, base = [], [], 0
        for text in texts:
            found = find(text, stemmer, words)
            numbers += found
            size = len(found)
            sizes.append(size)
            bases.append(base)
            base += NAME_SLOTS if by_slots else size + COMMENT_GAP
        self.fields[field.id].add(len(self.table), bases, sizes, numbers)
        return sizes

    def _keys_of(self, text: str, stemmer: str, words: set[str]) -> list[int]:
        """The numbers of a text's keys."""
        if not text:
            return []
        raw = analysis.raw_tokens(text)
        words.update(raw)
        if text.isascii():
            return list(filter(None, map(self._ascii[stemmer].__getitem__, raw)))
        keys, number = analysis.keys_for(stemmer), self.keys.__getitem__
        return [number(key) for token in raw for key in keys[token]]

    def _keys_of_name(self, name: str, stemmer: str, words: set[str]) -> list[int]:
        """The same of a commenter's name; who says something often says more."""
        found = self._names.get((name, stemmer))
        if found is None:
            if len(self._names) >= NAMES:
                self._names.clear()
            found = self._names[name, stemmer] = self._keys_of(name, stemmer, words)[:NAME_SLOTS]
        return found

    def words(self) -> Counter[str]:
        """In how many documents each written word of the default fields stands."""
        words = self._words.copy()
        for token, count in self._raw.items():
            if word := self._written[token]:
                words[word] += count
        return words


def _texts(document: SearchDocument) -> Iterator[tuple[Field, Sequence[str]]]:
    yield BY_NAME["title"], (document.title,)
    yield BY_NAME["standfirst"], (document.standfirst,)
    yield BY_NAME["body"], (document.body,)
    yield BY_NAME["comments"], [comment.text for comment in document.comments]
    yield BY_NAME["author"], document.authors
    yield BY_NAME["commenter"], [comment.author for comment in document.comments]
    yield BY_NAME["section"], (document.section,)
    yield BY_NAME["tag"], document.tags
    yield BY_NAME["source"], (document.source,)


def _values(document: SearchDocument, language: str) -> Iterator[tuple[str, Sequence[str]]]:
    """The values of exact fields."""
    yield "language", (document.language or language,)
    yield "section_is", (document.section,)
    yield "author_is", document.authors
    yield "tag_is", document.tags


def exact_value(value: str) -> str:
    """A value as it is a key of an exact field."""
    return " ".join(value.split())[:MAX_EXACT].rstrip()


def written_words(document: SearchDocument, written: analysis.Written) -> Iterable[str]:
    """The words of the default fields as they are offered for completion, each once."""
    raw: set[str] = set()
    for field, texts in _texts(document):
        if field.boost:
            raw.update(token for text in texts for token in analysis.raw_tokens(text))
    return _offered(raw, written)


def _offered(raw: Iterable[str], written: analysis.Written) -> set[str]:
    words = set(map(written.__getitem__, raw))
    words.discard("")
    return words
