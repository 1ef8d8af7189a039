"""Documents to search in tests: generated ones, and, where they lie beside the project, real ones."""

from __future__ import annotations

import calendar
import html
import random
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

from backfile.search.document import CommentText, SearchDocument

_SYLLABLES = "ba ce di fo gu har kel lim mon nor pol ras sel tor vin wex zar ment tion ing ed s".split()
MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}


def many(count: int, seed: int = 5) -> Iterator[SearchDocument]:
    """Texts of made-up words, few common and many rare; some with comments, odd dates, other scripts."""
    pick = random.Random(seed)
    words = sorted({"".join(pick.choices(_SYLLABLES, k=pick.randint(1, 4))) for _ in range(1500)})
    pick.shuffle(words)
    words[:400] = [f"word{number}" for number in range(400)]
    weights = [1 / (place + 1) for place in range(len(words))]

    def text(low: int, high: int) -> str:
        return " ".join(pick.choices(words, weights, k=pick.randint(low, high))).capitalize() + "."

    for number in range(count):
        year, month = 2000 + number % 9, number % 12 + 1
        dates = (f"{year}-{month:02}-{number % 28 + 1:02}", f"{year}-{month:02}", f"{year}", "")
        yield SearchDocument(
            url=f"{year}/story-{number}.html",
            title=text(1, 6),
            standfirst=text(3, 9) if number % 3 == 0 else "",
            body="\n".join(text(4, 60) for _ in range(number % 4 + 1))
            + (" 東京の会議 Größe" if number % 50 == 0 else ""),
            comments=tuple(
                CommentText(f"c{place}", pick.choice(["Ann Lee", "Joe", ""]), "", text(2, 20))
                for place in range(number % 5)
            ),
            authors=(pick.choice(["Dora Quill", "Sam Ray"]),),
            section=pick.choice(["News", "Sport", "Arts and Letters"]),
            tags=tuple(pick.sample(words[:30], number % 3)),
            source="The Gazette",
            language="" if number % 10 else "de",
            date=dates[0] if number % 7 else dates[number // 7 % 4],
        )


def reuters(folder: Path) -> Iterator[SearchDocument]:
    """The stories of 1987 that have a title and a body."""
    with tarfile.open(folder / "reuters21578.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda item: item.name):
            if member.name.endswith(".sgm") and (file := archive.extractfile(member)):
                yield from _stories(file.read().decode("latin-1"))


def _stories(text: str) -> Iterator[SearchDocument]:
    for story in re.findall(r"<REUTERS.*?</REUTERS>", text, re.DOTALL):
        parts = {name: _part(story, name) for name in ("TITLE", "BODY", "DATE", "TOPICS")}
        identity = re.search(r'NEWID="(\d+)"', story)
        when = re.match(r"(\d+)-([A-Z]{3})-(\d{4}) (\d\d:\d\d)", parts["DATE"])
        if not parts["TITLE"] or not parts["BODY"] or not identity:
            continue
        date = f"{when[3]}-{MONTHS[when[2]]:02}-{int(when[1]):02}T{when[4]}" if when else ""
        topics = tuple(re.findall(r"<D>(.*?)</D>", parts["TOPICS"]))
        slug = re.sub(r"\W+", "-", html.unescape(parts["TITLE"]).lower())[:40].strip("-")
        yield SearchDocument(
            url=f"{date[:10].replace('-', '/') or 'undated'}/{slug}-{identity[1]}.html",
            title=html.unescape(parts["TITLE"]).strip(),
            body=html.unescape(parts["BODY"]).replace("\x03", "").strip(),
            date=date,
            section=topics[0] if topics else "",
            tags=topics,
        )


def _part(story: str, name: str) -> str:
    match = re.search(rf"<{name}>(.*?)</{name}>", story, re.DOTALL)
    return match[1].strip() if match else ""
