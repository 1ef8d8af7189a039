"""Pelican's groupings in linear time: its own look for each article in lists of all of them."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter, ne
from typing import Any

from pelican.utils import get_original_items

from backfile.build.adapter.deferred import DeferredArticle

_PERIODS = ("year", "month", "day")


def originals_and_translations(contents: list[Any], by: Any) -> tuple[list[Any], list[Any]]:
    """As `pelican.utils.process_translations`: the texts, and those that translate another."""
    if not by:
        return contents, []
    keys = sorted({by} if isinstance(by, str) else by)
    key = attrgetter(*keys)
    contents.sort(key=key)
    ids = list(map(key, contents))
    if all(map(ne, ids, ids[1:])):  # the usual case: there are no translations
        return contents, []
    originals: list[Any] = []
    for values, group in groupby(contents, key):
        same = list(group)
        if len(same) == 1:
            originals += same
            continue
        said = values if len(keys) > 1 else (values,)
        originals += get_original_items(
            same, "with" + ", ".join(f' {k} "{v}"' for k, v in zip(keys, said, strict=True))
        )
        for one in same:
            vars(one)["translations"] = [other for other in same if other is not one]
    known = {id(one) for one in originals}
    return originals, [one for one in contents if id(one) not in known]


def grouped(articles: Iterable[Any]) -> dict[str, dict[Any, list[Any]]]:
    """The articles of each section, tag and author, in the order in which they first appear."""
    shelves: dict[str, dict[Any, list[Any]]] = {"category": {}, "tag": {}, "author": {}}
    # Names are few and their comparison slow: each object is looked up by its value only once.
    known: dict[int, list[Any]] = {}

    def shelf(kind: str, name: Any) -> list[Any]:
        found = known[id(name)] = shelves[kind].setdefault(name, [])
        return found

    for article in articles:
        inside = vars(article)
        if "category" in inside:
            name = inside["category"]
            (known.get(id(name)) or shelf("category", name)).append(article)
        for name in inside.get("tags", ()):
            (known.get(id(name)) or shelf("tag", name)).append(article)
        if "authors" in inside or not isinstance(article, DeferredArticle) or article.has_authors():
            for name in getattr(article, "authors", ()):
                (known.get(id(name)) or shelf("author", name)).append(article)
    return shelves


def period_archives(dates: list[Any], articles: list[Any], settings: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Years, months and days that are to have pages, with their articles."""
    archives: dict[str, list[Any]] = defaultdict(list)
    same = dates == articles  # as they are, unless a site wants one of them in another order
    for length, name in enumerate(_PERIODS, 1):
        save_as, url = settings[f"{name.upper()}_ARCHIVE_SAVE_AS"], settings[f"{name.upper()}_ARCHIVE_URL"]
        if not save_as:
            continue
        members = {} if same else _by_period(articles, length)
        for numbers, of_period in _by_period(dates, length).items():
            spoken = (numbers[0], *(calendar.month_name[month] for month in numbers[1:2]), *numbers[2:])
            first = of_period[0].date
            archives[name].append(
                {
                    "dates": of_period,
                    "articles": of_period.copy() if same else members[numbers],
                    "save_as": save_as.format(date=first),
                    "url": url.format(date=first),
                    "period": spoken,
                    "period_num": numbers,
                }
            )
    return archives


def _by_period(articles: list[Any], length: int) -> dict[tuple[int, ...], list[Any]]:
    """By year, by year and month, or by those and day."""
    found: dict[tuple[int, ...], list[Any]] = defaultdict(list)
    for article in articles:
        date = article.date
        found[(date.year, date.month, date.day)[:length]].append(article)
    return found
