"""Makes an article of one page's extracts: labels off, extracts merged, head and comments told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from backfile.contentfile import comment_identity
from backfile.importer.drafts import STATUS, is_draft
from backfile.importer.identity import article_id
from backfile.importer.labels import Labels, read_labels
from backfile.importer.mentions import GUESSED, with_mentioned_parents
from backfile.importer.merging import Merged, Paragraph, merge
from backfile.importer.record import Record
from backfile.importer.shingles import fold
from backfile.markdown import join_paragraphs
from backfile.model import Article, Comment, Source, SourcePart, Split
from backfile.split import Furniture, parse_furniture, separate, split

_DISAGREEMENT = 0.5
"""Confidence of an alignment that the text itself speaks against; below every threshold of trust."""
_SURE = 0.97
"""Confidence from which the text alone is heard against an alignment."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """An article, and what a person may want to know of how it was made."""

    article: Article
    doubt: str = ""


def assemble(records: Sequence[Record]) -> Assembled:
    """One article of the plain-text extracts of a page.

    Extracts are taken in the order of their digests, so that file names and their order change nothing.
    """
    records = sorted(records, key=lambda record: record.source.sha256)
    labels = [read_labels(record.paragraphs) for record in records]
    merged, told, how, doubt = _put_together(records, labels)
    if readers := {paragraph.extract for paragraph in told.comments}:
        fewer = [read_labels(r.paragraphs, ends_with_readers=n in readers) for n, r in enumerate(records)]
        if fewer != labels:
            labels = fewer
            merged, told, how, doubt = _put_together(records, labels)
    known = _Known(labels)
    furniture = _furniture(told)
    body = [
        join_paragraphs(_lost(furniture, known)),
        *_with_marks(told.article[furniture.body_start : furniture.body_end], records),
    ]
    comments, mentions = with_mentioned_parents(comments_of([paragraph.text for paragraph in told.comments]))
    article = Article(
        id="",
        title=known.value("title") or furniture.title,
        body="\n\n".join(filter(None, body)),
        standfirst=known.value("standfirst") or furniture.standfirst,
        authors=known.authors or furniture.authors,
        author_note="\n".join(filter(None, dict.fromkeys((known.value("author_note"), furniture.author_note)))),
        published=known.value("published") or furniture.date,
        modified=known.value("modified"),
        captured=known.value("captured"),
        section=known.value("section"),
        tags=known.tags,
        language=known.value("language"),
        url=known.value("url"),
        comments=comments,
        split=how,
        extra=(STATUS,) if all(is_draft(record.article) for record in records) else (),
    )
    # Lines above the common text that stay in the body have no part in the id: an extract without them has the same.
    opening = told.article[max(furniture.body_start, len(merged.head)) : furniture.body_end]
    article = replace(
        article,
        id=article_id(article.url, [paragraph.text for paragraph in opening]),
        sources=tuple(_sources(records, labels, told, furniture)),
        guessed=(*_guessed(furniture, known, told), *([GUESSED] if mentions else [])),
    )
    return Assembled(article, doubt)


def _put_together(records: Sequence[Record], labels: Sequence[Labels]) -> tuple[Merged, Merged, Split, str]:
    """The extracts without their labels, merged; the same with comments told apart, and how, and what is doubtful."""
    extracts = [
        [text for at, text in enumerate(record.paragraphs) if at not in label.taken]
        for record, label in zip(records, labels, strict=True)
    ]
    merged = merge(extracts, _Known(labels).authors)
    return merged, *_tell_apart(merged)


def _with_marks(paragraphs: Sequence[Paragraph], records: Sequence[Record]) -> Iterator[str]:
    """Paragraphs as CommonMark, with the marks that they have where they were taken from."""
    marks = [dict(zip(record.paragraphs, record.marks, strict=True)) if record.marks else {} for record in records]
    return (marks[p.extract].get(p.text) or join_paragraphs([p.text]) for p in paragraphs)


class _Known:
    """What the labels of all extracts say together; the first extract that says a thing counts."""

    def __init__(self, labels: Sequence[Labels]) -> None:
        self._labels = labels
        self.authors = next((label.names() for label in labels if label.names()), ())
        self.tags = next((label.tags() for label in labels if label.tags()), ())

    def value(self, name: str) -> str:
        """The value of a label, or the empty string."""
        return next((text for label in self._labels for key, text in label.values.items() if key == name), "")


def _lost(furniture: Furniture, known: _Known) -> Iterable[str]:
    """What the text itself calls its title and its standfirst, where a label says something else."""
    for name, text in (("title", furniture.title), ("standfirst", furniture.standfirst)):
        label = known.value(name)
        if label and text and not set(fold(text)) <= set(fold(label)):
            yield text


def _tell_apart(merged: Merged) -> tuple[Merged, Split, str]:
    """The merged page with its comments told apart: by the alignment where that says it, else by the text."""
    texts = [paragraph.text for paragraph in merged.article]
    if merged.comments:
        confidence = merged.confidence or 0.0
        doubt = _disagreement(merged)
        return merged, Split("alignment", _DISAGREEMENT if doubt else confidence), doubt
    result = split(texts)
    doubt = "where the comments begin is not sure" if result.doubtful else ""
    if result.boundary is None:
        if result.doubtful:
            doubt = "whether comments follow the article is not sure"
        return merged, Split("text", round(result.confidence, 4)), doubt
    at = result.boundary
    told = Merged((), merged.article[:at], comments=merged.article[at:], confidence=merged.confidence)
    return told, Split("text", round(result.confidence, 4)), doubt


def _furniture(merged: Merged) -> Furniture:
    """Title, standfirst and author note: what the text itself says, no less than what the alignment does.

    Of paragraphs that stand above the common text the first is the title, the second the standfirst, unless the text
    itself tells what they are. What is neither stays in the body, so that no line is lost.
    """
    texts = [paragraph.text for paragraph in merged.article]
    found = parse_furniture(texts)
    above = texts[: len(merged.head)][:2]
    if found.body_start < len(above):
        found = replace(found, body_start=len(above), title=above[0], standfirst=" ".join(above[1:]))
    end = len(texts) - len(merged.notes)
    if merged.notes and found.body_end > end:
        found = replace(found, body_end=end, author_note="\n".join(texts[end:]))
    return found


def _disagreement(merged: Merged) -> str:
    """Why the text itself speaks against the alignment, or the empty string.

    An extract that lacks the last paragraphs of the body would leave them among the comments; of two
    states of a story the longer one's end would pass for comments as a whole.
    """
    texts = [paragraph.text for paragraph in (*merged.article, *merged.comments)]
    result = split(texts)
    if result.boundary is None and result.confidence >= _SURE:
        return "what only one extract has at its end reads like the article itself, not like comments"
    if result.boundary is None or result.doubtful or result.boundary <= len(merged.article):
        return ""
    count = result.boundary - len(merged.article)
    return f"the first {count} paragraph(s) after the article may still be the article's"


def comments_of(paragraphs: Sequence[str]) -> Iterable[Comment]:
    """What readers wrote, told apart where the text allows it."""
    taken: dict[str, int] = {}
    for found in separate(paragraphs) if paragraphs else []:
        body = join_paragraphs(found.paragraphs)
        identity = comment_identity(found.author, found.date, body)
        taken[identity] = taken.get(identity, 0) + 1
        yield Comment(
            id=identity if taken[identity] == 1 else f"{identity}-{taken[identity]}",
            body=body,
            author=found.author,
            date=found.date,
            kind="comment" if found.known else "block",
        )


def _sources(
    records: Sequence[Record], labels: Sequence[Labels], told: Merged, furniture: Furniture
) -> Iterable[Source]:
    """The sources, each with what was taken from it when there are several."""
    for number, (record, label) in enumerate(zip(records, labels, strict=True)):
        if len(records) == 1:
            yield record.source
            continue
        parts: list[SourcePart] = []
        parts += _parts_of_article(told.article, furniture, number)
        parts += ["byline"] if label.names() else []
        parts += ["comments"] if any(p.extract == number for p in told.comments) else []
        order: list[SourcePart] = ["title", "standfirst", "byline", "body", "author-note", "comments"]
        yield replace(record.source, parts=tuple(part for part in order if part in parts))


def _parts_of_article(article: Sequence[Paragraph], furniture: Furniture, number: int) -> Iterable[SourcePart]:
    texts: dict[SourcePart, str] = {
        "title": furniture.title,
        "standfirst": furniture.standfirst,
        "author-note": furniture.author_note,
    }
    for part, text in texts.items():
        if text and any(p.extract == number and p.text and p.text in text for p in article):
            yield part
    # Both extracts hold the common text; it is read from one of them, which is what is said here.
    if any(p.extract == number for p in article[furniture.body_start : furniture.body_end]):
        yield "body"


def _guessed(furniture: Furniture, known: _Known, told: Merged) -> tuple[str, ...]:
    """The fields that neither a label nor the alignment gave; a title that is a line of the source is none."""
    labelled = {
        "standfirst": known.value("standfirst") or told.head,
        "authors": known.authors,
        "published": known.value("published"),
        "author-note": known.value("author_note") or told.notes,
    }
    guessed = [name for name in furniture.guessed if name in labelled and not labelled[name]]
    return tuple(guessed)
