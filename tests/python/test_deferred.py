"""An article that is remembered reads as the one that was read."""

from __future__ import annotations

import marshal

import pytest

from backfile.comments.deferred import DeferredView
from backfile.comments.views import ArticleView
from backfile.model import Article, Comment

COMMENTS = (Comment("c1", "First", author="Ada"), Comment("c2", "Reply", parent="c1"))
ARTICLES = [
    Article("a", "Bare", "Text"),
    Article("b", "Full", "Text", standfirst="S", authors=("A", "B"), published="2009-03", section="X", tags=("t",)),
    Article("c", "Guessed", "Text", language="de", comments=COMMENTS, guessed=("title",), published="2009-03-12"),
    Article("g", "Text of some …", "**Text** of\nsome words", guessed=("title",)),
    Article("h", "First", "", comments=COMMENTS, guessed=("title",)),
    Article("d", "Block", "Text", comments=(Comment("k", "One\n\nTwo", kind="block"), *COMMENTS)),
]
SHOWN_BY_LISTS = (
    "id title standfirst authors section tags language published undated guessed title_guessed when comment_count"
    " told_apart is_removed is_gone withheld taken images source_paths found_url comment_pages"
).split()


def remembered(article, load):
    kept = marshal.dumps(DeferredView.card(ArticleView(article, ())))
    return DeferredView(marshal.loads(kept), load)  # noqa: S302 - made one line above


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.title)
def test_what_lists_show_is_the_same_and_needs_no_reading(article):
    def load():
        raise AssertionError("the article was read")

    view, real = remembered(article, load), ArticleView(article, ())
    assert {name: getattr(view, name) for name in SHOWN_BY_LISTS} == {
        name: getattr(real, name) for name in SHOWN_BY_LISTS
    }
    for name in ("count", "total", "told_apart", "has_comments", "label"):
        assert getattr(view.thread, name) == getattr(real.thread, name)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.title)
def test_everything_else_comes_from_the_article_itself(article):
    real = ArticleView(article, ())
    view = remembered(article, lambda: real)
    assert view.model is article
    assert view.thread.flat is real.thread.flat
    assert view.split == real.split
    assert not hasattr(view, "nonsense")


def test_a_title_is_called_first_words_when_it_is_those():
    told = {article.title: ArticleView(article, ()).title_guessed for article in ARTICLES}
    assert told == {
        "Bare": False,
        "Full": False,
        "Guessed": False,  # not the text's first words: a headline that the page shows
        "Text of some …": True,
        "First": True,
        "Block": False,
    }
