"""Tells the language of an article, and of comments in another one, without a network."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from backfile.model import Article, Comment

_SAMPLE = 4000
_ARTICLE = (60, 0.95)
_COMMENT = (40, 0.98)
"""Letters that there must be, and how sure (0 to 1) the guess must be: a short text is in any language."""


def with_languages(article: Article) -> Article:
    """The article with its language, marked as a guess, and that of comments in another language.

    What a source says is believed; what cannot be told with confidence stays unknown.
    """
    language = article.language
    if not language and (found := _tell(f"{article.title}\n{article.body}", *_ARTICLE)):
        article = replace(article, language=found, guessed=(*article.guessed, "language"))
        language = found
    if not any(_in_question(comment) for comment in article.comments):
        return article
    return replace(article, comments=tuple(_with_language(comment, language) for comment in article.comments))


def _with_language(comment: Comment, usual: str) -> Comment:
    if not _in_question(comment):
        return comment
    found = _tell(comment.body, *_COMMENT)
    return replace(comment, language=found) if found and found != usual.split("-")[0].lower() else comment


def _in_question(comment: Comment) -> bool:
    return not comment.language and len(comment.body) >= _COMMENT[0]


def _tell(text: str, letters: int, sure: float) -> str:
    """The ISO 639-1 code of a text's language, or the empty string."""
    sample = text[:_SAMPLE]
    if sum(char.isalpha() for char in sample) < letters:
        return ""
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= sure else ""


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
