"""From documents to posting lists, in one pass and in memory: a *run*."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, pairwise
from typing import Any

from backfile.search import analysis
from backfile.search.codec import SMALL, differences, length_byte, uint
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
"""What a key costs beside its occurrences, measured in those."""

_DOCUMENT = 32
_POSITION = (1 << _DOCUMENT) - 1
"""An occurrence is one number: the document's, and in the lowest bits the position."""
_NEAR = 1 << _DOCUMENT - 1
"""Two occurrences in one document differ by less: no field is half as long."""
MAX_OCCURRENCES = 1 << 25
"""So many a run holds, or few more; each takes eight bytes."""

_append = array.append
_ALL: deque[None] = deque(maxlen=0)
"""What it is given is gone through, and nothing kept."""

KeyEntry = tuple[str, dict[int, Postings]]
Occurrences = dict[str, "array[int]"]
"""By key, where it stands, ascending."""


def order_of(document: SearchDocument) -> OrderKey:
    """What documents are sorted by in a segment."""
    return (*days_of(document.date), document.url)


class Run:
    """Posting lists of some documents, which are added in the order of a segment; `first` is the first one's number."""

    def __init__(self, language: str, first: int = 0) -> None:
        self.language, self._first = language, first
        self._text: dict[int, Occurrences] = {f.id: defaultdict(partial(array, "Q")) for f in TEXT_FIELDS}
        self._exact: dict[int, dict[str, list[int]]] = {f.id: defaultdict(list) for f in FIELDS if f.kind == "exact"}
        self._written = analysis.Written()
        self._words: Counter[str] = Counter()
        self._raw: Counter[str] = Counter()
        self.stemmers: set[str] = set()
        self.table = DocTable()

    def add(self, document: SearchDocument, digest: bytes, place: Place) -> list[int]:
        """Indexes the next document; returns how many tokens each of its comments has."""
        number = self._first + len(self.table)
        stemmer = stemmer_name(document.language, self.language)
        self.stemmers.add(stemmer)
        keys = analysis.keys_for(stemmer)
        words: set[str] = set()
        is_ascii, comments = True, [0] * len(document.comments)
        for field, texts in _texts(document):
            length = 0
            if any(texts):
                lengths = _post(self._text[field.id], number, field, texts, keys, words if field.boost else set())
                length = sum(lengths)
                is_ascii = is_ascii and all(map(str.isascii, texts))
                if field.name == "comments":
                    comments = lengths
            self.table.lengths[field.id].append(length)
        for name, value in _values(document, self.language):
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

    def takes(self, document: SearchDocument) -> bool:
        """Whether a document comes after all that were added, and there is room for more."""
        if not self.table:
            return True
        return sum(self.table.totals()) < MAX_OCCURRENCES and self.table.order(-1) < order_of(document)

    def plain(self) -> tuple[Any, ...]:
        """All that `absorb` takes in, in few objects: it is handed over by one process to another."""
        texts = [(field, *_packed(lists)) for field, lists in self._text.items()]
        return texts, self._exact, self._words, self._raw, self.stemmers, self.table

    def absorb(self, plain: tuple[Any, ...]) -> None:
        """Takes in the run of the documents that follow."""
        texts, values, words, raw, stemmers, table = plain
        for field, keys, sizes, packed in texts:
            mine, left = self._text[field], memoryview(packed)
            for key, end, size in zip(keys, accumulate(sizes), sizes, strict=True):
                mine[key].frombytes(left[end - size : end])
        for field, lists in values.items():
            exact = self._exact[field]
            for value, docs in lists.items():
                exact[value] += docs
        self._words.update(words)
        self._raw.update(raw)
        self.stemmers |= stemmers
        self.table.extend(table)

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
                if found := lists.pop(key, None):
                    entry[field] = _postings(found, columns[field])
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


def _post(
    lists: Occurrences, number: int, field: Field, texts: Sequence[str], keys: analysis.Keys, words: set[str]
) -> list[int]:
    """Notes where the keys of a field stand; returns how many tokens each text has. Adds to `words`."""
    at_most = NAME_SLOTS if field.name == "commenter" else None
    lengths, start = [], number << _DOCUMENT
    for text in texts:
        raw = analysis.raw_tokens(text) if text else []
        words.update(raw)
        found = keys.of_tokens(raw, ascii_only=text.isascii())[:at_most]
        length = len(found)
        # of every word of the archive: so no step of Python's own is made for each
        _ALL.extend(map(_append, map(lists.__getitem__, found), range(start, start + length)))
        lengths.append(length)
        start += at_most or length + COMMENT_GAP
    return lengths


def _packed(lists: Occurrences) -> tuple[list[str], list[int], bytes]:
    """The keys, how many bytes the list of each has, and these bytes."""
    return list(lists), [found.itemsize * len(found) for found in lists.values()], b"".join(lists.values())


def _postings(occurrences: array[int], lengths: bytes) -> Postings:
    if len(occurrences) == 1:  # as for every second key
        at = occurrences[0]
        doc, position = at >> _DOCUMENT, uint(at & _POSITION)
        return Postings([doc], [0], lengths[doc : doc + 1], [len(position)], position)
    every = occurrences.tolist()
    found = [at >> _DOCUMENT for at in every]
    docs = list(dict.fromkeys(found))
    if len(docs) == len(every):
        extra, positions = [0] * len(docs), _each([at & _POSITION for at in every])
        sizes = list(map(len, positions))
    else:
        counts = list(Counter(found).values())
        extra = [count - 1 for count in counts]
        steps = [step if (step := at - before) < _NEAR else at & _POSITION for before, at in pairwise(every)]
        positions = _each([every[0] & _POSITION, *steps])
        ends = list(accumulate(map(len, positions)))
        sizes = differences([ends[last - 1] for last in accumulate(counts)])
    return Postings(docs, extra, bytes([lengths[doc] for doc in docs]), sizes, b"".join(positions))


def _each(numbers: Sequence[int]) -> list[bytes]:
    """Each number as the format writes it."""
    if max(numbers) < len(SMALL):
        return [SMALL[number] for number in numbers]
    return [uint(number) for number in numbers]


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
