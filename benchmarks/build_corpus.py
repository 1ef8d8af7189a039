"""What builds are measured on: the Reuters collection as content files, and more of it, recombined."""

from __future__ import annotations

import datetime
import html
import json
import random
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STORY = re.compile(r"<REUTERS.*?</REUTERS>", re.DOTALL)
_PARAGRAPH = re.compile(r"\n {4,}")


@dataclass(frozen=True)
class Story:
    """What a generator gets of an article."""

    number: int
    title: str
    date: datetime.datetime
    section: str
    tags: tuple[str, ...]
    author: str
    paragraphs: tuple[str, ...]
    comments: tuple[str, ...] = ()


def reuters(archive: Path) -> Iterator[Story]:
    """The stories of Reuters-21578 that have a text: 19,043."""
    number = 0
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda member: member.name):
            if not member.name.endswith(".sgm"):
                continue
            file = tar.extractfile(member)
            assert file is not None
            for found in _STORY.finditer(file.read().decode("latin-1")):
                body = _between(found[0], "BODY")
                if not body:
                    continue
                paragraphs = tuple(filter(None, (_clean(part) for part in _PARAGRAPH.split(body))))
                topics = re.findall(r"<D>(.*?)</D>", _between(found[0], "TOPICS"))
                places = re.findall(r"<D>(.*?)</D>", _between(found[0], "PLACES"))
                yield Story(
                    number,
                    _clean(_between(found[0], "TITLE")) or f"Story {number}",
                    _date(_between(found[0], "DATE")),
                    topics[0] if topics else "news",
                    tuple(places[:3]),
                    _clean(_between(found[0], "AUTHOR"))
                    .removeprefix("by ")
                    .removeprefix("By ")
                    .removesuffix(", Reuters"),
                    paragraphs,
                )
                number += 1


def recombined(stories: list[Story], articles: int, comments: int) -> Iterator[Story]:
    """As many articles as asked for, over twenty years, with comments made of other stories' paragraphs."""
    chance = random.Random(7)
    texts = [paragraph for story in stories for paragraph in story.paragraphs]
    each = comments / articles
    for number in range(articles):
        story = stories[number % len(stories)]
        when = datetime.datetime(1990, 1, 1) + datetime.timedelta(minutes=number * (20 * 365 * 1440 // articles))
        many = int(chance.expovariate(1 / each) + 0.5) if comments else 0
        said = tuple(chance.choice(texts)[:400] for _ in range(many))
        yield Story(
            number,
            f"{story.title} {number}",
            when,
            story.section,
            story.tags,
            story.author,
            tuple(chance.sample(story.paragraphs, len(story.paragraphs))),
            said,
        )


def as_content(story: Story) -> str:
    """A content file (docs/content-format.md), which stock Pelican reads, too."""
    lines = [f"Title: {json.dumps(story.title)}" if story.title[:1] == '"' else f"Title: {story.title}"]
    lines += [f"Id: r{story.number:07}", f"Slug: r{story.number:07}", f"Date: {story.date:%Y-%m-%dT%H:%M}"]
    lines += [f"Category: {story.section}"]
    lines += [f"Authors: {story.author};"] if story.author else []
    lines += [f"Tags: {'; '.join(story.tags)}"] if story.tags else []
    body = "\n\n".join(_plain(part) for part in story.paragraphs)
    comments = "".join(
        f"\n<!-- comment c{at}\nAuthor: Reader {hash_of(text) % 997}\n-->\n\n{_plain(text)}\n"
        for at, text in enumerate(story.comments)
    )
    return "\n".join(lines) + f"\n\n{body}\n\n<!-- comments -->\n{comments}"


def as_hugo(story: Story) -> str:
    """The same for Hugo."""
    front = {
        "title": story.title,
        "date": story.date.isoformat() + "Z",
        "slug": f"r{story.number:07}",
        "categories": [story.section],
        "tags": list(story.tags),
        "authors": [story.author] if story.author else [],
    }
    body = "\n\n".join(_plain(part) for part in story.paragraphs)
    return json.dumps(front, indent=1) + f"\n\n{body}\n"


def place_of(story: Story) -> str:
    """Where a story's file stands: a folder a month."""
    return f"{story.date:%Y/%m}/r{story.number:07}.md"


def write(folder: Path, stories: Iterator[Story] | list[Story], made: object) -> int:
    """Writes stories as files with one of the functions above; how many."""
    count = 0
    for story in stories:
        path = folder / place_of(story)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made(story), "utf-8")  # type: ignore[operator]
        count += 1
    return count


def hash_of(text: str) -> int:
    """A number for a text, the same in every process."""
    return sum(ord(char) * (at + 1) for at, char in enumerate(text[:80]))


def _between(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    return found[1] if found else ""


def _clean(text: str) -> str:
    text = html.unescape(text)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _plain(text: str) -> str:
    """A paragraph without what Markdown would take for markup."""
    return re.sub(r"([\\`*_<>\[\]&#])", r"\\\1", text)


def _date(text: str) -> datetime.datetime:
    found = re.search(r"\d+-[A-Z]{3}-\d{4} \d\d:\d\d", text)
    return datetime.datetime.strptime(found[0], "%d-%b-%Y %H:%M") if found else datetime.datetime(1987, 6, 1)
