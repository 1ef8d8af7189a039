"""By what one article is told from another that would have the same id."""

from __future__ import annotations

from dataclasses import dataclass

from backfile.importer.identity import digest_id
from backfile.model import Article


@dataclass(frozen=True, slots=True)
class Likeness:
    """Its text, and what is said of it."""

    text: str
    said: str
    body: str
    comments: int

    @classmethod
    def of(cls, article: Article, *, named: bool) -> Likeness:
        """That of an article. Where text and address, or an id of its own, are the same, the rest need not be."""
        text = article.body + "\0" + "\0".join(comment.body for comment in article.comments)
        said = "" if named and text.strip("\0") else "\0".join((article.title, article.published, *article.authors))
        return cls(digest_id(text), said, digest_id(article.body), len(article.comments))

    def ids_of_another(self, identity: str) -> tuple[str, str]:
        """What it may be called when another has its id: one of another text, and one of the same."""
        return digest_id(identity + self.text), digest_id(f"{identity}{self.text}\0{self.said}")
