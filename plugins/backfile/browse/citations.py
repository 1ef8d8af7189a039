"""References to an article, for people and for the programs that keep bibliographies.

Dates are given as far as they are known. Everything is text of strangers: BibTeX has commands, RIS ends a
field at a line's end, and neither may be spoken by a title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from backfile.dates import Edtf, parse_edtf
from backfile.model import Article
from backfile.text import clean_line

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, behind a backslash too
    "}": r"\textbraceright{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TEX_SPECIAL = re.compile(r"[\\{}%&#$_~^]")
_KEY = re.compile(r"[^A-Za-z0-9-]+")
# What may stand in an address of BibTeX's `url` field, which knows no escapes but per cent.
_ADDRESS = "".join(map(chr, range(33, 127))).translate({ord(char): None for char in '{}\\"<>^`|'})


@dataclass(frozen=True, slots=True)
class Paper:
    """Where an article stands: the archive's name, and the page's full address (empty: nobody knows yet)."""

    name: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One article's references; each text is whole and ends with a line end."""

    bibtex: str
    ris: str
    csl_json: str


FORMATS = {"bib": "bibtex", "ris": "ris", "csl.json": "csl_json"}
"""How the name of a file ends -> the field of `Citation` that it holds."""


def cite(article: Article, paper: Paper) -> Citation:
    """The references to an article."""
    return Citation(_bibtex(article, paper), _ris(article, paper), _csl_json(article, paper))


def reference(article: Article, paper: Paper, kind: str) -> str:
    """One reference to an article, in the format that files of a kind hold."""
    return {"bib": _bibtex, "ris": _ris, "csl.json": _csl_json}[kind](article, paper)


def place_of(url: str, ending: str) -> str:
    """Where the reference stands: beside the page."""
    return f"{url.removesuffix('.html')}.{ending}"


def _key(article: Article) -> str:
    return _KEY.sub("-", article.id).strip("-") or "article"


def _address(article: Article, paper: Paper) -> str:
    """Where the article stood, else where it stands; only what is an address."""
    url = article.url if re.match(r"https?://", article.url) else paper.page
    return quote(clean_line(url), safe=_ADDRESS)


# BibTeX


def _bibtex(article: Article, paper: Paper) -> str:
    date = parse_edtf(article.published)
    fields = [("title", "{" + _tex(article.title) + "}")]
    if article.authors:
        fields.append(("author", " and ".join(map(_tex_name, article.authors))))
    fields.append(("journal", _tex(paper.name)))
    if date:
        # Who reads `date` knows the marks of doubt of EDTF and no commands, and refuses a time without seconds.
        fields += [("year", f"{date.year:04}"), ("date", "-".join(_numbers(date)) + date.qualifier)]
        fields += [(name, str(part)) for name, part in (("month", date.month), ("day", date.day)) if part]
    else:
        fields.append(("note", "undated"))
    fields += [("url", _address(article, paper)), ("urldate", _day(article.captured))]
    fields += [("language", _tex(article.language)), ("keywords", _tex(", ".join(article.tags)))]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@article{{{_key(article)},", *lines, "}"]) + "\n"


def _tex_name(name: str) -> str:
    """A name; in braces where BibTeX would take it apart into what it is not."""
    whole = re.search(r",|\band\b|^others$", clean_line(name), re.IGNORECASE)
    return "{" + _tex(name) + "}" if whole else _tex(name)


def _tex(text: str) -> str:
    return _TEX_SPECIAL.sub(lambda found: _TEX[found[0]], clean_line(text))


def _day(edtf: str) -> str:
    """A date without its time and doubts, or the empty string."""
    date = parse_edtf(edtf)
    return "-".join(_numbers(date)) if date else ""


def _numbers(date: Edtf) -> list[str]:
    parts = [f"{date.year:04}"]
    return parts + [f"{part:02}" for part in (date.month, date.day) if part is not None]


# RIS


def _ris(article: Article, paper: Paper) -> str:
    lines = [f"{tag}  - {clean_line(value)}" for tag, value in _ris_fields(article, paper) if clean_line(value)]
    return "\r\n".join(["TY  - NEWS", *lines, "ER  - "]) + "\r\n"


def _ris_fields(article: Article, paper: Paper) -> Iterator[tuple[str, str]]:
    yield "ID", _key(article)
    yield "TI", article.title
    yield from (("AU", name) for name in article.authors)
    yield "T2", paper.name
    yield "AB", article.standfirst
    if date := parse_edtf(article.published):
        yield "PY", f"{date.year:04}"
        # Year/month/day/other: what is not known stays empty, a doubt is said in the last place.
        parts = _numbers(date)
        doubt = str(date)[-1] if date.uncertain else ""
        yield "DA", "/".join([*parts, *[""] * (3 - len(parts)), doubt])
    yield "UR", _address(article, paper)
    yield "Y2", _day(article.captured).replace("-", "/")
    yield "LA", article.language
    yield from (("KW", tag) for tag in article.tags)


# CSL-JSON


def _csl_json(article: Article, paper: Paper) -> str:
    item: dict[str, object] = {
        "id": _key(article),
        "type": "article-newspaper",
        "title": clean_line(article.title),
        "container-title": clean_line(paper.name),
    }
    item |= _filled(
        {
            "author": [{"literal": clean_line(name)} for name in article.authors],
            "issued": _csl_date(article.published),
            "accessed": _csl_date(article.captured),
            "URL": _address(article, paper),
            "abstract": clean_line(article.standfirst),
            "section": clean_line(article.section),
            "language": article.language,
            "keyword": ", ".join(map(clean_line, article.tags)),
        }.items()
    )
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def _filled(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {name: value for name, value in pairs if value}


def _csl_date(edtf: str) -> dict[str, object]:
    date = parse_edtf(edtf)
    if date is None:
        return {}
    found: dict[str, object] = {"date-parts": [[int(part) for part in _numbers(date)]]}
    return found | ({"circa": True} if date.uncertain else {})
