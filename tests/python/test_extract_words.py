"""Of two extracts of one page every word comes through once, and on its side, however the two differ."""

from __future__ import annotations

import hashlib

import pytest

from backfile.importer.assembling import assemble
from backfile.importer.plaintext import read_plain_text
from backfile.markdown import plain_text
from backfile.model import Article, Source
from extracts_world import CHANGES, SHARES, Extracts
from words_world import WORD


def merged(*extracts: tuple[str, ...]) -> Article:
    texts = ["\n".join(extract).encode() for extract in extracts]
    sources = (Source("extract", hashlib.sha256(text).hexdigest()) for text in texts)
    return assemble([*map(read_plain_text, texts, sources)]).article


@pytest.mark.parametrize("shares", SHARES)
@pytest.mark.parametrize("change", CHANGES)
def test_each_word_of_two_extracts_is_kept_once_and_on_its_side(change, shares):
    headed, read = SHARES[shares]
    for seed in range(4):
        page = Extracts(seed, "p").page(change, headed=headed, read=read)
        article = merged(*page.extracts)
        texts = (article.title, article.standfirst, plain_text(article.body), article.author_note)
        said = WORD.findall(" ".join(texts).lower())
        assert sorted(said) == sorted(set(WORD.findall(" ".join((*page.head, *page.body)).lower())))
        comments = " ".join(plain_text(one.body) for one in article.comments)
        assert WORD.findall(comments.lower()) == WORD.findall(" ".join(page.comments).lower())


BODY = tuple(
    f"The {word} paragraph tells of the ferry, of the {word} man on it and of all that he had to say of the sea."
    for word in ("first", "second", "third", "fourth", "fifth")
)


def test_a_comment_that_quotes_the_title_and_says_more_is_no_part_of_the_article():
    title = "The last ferry of all leaves the quay today at noon"
    comment = f"{title}: so it said, and I was there to see it go, with both of my sons and a bag of buns, in the rain."
    article = merged((title, *BODY), (*BODY, comment, "So was I, and so were all of us from the school on the hill."))
    assert article.title == title
    assert plain_text(article.comments[0].body).startswith(comment)


def test_of_two_states_of_a_paragraph_that_holds_more_is_kept():
    longer = f"{BODY[2]} Nobody had asked him before that day."
    article = merged(("A title of it all", *BODY), (*BODY[:2], longer, *BODY[3:], "I was there, and so was my dog."))
    assert article.body.split("\n\n") == [*BODY[:2], longer, *BODY[3:]]
