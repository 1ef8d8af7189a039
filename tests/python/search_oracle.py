"""A fresh stock Whoosh index of the same documents, and questions to ask both."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from whoosh import fields, query
from whoosh.analysis import Token
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BM25F

from backfile.search import analysis, languages
from backfile.search.days import days_of
from backfile.search.document import SearchDocument
from backfile.search.invert import exact_value, order_of
from backfile.search.schema import FIELDS, K1, B
from backfile.search.whoosh.fields import KeyAnalyzer
from backfile.search.whoosh.queries import DateRange, Everything


class StatedTokens(KeyAnalyzer):
    """Indexes keys at stated positions, which come as JSON; analyses queries as the archive does."""

    def __call__(self, value: str, mode: str = "", **more: Any) -> Iterator[Token]:
        if mode != "index":
            yield from super().__call__(value, **more)
            return
        for key, position in json.loads(value):
            yield Token(text=key, pos=position, startchar=0, endchar=0, boost=1.0, stopped=False)


def stated(texts: Sequence[str], stemmer: str, *, slots: int = 0) -> str:
    """Keys with positions: texts one after the other with a gap of 32, or each in its slots."""
    found, start = [], 0
    for number, text in enumerate(texts):
        keys = analysis.keys_for(stemmer).of(text)
        if slots:
            start, keys = number * slots, keys[:slots]
        found += [(key, start + place) for place, key in enumerate(keys)]
        start += len(keys) + 32
    return json.dumps(found)


def schema(stemmers: Sequence[str]) -> fields.Schema:
    made = fields.Schema(url=fields.STORED)
    for field in FIELDS:
        if field.kind == "text":
            made.add(field.name, fields.TEXT(analyzer=StatedTokens(stemmers), multitoken_query="phrase"))
        else:
            made.add(field.name, fields.KEYWORD(commas=True, scorable=False))
    made.add("first", fields.NUMERIC(int))
    made.add("last", fields.NUMERIC(int))
    return made


def row(document: SearchDocument, language: str = "en") -> dict[str, Any]:
    stemmer = languages.stemmer_name(document.language, language)
    texts = {
        "title": [document.title],
        "standfirst": [document.standfirst],
        "body": [document.body],
        "comments": [comment.text for comment in document.comments],
        "author": document.authors,
        "section": [document.section],
        "tag": document.tags,
        "source": [document.source],
    }
    values: dict[str, Any] = {name: stated(list(parts), stemmer) for name, parts in texts.items()}
    values["commenter"] = stated([comment.author for comment in document.comments], stemmer, slots=16)
    exact = {
        "language": [document.language or language],
        "section_is": [document.section],
        "author_is": document.authors,
        "tag_is": document.tags,
    }
    values |= {name: [exact_value(v) for v in dict.fromkeys(vs) if exact_value(v)] for name, vs in exact.items()}
    days = days_of(document.date)
    if days.day:
        values |= {"first": days.day, "last": days.day + days.span}
    return values | {"url": document.url}


class Oracle:
    """A stock index with one segment for each group of documents, each in its canonical order."""

    def __init__(self, groups: Iterable[Iterable[SearchDocument]], stemmers: Sequence[str]) -> None:
        self.index = RamStorage().create_index(schema(stemmers))
        for group in groups:
            writer = self.index.writer()
            for document in sorted(group, key=order_of):
                writer.add_document(**row(document))
            writer.commit(merge=False)

    def delete(self, numbers: Iterable[int]) -> None:
        writer = self.index.writer()
        for number in numbers:
            writer.delete_document(number)
        writer.commit(merge=False)

    def ask(self, question: Any) -> list[tuple[int, float]]:
        searcher = self.index.searcher(weighting=BM25F(B=B / 1000, K1=K1 / 1000))
        return [(number, score) for score, number in searcher.search(stock(question), limit=None).top_n]


def stock(question: Any) -> Any:
    """A query with stock kinds in place of those that only our segments understand."""
    if isinstance(question, DateRange):
        first = query.NumericRange("first", max(question.first, 1), None)
        last = query.NumericRange("last", None, question.last)
        return query.ConstantScoreQuery(query.And([first, last]), score=question.boost)
    if isinstance(question, Everything):
        return query.Every()
    return question if question.is_leaf() else question.apply(stock)


def questions(documents: Sequence[SearchDocument], count: int, seed: int = 7) -> list[str]:
    """Questions of every kind, made of the documents' own words."""
    pick = random.Random(seed)
    made: list[str] = []
    while len(made) < count:
        document = pick.choice(documents)
        words = [w for w in analysis.raw_tokens(f"{document.title} {document.body}") if w.isalpha() and len(w) > 2]
        if len(words) < 8:
            continue
        place = pick.randrange(len(words) - 4)
        a, b, c = pick.sample(words, 3)
        made += [
            a,
            f"{a} {b}",
            f"{a} {b} {c}",
            f"{a} OR {b}",
            f"{a} NOT {b}",
            f"{a} ANDNOT {b}",
            f"{a} ANDMAYBE {b}",
            f"({a} OR {b}) AND {c}",
            f"({a} {b}) OR NOT {c}",
            f'"{words[place]} {words[place + 1]}"',
            f'"{words[place]} {words[place + 2]}"~3 {a}',
            f'"{words[place]} {words[place + 1]} {words[place + 2]}" OR {c}^2.5',
            f"{a[:3]}*",
            f"{a[:2]}?{a[3:]}",
            f"*{a[-4:]} {b}",
            f"{a}~",
            f"{a[:-1]}x~2/2",
            f"title:{a} OR comments:{b}",
            f"title:({a} OR {b})^3 {c}",
            f"body:[{min(a, b)} to {min(a, b)}zz]",
            f"{a} date:[{document.date[:4] or 2000} to]",
            f"date:{document.date[:7] or 2000} {a} {b}^0.25",
            f"NOT {a}",
            f"section_is:'{document.section}' {a}" if document.section else f"{a} *",
        ]
    return made[:count]
