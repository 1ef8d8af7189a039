"""From documents to posting lists, in one pass and in memory: a *run*."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from backfile.search import analysis
from backfile.search.codec import SMALL, differences, length_byte, uint, uints
from backfile.search.days import days_of
from backfile.search.doctable import DocTable, OrderKey, Place
from backfile.search.document import SearchDocument
from backfile.search.languages import stemmer_name
from backfile.search.postings import Postings
from backfile.search.schema import BY_NAME, COMMENT_GAP, FIELDS, NAME_SLOTS, TEXT_FIELDS, Field

MAX_EXACT = 200
HERE = 0.4
"""The part of the keys that this process writes when another writes the rest: it packs them all, too."""
KEY = 30
"""What a key costs beside its postings, measured in halves of postings."""
_CONTINUED = bytes(range(128, 256))

KeyEntry = tuple[str, dict[int, Postings]]


def order_of(document: SearchDocument) -> OrderKey:
    """What documents are sorted by in a segment."""
    return (*days_of(document.date), document.url)


class Run:
    """Posting lists of some documents, which are added in the order of a segment; `first` is the first one's number."""

    def __init__(self, language: str, first: int = 0) -> None:
        self._language, self._first = language, first
        self._text: dict[int, dict[str, list[int | bytes]]] = {f.id: defaultdict(list) for f in TEXT_FIELDS}
        self._exact: dict[int, dict[str, list[int]]] = {f.id: defaultdict(list) for f in FIELDS if f.kind == "exact"}
        self._written = analysis.Written()
        self._words: Counter[str] = Counter()
        self._raw: Counter[str] = Counter()
        self.stemmers: set[str] = set()
        self.table = DocTable()

    def add(self, document: SearchDocument, digest: bytes, place: Place) -> list[int]:
        """Indexes the next document; returns how many tokens each of its comments has."""
        number = self._first + len(self.table)
        stemmer = stemmer_name(document.language, self._language)
        self.stemmers.add(stemmer)
        keys = analysis.keys_for(stemmer)
        words: set[str] = set()
        is_ascii, comments = True, [0] * len(document.comments)
        for field, texts in _texts(document):
            length = 0
            if any(texts):
                occurrences, lengths = _occurrences(field, texts, keys, words if field.boost else set())
                _post(self._text[field.id], number, occurrences)
                length = sum(lengths)
                is_ascii = is_ascii and all(map(str.isascii, texts))
                if field.name == "comments":
                    comments = lengths
            self.table.lengths[field.id].append(length)
        for name, value in _values(document, self._language):
            self._exact[BY_NAME[name].id][value].append(number)
        # Tokens of ASCII texts are folded already: two of them are never the same word.
        if is_ascii:
            self._raw.update(words)
        else:
            self._words.update(_offered(words, self._written))
        self.table.urls.append(document.url)
        self.table.days.append(days_of(document.date))
        self.table.digests.append(digest)
        self.table.comments.append(len(document.comments))
        self.table.places.append(place)
        return comments

    def absorb(self, other: Run) -> None:
        """Takes in the run of the documents that follow; that one is used up."""
        for field, lists in other._text.items():
            mine = self._text[field]
            for key, flat in lists.items():
                mine[key] += flat
        for field, values in other._exact.items():
            exact = self._exact[field]
            for value, docs in values.items():
                exact[value] += docs
        self._words.update(other._words)
        self._raw.update(other._raw)
        self.stemmers |= other.stemmers
        self.table.extend(other.table)

    def words(self) -> Counter[str]:
        """In how many documents each written word of the default fields stands."""
        words = self._words.copy()
        for token, count in self._raw.items():
            if word := self._written[token]:
                words[word] += count
        return words

    def _keys(self) -> list[str]:
        return sorted(set().union(*self._text.values(), *self._exact.values()))

    def middle(self) -> str:
        """The key before which about `HERE` of the work of writing all keys lies."""
        lists: list[Mapping[str, Sequence[object]]] = [*self._text.values(), *self._exact.values()]
        keys = self._keys()
        work = list(accumulate([KEY + sum([len(found[key]) for found in lists if key in found]) for key in keys]))
        return keys[bisect_left(work, HERE * work[-1])] if keys else ""

    def entries(self, first: str = "", beyond: str = "") -> Iterator[KeyEntry]:
        """The keys from `first` on and before `beyond`, with their postings in each field; they are used up."""
        columns = [bytes(map(length_byte, column)) for column in self.table.lengths]
        keys = self._keys()
        for key in keys[bisect_left(keys, first) : bisect_left(keys, beyond) if beyond else None]:
            entry: dict[int, Postings] = {}
            for field, lists in self._text.items():
                if flat := lists.pop(key, None):
                    entry[field] = _postings(flat, columns[field])
            for field, values in self._exact.items():
                if docs := values.pop(key, None):
                    entry[field] = Postings(docs)
            yield key, entry


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


def _values(document: SearchDocument, language: str) -> Iterator[tuple[str, str]]:
    """The values of exact fields, each once."""
    for name, values in (
        ("language", (document.language or language,)),
        ("section_is", (document.section,)),
        ("author_is", document.authors),
        ("tag_is", document.tags),
    ):
        for value in dict.fromkeys(map(exact_value, values)):
            if value:
                yield name, value


def exact_value(value: str) -> str:
    """A value as it is a key of an exact field."""
    return " ".join(value.split())[:MAX_EXACT].rstrip()


def _occurrences(
    field: Field, texts: Sequence[str], keys: analysis.Keys, words: set[str]
) -> tuple[dict[str, int | list[int]], list[int]]:
    """Each key's position, or positions, in a field, and how many tokens each text has. Adds to `words`."""
    found: dict[str, int | list[int]] = {}
    at_most = NAME_SLOTS if field.name == "commenter" else None
    lengths, start = [], 0
    for text in texts:
        raw = analysis.raw_tokens(text) if text else []
        words.update(raw)
        found_here = keys.of_tokens(raw, ascii_only=text.isascii())[:at_most]
        for position, key in enumerate(found_here, start):
            before = found.setdefault(key, position)
            if before is position:  # the very object: the first occurrence
                continue
            if isinstance(before, list):
                before.append(position)
            else:
                found[key] = [before, position]
        lengths.append(len(found_here))
        start += at_most or len(found_here) + COMMENT_GAP
    return found, lengths


def _post(lists: dict[str, list[int | bytes]], number: int, occurrences: dict[str, int | list[int]]) -> None:
    for key, positions in occurrences.items():
        if isinstance(positions, list):
            lists[key] += (number, uints(differences(positions)))
        else:
            lists[key] += (number, SMALL[positions] if positions < 16384 else uint(positions))


def _postings(flat: list[int | bytes], lengths: bytes) -> Postings:
    docs: list[int] = flat[0::2]  # type: ignore[assignment]
    positions: list[bytes] = flat[1::2]  # type: ignore[assignment]
    return Postings(
        docs,
        # a frequency is the number of positions, and each position ends in one byte below 128
        [0 if len(data) == 1 else len(data.translate(None, _CONTINUED)) - 1 for data in positions],
        bytes([lengths[doc] for doc in docs]),
        [len(data) for data in positions],
        b"".join(positions),
    )


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
