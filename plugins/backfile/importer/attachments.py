"""The images that a WordPress export lists as attachments, which galleries name by number or not at all."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from backfile.importer.html.links import safe_url
from backfile.importer.xmlrecords import XmlRecords, child_text, encoded_text, parse_record
from backfile.text import clean_line

MOST_ATTACHMENTS = 100_000
_LONGEST_CAPTION = 2_000
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,12}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """An image of a post: where it was, what it is called, the number of the post, and its caption."""

    url: str
    title: str
    parent: str
    caption: str = ""

    @property
    def figure(self) -> str:
        """HTML that shows it with its caption."""
        caption = f"<figcaption>{self.caption}</figcaption>" if self.caption else ""
        return f'<figure><img src="{html.escape(self.url)}" alt="{html.escape(self.title)}">{caption}</figure>'


def read_attachments(stream: BinaryIO, place: str) -> dict[str, Attachment]:
    """The images among an export's attachments, by their numbers. Raises SourceError as reading the export does."""
    found: dict[str, Attachment] = {}
    records = XmlRecords(stream, ("item",), place)
    for raw in records:
        if b"attachment_url>" not in raw.data:
            continue
        try:
            item, _ = parse_record(raw, records.frame)
        except ValueError:
            continue  # it is reported when the records are read
        url = safe_url(child_text(item, "attachment_url").strip())
        if _IMAGE.search(url):
            number, parent = child_text(item, "post_id").strip(), child_text(item, "post_parent").strip()
            caption = encoded_text(item, "excerpt").strip()[:_LONGEST_CAPTION]
            found[number] = Attachment(url, clean_line(child_text(item, "title")), parent, caption)
        if len(found) >= MOST_ATTACHMENTS:
            break
    return found


class Gallery:
    """Shows the galleries of one post."""

    def __init__(self, attachments: Mapping[str, Attachment], by_post: Mapping[str, Sequence[str]], post: str) -> None:
        self._attachments = attachments
        self._own = by_post.get(post, ())

    def show(self, ids: str) -> str:
        """HTML for the images of these numbers, or all of the post; a label for those that the export does not list."""
        numbers = _NUMBER.findall(ids)
        shown = [self._attachments[number] for number in numbers or self._own if number in self._attachments]
        lacking = len(numbers) - len(shown) if numbers else 0
        figures = [one.figure for one in shown]
        if lacking or not figures:
            count = lacking or len(numbers)
            plural = "" if count == 1 else "s"
            figures.append(f"<p>[Gallery of {count} image{plural}]</p>" if count else "<p>[Gallery]</p>")
        return "".join(figures)


def by_post(attachments: Mapping[str, Attachment]) -> dict[str, list[str]]:
    """The numbers of each post's images, in the order of the export."""
    numbers: dict[str, list[str]] = {}
    for number, attachment in attachments.items():
        numbers.setdefault(attachment.parent, []).append(number)
    return numbers
