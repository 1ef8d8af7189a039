"""Names under which one author wrote: a file says which, and articles get the one name.

# one author a line: the name, then the others
Dora Lind = D. Lind; dlind; Dora Lind-Okoro
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from backfile.errors import SourceError
from backfile.model import Article
from backfile.text import clean_line


def read_aliases(path: Path) -> dict[str, str]:
    """The name for each alias, compared without case. Raises SourceError with file and line."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise SourceError(
            f"the names of authors cannot be read: {error.strerror}.", place=str(path), advice="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"not UTF-8 at byte {error.start}.", place=str(path), advice="Save it as UTF-8.") from error
    names: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = clean_line(line)
        if not line or line.startswith("#"):
            continue
        name, equals, others = (part.strip() for part in line.partition("="))
        if not name or not equals:
            advice = "Write 'Name = alias; alias', one author a line."
            raise SourceError("no name and its aliases.", place=f"{path}:{number}", advice=advice)
        for alias in filter(None, map(str.strip, others.split(";"))):
            known = names.setdefault(alias.casefold(), name)
            if known != name:
                raise SourceError(
                    f"'{alias}' is {known} already.", place=f"{path}:{number}", advice="Keep one of them."
                )
    return names


def with_names(article: Article, aliases: Mapping[str, str]) -> Article:
    """The article with each author under one name, and each once."""
    if not aliases:
        return article
    authors = tuple(dict.fromkeys(aliases.get(name.casefold(), name) for name in article.authors))
    return replace(article, authors=authors) if authors != article.authors else article
