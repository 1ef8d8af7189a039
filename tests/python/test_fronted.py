"""Files with front matter, of static site generators and of clippers: what they say, and their text with its marks."""

from __future__ import annotations

import pytest

from backfile.importer.fronted import is_fronted, read_fronted
from backfile.importer.frontmatter import front_matter
from backfile.importer.images.beside import Beside
from backfile.importer.record import Problem, Record
from backfile.markdown import depth_of, plain_text
from backfile.model import Article, Source
from exports_world import Post
from growth import MOST, growth
from images import png
from project import pelican
from test_export_words import said
from test_import import imported
from words_world import WORD

PROSE = "The council says that the bridge will be built next year, and that it will be cheaper than any ferry could be."
COMMENTS = """comments:
- id: 5
  author: Ben
  author_email: ben@private.example
  content: I was there.
- id: 6
  parent: 5
  author: Cleo
  status: spam
  content: Buy pills.
"""


def record(text: str, name: str = "a.md", finder: Beside | None = None) -> Record:
    found = read_fronted(text.encode(), Source(name, "0" * 64), finder)
    assert isinstance(found, Record), found
    return found


def article(text: str, name: str = "a.md") -> Article:
    return record(text, name).article


@pytest.mark.parametrize(
    ("head", "name", "value"),
    [
        ("title: 'It''s: here'", "title", "It's: here"),
        ("title: >\n  Two\n  lines", "title", "Two lines"),
        ("author: Ann Lee", "authors", ("Ann Lee",)),
        ("author: Ann Lee and Bob Ray", "authors", ("Ann Lee", "Bob Ray")),
        ("authors: [Ann Lee, 'Ray, Bob']", "authors", ("Ann Lee", "Ray, Bob")),
        ("author: {display_name: Ann Lee, email: a@b.example}", "authors", ("Ann Lee",)),
        ("author:\n- '[[Dora Lind]]'", "authors", ("Dora Lind",)),
        ("date: 2012-05-04 10:20:30 +0200", "published", "2012-05-04T10:20:30+02:00"),
        ("date: 2012-05", "published", "2012-05"),
        ("published: 2012-05-04", "published", "2012-05-04"),
        ("publishDate: 2012-05-04", "published", "2012-05-04"),
        ("lastmod: 2012-05-04", "modified", "2012-05-04"),
        ("last_modified_at: 2012-05-04", "modified", "2012-05-04"),
        ("categories: [News, Harbour]", "section", "News"),
        ("category: News", "section", "News"),
        ("layout: post\ncategories: news harbour", "tags", ("harbour",)),
        ("tags: [a, 'b c']", "tags", ("a", "b c")),
        ("tags: a, b c", "tags", ("a", "b c")),
        ("layout: post\ntags: a b", "tags", ("a", "b")),
        ("keywords: [a]", "tags", ("a",)),
        ("summary: In short", "standfirst", "In short"),
        ("description: In short", "standfirst", "In short"),
        ("lang: de", "language", "de"),
        ("slug: A slug", "slug", "a-slug"),
        ("permalink: https://x.example/a/", "url", "https://x.example/a/"),
        ("canonical_url: https://x.example/a/", "url", "https://x.example/a/"),
        ("permalink: /a/", "url", ""),
    ],
)
def test_what_yaml_says_is_read_under_the_names_that_others_give_it(head, name, value):
    assert getattr(article(f"---\n{head}\n---\n{PROSE}"), name) == value


def test_toml_is_read_and_the_tables_in_it_whose_names_are_free():
    found = article(
        "+++\ntitle = 'A'\ndate = 2015-03-04T10:20:30+01:00\ndraft = false\nweight = 3\n"
        "[taxonomies]\ntags = ['x']\n[params]\nmood = 'calm'\ntitle = 'B'\n+++\nA text."
    )
    assert (found.title, found.published, found.tags) == ("A", "2015-03-04T10:20:30+01:00", ("x",))
    assert found.extra == (("mood", "calm"),)


def test_nothing_that_a_writer_said_is_lost_and_what_tells_programs_how_to_show_it_is():
    head = "title: A\nlayout: post\ncomments: true\nrating: 4\npermalink: /old/a/\nid: 7\ngeo: {lat: 5}\ndraft: false"
    found = article(f"---\n{head}\n---\nA text.")
    assert dict(found.extra) == {"rating": "4", "path": "/old/a/", "x-id": "7", "geo": '{"lat": "5"}'}
    assert found.id == ""


def test_comments_in_front_matter_are_comments_and_no_address_of_a_reader_is_published(tmp_path):
    (tmp_path / "site/_posts").mkdir(parents=True)
    text = f"---\nlayout: post\ntitle: A\nauthor_email: a@private.example\n{COMMENTS}---\n<p>{PROSE}</p>"
    (tmp_path / "site/_posts/2012-05-04-a.html").write_text(text)
    [found], report = imported(tmp_path / "site", tmp_path / "content")
    assert [(c.id, c.author, c.body) for c in found.comments] == [("5", "Ben", "I was there.")]
    assert (found.published, found.guessed, found.slug, found.split.method) == (
        "2012-05-04",
        ("language",),
        "a",
        "source",
    )
    assert "1 of the comments are deleted, spam or not approved" in str(report)
    done = pelican(tmp_path / "content", tmp_path / "output")
    assert done.returncode == 0, done.stderr
    built = "\n".join(path.read_text("utf-8", "replace") for path in (tmp_path / "output").rglob("*") if path.is_file())
    assert "I was there." in built and "private.example" not in built and "pills" not in built


def test_the_date_in_the_name_of_a_file_is_a_guess_unless_it_is_a_post_of_jekyll():
    assert article("---\ntitle: A\n---\nB", "2012-05-04-a.md").guessed == ("published",)
    assert article("---\ntitle: A\nlayout: post\n---\nB", "2012-05-04-a.md").guessed == ()
    assert article("---\ntitle: A\ndate: 2011\n---\nB", "_posts/2012-05-04-a.md").published == "2011"
    assert article("---\ntitle: A\n---\nB", "2012-02-31-a.md").published == ""


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("draft: true", "its front matter says 'draft: true'"),
        ("published: false", "its front matter says 'published: false'"),
        ("status: private", "its front matter says 'status: private'"),
        ("status: publish", ""),
    ],
)
def test_what_was_never_public_is_a_draft(head, why):
    found = record(f"---\ntitle: A\n{head}\n---\nA text.")
    assert (("Status", "skip") in found.article.extra) is bool(why)
    assert any(f"a draft: {why};" in note for note in found.notes) is bool(why)


def test_a_heading_that_is_the_title_is_not_said_twice_and_another_stays():
    assert article("---\ntitle: A title\n---\n# A Title\n\nA text.").body == "A text."
    assert article("---\ntitle: A title\n---\n# Another\n\nA text.").body == "# Another\n\nA text."
    assert article("---\ntitle: A title\n---\nA text.").body == "A text."


def test_images_are_found_where_generators_keep_them(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "content").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"static/{name}.png").write_bytes(png())
    path = tmp_path / "content/x.md"
    found = record("---\ncover: a.png\n---\nA text.\n\n![B](/b.png)", "content/x.md", Beside(path, "content/x.md"))
    assert "a.png" not in str(found.article.extra)
    gone = record("---\ntitle: A\ncover: c.png\n---\nA text.", "content/x.md", Beside(path, "content/x.md"))
    assert (gone.article.body, gone.article.extra) == ("A text.", (("cover", "c.png"),))


def test_what_templates_would_have_filled_in_hides_no_text():
    body = article(
        "---\ntitle: A\n---\n{% highlight c %}\na < b\n{% endhighlight %}\n\nText.\n{: .x}\n\n{{< y >}}"
    ).body
    assert body == "```\na < b\n```\n\nText.\n\n{{< y >}}"


def test_comments_follow_the_article_of_a_page_that_a_clipper_saved_and_of_no_other():
    text = f"{PROSE}\n\n{PROSE}\n\n**Ben** on May 7, 2019 at 10:20 am\n\nI don't think so. You are wrong!\n\n"
    text += "**Cleo** on May 8, 2019 at 11:20 am\n\n@Ben I think you're right, lol."
    clipped = record(f"---\ntitle: A\nsource: https://news.example/a\n---\n![A](https://news.example/a.jpg)\n\n{text}")
    assert [c.author for c in clipped.article.comments] == ["Ben", "Cleo"]
    assert clipped.article.split.method == "text" and "[Image not saved: A]" in clipped.article.body
    own = record(f"---\ntitle: A\n---\n{text}").article
    assert own.comments == () and "**Ben**" in own.body and own.split.method == ""


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule above prose.\n\n---\n\nMore.",
        "---\nNo key here\n---\n",
        "Title: A\n\nText",
        "+++\na\n+++\n",
        "---\na: b",
    ],
)
def test_what_is_no_front_matter_is_read_by_others(text):
    assert front_matter(text) is None
    assert read_fronted(text.encode(), Source("a.md", "0" * 64)) is None


def test_front_matter_is_read_of_markdown_and_html_alone_and_may_be_empty():
    assert is_fronted("a/b.MD", b"---\na: b") and is_fronted("b.html", b"\xef\xbb\xbf+++\n")
    assert not is_fronted("b.txt", b"---\na: b") and not is_fronted("b.md", b"# A")
    assert article("---\n---\n**A** text.").body == "**A** text."
    assert article("---\r\ntitle: A: b\r\ntags:\r\n- x\r\n---\r\nA text.").title == "A: b"  # no YAML, but plain enough
    nothing = read_fronted(b"---\ntitle:\n---\n", Source("a.md", "0" * 64))
    assert isinstance(nothing, Problem)


@pytest.mark.parametrize("text", ["<main>{{ content }}</main>", "{% for post in site.posts %}<li>x</li>{% endfor %}"])
def test_a_template_is_no_article(text):
    found = read_fronted(f"---\nlayout: default\n---\n{text}".encode(), Source("index.html", "0" * 64))
    assert isinstance(found, Problem) and found.reason == "a template of a site, which is no article"
    assert article(f"---\nlayout: post\n---\n<p>Of Jekyll</p>{{% raw %}}{text}{{% endraw %}}", "a.html").body
    assert article(f"---\nlayout: post\n---\nOf Jekyll: {text}").body


@pytest.mark.parametrize("seed", range(6))
def test_each_word_of_markdown_is_read_once_and_in_its_place(seed):
    text = Post(seed, "p").markdown()
    assert said(article(f"---\ntitle: A\n---\n{text}").body) == WORD.findall(text)
    clipped = article(f"---\ntitle: A\nurl: https://x.example/a\n---\n{text}")
    assert said("\n\n".join((clipped.body, *(c.body for c in clipped.comments)))) == WORD.findall(text)


def test_what_is_nested_too_deeply_is_left_to_the_reader_of_plain_text():
    deep = "---\ntitle: A\n---\n" + "> " * 120 + "word"
    assert depth_of("> " * 120 + "word") == 120
    assert read_fronted(deep.encode(), Source("a.md", "0" * 64)) is None
    assert "word" in plain_text(article("---\ntitle: A\n---\n" + "> " * 30 + "word").body)


def test_yaml_that_names_values_again_makes_no_more_of_them():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "x, x, x" not in str(front_matter(f"---\n{bomb}---\nA text."))


@pytest.mark.parametrize(
    "piece",
    "a: \n|- a\n|a: [|{a: |? |[|'|&a |!a |# a\n|  |\t|a: |\n  a|a: b\n c\n|%|---\n".split("|"),
)
def test_any_front_matter_takes_the_time_of_its_size(piece):
    def work(text: str) -> None:
        for fence in ("---", "+++"):
            read_fronted(f"{fence}\n{text}\n{fence}\nA text.".encode(), Source("a.md", "0" * 64))

    assert growth(work, piece * (4_000 // len(piece)), piece * (32_000 // len(piece))) < MOST


@pytest.mark.parametrize(
    "piece",
    "> |* |[|![|](|**a |_a_ |`|```\n|<|<a|<!--|{%|{: |{{ site.|[[|]]|&|\\|a\n\n|- a\n|a|b\n|[^1]: a\n|~~|# ".split("|"),
)
def test_any_text_takes_the_time_of_its_size(piece):
    def work(text: str) -> None:
        read_fronted(f"---\ntitle: A\nurl: https://x.example/\n---\n{text}".encode(), Source("a.md", "0" * 64))

    assert growth(work, piece * (2_000 // len(piece)), piece * (16_000 // len(piece))) < MOST
