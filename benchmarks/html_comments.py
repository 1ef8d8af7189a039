"""Scores the reader of saved HTML on real pages: comments of articles and posts of forums.

    python benchmarks/html_comments.py FOLDER [--misses]

FOLDER holds `pages/` with `pages.json` (per page: snippets of its comments, an empty list for a page
without) and `forums/` (per page: its HTML and each post's text, user and date). Figures:

- captured: snippets that stand in the page's text, found in one of the comments read
- author, date: share of the comments read that have one, on pages with comments
- false: pages without comments on which comments were read
- posts: gold posts paired one to one with comments read; user and date equal on how many of the pairs
"""

from __future__ import annotations

import argparse
import json
import re
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from backfile.dates import parse_edtf
from backfile.importer.distances import RELATIVE
from backfile.importer.html.comments import FoundComment
from backfile.importer.html.page import parse_page
from backfile.importer.html.reader import comments_of
from backfile.importer.moments import month_leads, read_moment
from backfile.markdown import plain_text


def squeeze(text: str) -> str:
    """Letters and digits alone, for comparing across markup."""
    return re.sub(r"[\W_]+", "", text.lower())


@dataclass
class Tally:
    """Counts that add up over pages."""

    present: int = 0
    captured: int = 0
    comments: int = 0
    authors: int = 0
    dates: int = 0
    without: int = 0
    false: list[str] = field(default_factory=list)
    posts: int = 0
    paired: int = 0
    users: int = 0
    user_gold: int = 0
    post_dates: int = 0
    date_gold: int = 0
    extra: int = 0
    seconds: float = 0.0

    def report(self) -> str:
        """The figures as lines of text."""
        lines = [
            f"snippets captured   {rate(self.captured, self.present)}",
            f"  with author       {rate(self.authors, self.comments)}",
            f"  with date         {rate(self.dates, self.comments)}",
            f"false comments on   {rate(len(self.false), self.without)} {' '.join(self.false)}",
            f"posts one to one    {rate(self.paired, self.posts)} (and {self.extra} more read)",
            f"  user              {rate(self.users, self.user_gold)}",
            f"  date              {rate(self.post_dates, self.date_gold)}",
            f"reader              {self.seconds:.1f} s",
        ]
        return "\n".join(lines)


def rate(part: int, whole: int) -> str:
    """A part of a whole, and that in percent."""
    return f"{part}/{whole} = {100 * part / whole:.1f} %" if whole else "-"


def score_page(folder: Path, entry: dict[str, object], tally: Tally, *, misses: bool) -> None:
    """Adds one article page to the tally."""
    name = str(entry["file"])
    data = (folder / "pages" / name).read_bytes()
    start = time.process_time()
    page = parse_page(data, url=str(entry.get("url") or ""))
    found = comments_of(page).comments if page else ()
    tally.seconds += time.process_time() - start
    snippets = [squeeze(str(text)) for text in entry["comments"]]  # type: ignore[attr-defined]
    if not entry["comments"]:
        tally.without += 1
        if found:
            tally.false.append(name)
            if misses:
                print(f"FALSE {name}: {len(found)} {[show(one) for one in found[:2]]}")
        return
    text = squeeze(" ".join(page.root.itertext())) if page else ""
    read = squeeze(" ".join(plain_text(one.comment.body) for one in found))
    present = [snippet for snippet in snippets if snippet and snippet in text]
    captured = [snippet for snippet in present if snippet in read]
    tally.present += len(present)
    tally.captured += len(captured)
    tally.comments += len(found)
    tally.authors += sum(bool(one.comment.author) for one in found)
    tally.dates += sum(bool(one.comment.date) for one in found)
    lacking = [one for one in found if not one.comment.author or not one.comment.date]
    if misses and (len(captured) < len(present) or len(lacking) > len(found) * 0.1):
        print(f"PAGE {name}: {len(captured)}/{len(present)} snippets, {len(found)} read, {len(lacking)} lack")
        print("    ", *map(show, (lacking or found)[:2]))


def score_forum(path: Path, tally: Tally, *, misses: bool) -> None:
    """Adds one forum page to the tally."""
    page_data = json.loads(path.read_text("utf-8"))
    gold = page_data["gold_standard_annotation"]
    start = time.process_time()
    page = parse_page(page_data["html"].encode(), url=page_data.get("url") or "")
    found = list(comments_of(page).comments) if page else []
    tally.seconds += time.process_time() - start
    leads = month_leads([post["datetime"]["surface_form"] for post in gold if post.get("datetime")])
    free = list(found)
    pairs = users = dates = with_user = with_date = 0
    examples: list[str] = []
    for post in gold:
        match = best_match(post, free)
        if match is None:
            if len(examples) < 2:
                examples.append("LOST " + post["post_text"]["surface_form"][:60])
            continue
        free.remove(match)
        pairs += 1
        user = (post.get("user") or {}).get("surface_form")
        when = (post.get("datetime") or {}).get("surface_form")
        with_user += bool(user)
        # "11 days ago" cannot be compared: the moment of the capture is not told.
        with_date += bool(when) and not RELATIVE.search(when)
        good_user = bool(user) and same_user(user, match)
        good_date = bool(when) and not RELATIVE.search(when) and same_date(when, match, leads)
        users += good_user
        dates += good_date
        if len(examples) < 3 and not (good_user and good_date):
            examples.append(f"{user} {when} <> {show(match)}")
    tally.posts += len(gold)
    tally.paired += pairs
    tally.extra += len(free)
    tally.users += users
    tally.user_gold += with_user
    tally.post_dates += dates
    tally.date_gold += with_date
    if misses and (pairs < len(gold) or users < with_user or dates < with_date or len(free) > 1):
        print(f"FORUM {path.name[:60]}: {pairs}/{len(gold)} user {users} date {dates} extra {len(free)}")
        print("    ", *examples)


def best_match(post: dict[str, dict[str, str]], free: list[FoundComment]) -> FoundComment | None:
    """The comment not yet paired whose words are those of the post, or None."""
    wanted = set(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", post["post_text"]["surface_form"]).lower()))
    best, best_score = None, 0.0
    for one in free[:60]:
        words = set(re.findall(r"\w+", plain_text(one.comment.body).lower()))
        common = len(words & wanted)
        # The gold leaves out some quotations and smileys; all but a fifth of its words must be there.
        if common < 0.8 * len(wanted):
            continue
        score = 2 * common / (len(words) + len(wanted) or 1)
        if best is None or score > best_score:
            best, best_score = one, score
    return best


def same_user(user: str, one: FoundComment) -> bool:
    """The gold names a user or the address of a profile."""
    name, address = squeeze(one.comment.author), squeeze(one.comment.author_url)
    gold = squeeze(user)
    return bool(name) and (name == gold or (bool(address) and address.endswith(gold.lstrip("."))) or name in gold)


def same_date(when: str, one: FoundComment, leads: bool | None) -> bool:
    """Both dates name the same day, or the page writes what the gold writes."""
    read = parse_edtf(one.comment.date)
    gold = parse_edtf(read_moment(when, month_leads=leads))
    if read and not gold:  # the gold's date may lack the year
        gold = parse_edtf(read_moment(re.sub(r"^(\D+ \d+|\d+ \D+?)(?= |$)", rf"\1 {read.year}", when)))
    if gold and read:
        if read.offset is not None and gold.day and abs(read.earliest() - gold.earliest()) < timedelta(hours=26):
            return True  # the page shows it in the reader's zone
        return (gold.year, gold.month, gold.day or read.day) == (read.year, read.month, read.day)
    return squeeze(when) in squeeze(one.when) and bool(one.when)


def show(one: FoundComment) -> str:
    """A comment in short, for the list of misses."""
    comment = one.comment
    return f"<{comment.author}|{comment.author_url[-25:]}|{comment.date}|{one.when[:30]}|{comment.body[:50]!r}>"


def main() -> None:
    """Scores both collections and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="show what was missed")
    options = parser.parse_args()
    tally = Tally()
    for entry in json.loads((options.folder / "pages.json").read_text("utf-8")):
        score_page(options.folder, entry, tally, misses=options.misses)
    for path in sorted((options.folder / "forums").glob("*.json")):
        score_forum(path, tally, misses=options.misses)
    print(tally.report())


if __name__ == "__main__":
    main()
