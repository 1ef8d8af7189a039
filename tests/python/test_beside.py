"""What stands beside an article: order in time, and relations that mean something and cost little."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backfile.comments.beside import RELATED, Neighbourhood


@dataclass
class Page:
    url: str
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    section: str = ""
    title: str = ""
    archive: Any = field(init=False)

    def __post_init__(self) -> None:
        self.archive = SimpleNamespace(tags=self.tags, authors=self.authors, section=self.section)


def pages(tag_sets: list[list[str]], prefix: str = "p") -> list[Page]:
    return [Page(f"{prefix}{n}", tags=tuple(tags)) for n, tags in enumerate(tag_sets)]


tag_sets = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=4), max_size=40)


@given(tag_sets)
def test_the_article_after_one_has_that_one_before_it(sets: list[list[str]]) -> None:
    dated = pages(sets)
    near = Neighbourhood(dated, [])
    for earlier, later in pairwise(dated):
        assert near.of(earlier).next is later
        assert near.of(later).previous is earlier
    assert all(near.of(page).previous is None for page in dated[:1])
    assert all(near.of(page).next is None for page in dated[-1:])


@given(tag_sets, tag_sets)
def test_related_articles_are_others_few_and_each_shares_something(
    sets: list[list[str]], more: list[list[str]]
) -> None:
    dated, undated = pages(sets), pages(more, "u")
    near = Neighbourhood(dated, undated)
    for page in [*dated, *undated]:
        related = near.of(page).related
        assert len(related) <= RELATED
        assert page not in related
        assert len({other.url for other in related}) == len(related)
        assert all(set(other.archive.tags) & set(page.tags) for other in related)


def test_the_undated_have_no_place_in_time() -> None:
    (loose,) = pages([["a"]], "u")
    found = Neighbourhood(pages([["a"], ["a"]]), [loose]).of(loose)
    assert (found.previous, found.next) == (None, None)
    assert [page.url for page in found.related] == ["p1", "p0"]


def test_a_rare_tag_relates_more_than_a_common_one() -> None:
    articles = pages([["common"]] * 8 + [["rare", "common"], ["common"], ["rare"]])
    assert Neighbourhood(articles, []).of(articles[10]).related[0].url == "p8"


def test_the_same_author_and_section_alone_relate_nothing() -> None:
    same = [Page(f"p{n}", authors=("Ada",), section="News") for n in range(5)]
    assert Neighbourhood(same, []).of(same[2]).related == ()
