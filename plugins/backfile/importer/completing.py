"""What every record is given on its way: text mended where it is flagged, languages where none is said."""

from __future__ import annotations

from dataclasses import replace

from backfile.importer.languages import with_languages
from backfile.importer.mending import mend, mend_article
from backfile.importer.record import Record


def complete(record: Record) -> Record:
    """The record, mended and with languages; an archive's own export is what it is already.

    Of plain text only the paragraphs are mended: its language is told when it has been put together.
    """
    if record.exported:
        return record
    if record.paragraphs:
        mended = [mend(paragraph) for paragraph in record.paragraphs]
        count = sum(lines for _, lines in mended)
        return replace(record, paragraphs=tuple(text for text, _ in mended), notes=_told(record, count))
    article, count = mend_article(record.article)
    return replace(record, article=with_languages(article), notes=_told(record, count))


def _told(record: Record, lines: int) -> tuple[str, ...]:
    """The record's notes, with one on mended lines when there are any."""
    if not lines:
        return record.notes
    return (*record.notes, f"wrongly decoded text mended in {lines} line{'' if lines == 1 else 's'}")
