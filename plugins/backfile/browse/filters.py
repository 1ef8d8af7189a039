"""Articles as references, feed entries and downloads: what the adapter offers templates as filters.

A filter sees one article, or a list of them, and nothing else of the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from backfile.browse.citations import FORMATS, Citation, Paper, cite, place_of, reference
from backfile.browse.downloads import article_rows, comment_rows, json_line
from backfile.browse.facts import NOTHING, Facts
from backfile.browse.feeds import ATOM, Entry, Feed, atom, json_feed
from backfile.browse.provenance import provenance_line
from backfile.model import Article

LABELS = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}

# Metadata under this name is Pelican's to keep with an article, and so is remembered with it.
FACTS = "browse"


def facts_of(article: Any) -> Facts:
    """The facts of an article that Pelican has read."""
    noted = getattr(article, FACTS, None)
    return noted.facts if noted else NOTHING


DOWNLOADS = {
    "jsonl": "downloads/jsonl/{}.jsonl",
    "articles.csv": "downloads/csv/articles-{}.csv",
    "comments.csv": "downloads/csv/comments-{}.csv",
    "provenance": "downloads/provenance/{}.jsonl",
}
"""Kind of download -> where a part of it stands, with its year or `undated`; a folder of JSON Lines can be imported."""


def _outline(article: Any) -> Article:
    """What a reference says of an article, from what is remembered of it: its text is not read."""
    view, facts = article.archive, facts_of(article)
    return Article(
        id=view.id,
        title=view.title,
        body="",
        standfirst=view.standfirst,
        authors=tuple(view.authors),
        published=facts.published,
        captured=facts.captured,
        section=view.section,
        tags=tuple(view.tags),
        language=view.language,
        url=facts.url,
    )


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one site; `site` is its full address or empty, without a slash at its end.

    `citations`: where references stand, as the setting has it.
    """

    name: str
    site: str
    citations: str

    def all(self) -> dict[str, Callable[..., Any]]:
        """The filters by the names templates use."""
        return {
            "cite": self.cite,
            "citation_files": self.citation_files,
            "citation_texts": self.citation_texts,
            "feed": self.feed,
        }

    def cite(self, article: Any) -> Citation:
        """The references to an article, each as a text."""
        return cite(_outline(article), self._paper(article))

    def _paper(self, article: Any) -> Paper:
        return Paper(self.name, f"{self.site}/{article.url}" if self.site else "")

    def citation(self, article: Any, kind: str) -> str:
        """One reference: `bib`, `ris` or `csl.json`."""
        return reference(_outline(article), self._paper(article), kind)

    def citation_files(self, article: Any) -> list[tuple[str, str]]:
        """What the files with references are called and where they stand; none when there are none, as of a draft."""
        if self.citations != "files" or article.status != "published":
            return []
        return [(LABELS[kind], place_of(article.url, kind)) for kind in FORMATS]

    def citation_texts(self, article: Any) -> list[tuple[str, str]]:
        """What the references are called and their texts, where pages hold them themselves."""
        return [(LABELS[kind], self.citation(article, kind)) for kind in FORMATS] if self.citations == "page" else []

    def feed(self, articles: Iterable[Any], feed: Feed, kind: str) -> str:
        """A feed of articles, the latest first."""
        # `feed` may be a stand-in that notes what is read of it: it is read here and made anew.
        of = Feed(feed.title, feed.page, feed.address, feed.language)
        return (atom if kind == ATOM else json_feed)(of, map(self._entry, articles))

    def _entry(self, article: Any) -> Entry:
        model = article.archive.model
        return Entry(
            page=f"{self.site}/{article.url}",
            title=model.title,
            html=str(article.get_content(self.site)),
            summary=model.standfirst,
            authors=tuple(model.authors),
            section=model.section,
            tags=tuple(model.tags),
            published=model.published,
            modified=model.modified,
            language=model.language,
            original=model.url if model.url.startswith(("http://", "https://")) else "",
        )

    def download(self, articles: Iterable[Any], kind: str, head: bool) -> str:
        """Articles in full, to take away; `head`: with the names of a table's columns before them."""
        if kind == "jsonl":
            return "".join(json_line(article.archive.model, str(article.url)) for article in articles)
        if kind == "provenance":
            return "".join(provenance_line(article.archive, str(article.url)) for article in articles)
        if kind == "articles.csv":
            rows = ((article.archive, str(article.url), facts_of(article)) for article in articles)
            return article_rows(rows, head=head)
        return comment_rows((a.archive.model for a in articles if a.archive.thread.total), head=head)

    def text(self, text: str) -> str:
        """What is known already."""
        return text
