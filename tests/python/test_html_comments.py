"""Comments of saved pages in markup that real systems wrote, each page cut down to what once misled the reader."""

from __future__ import annotations

import pytest

from backfile.importer.html.reader import read_html
from backfile.importer.record import Record
from backfile.model import Article, Comment, Source

STORY = "<p>The ferry went at eight in the morning, and everybody on the pier waved at it for a very long time.</p>" * 3


def article_of(page: str, title: str = "The last ferry", head: str = "") -> Article:
    """What a page becomes that has the story above its comments."""
    html = f"<!doctype html><html lang=en><title>{title}</title>{head}<body><article><h1>{title}</h1>{STORY}</article>"
    read = read_html((html + page).encode(), Source("page.html", "0" * 64))
    assert isinstance(read, Record), read
    return read.article


def comments_of(page: str, title: str = "The last ferry", head: str = "") -> list[Comment]:
    """The comments of such a page."""
    return list(article_of(page, title, head).comments)


MOVABLE_TYPE = """<h2>Comments</h2>
<div class="comments-body"><p>I took that boat every day.</p>
<span class="comments-post">Posted by: <a href="http://ann.example">Ann</a> at August 9, 2002 03:45 PM</span></div>
<div class="comments-body"><p>Nobody told the papers.</p><p>Nor me.</p>
<span class="comments-post">Posted by: Bob at August 10, 2002 01:45 AM</span></div>"""


def test_a_line_that_says_who_posted_and_when_is_not_the_text():
    ann, bob = comments_of(MOVABLE_TYPE)
    assert (ann.author, ann.date, ann.body) == ("Ann", "2002-08-09T15:45", "I took that boat every day.")
    assert (bob.author, bob.date, bob.body) == ("Bob", "2002-08-10T01:45", "Nobody told the papers.\n\nNor me.")


REDDIT = """<div class="thing comment" id="thing_t1_a{n}" data-author="ann"><p class="tagline">
<a href="/user/ann" class="author">ann</a> <time datetime="2012-05-03T10:0{n}:00+00:00">9 years ago</time></p>
{form}</div>"""


def test_a_form_round_the_text_of_a_comment_is_no_form():
    form = '<form class="usertext"><input type="hidden" name="thing_id"><div class="usertext-body"><div class="md">%s'
    pages = [REDDIT.format(n=n, form=form % f"<p>Short {n}.</p>" + "</div></div></form>") for n in (1, 2, 3)]
    assert [one.body for one in comments_of("".join(pages))] == ["Short 1.", "Short 2.", "Short 3."]
    bare = [REDDIT.format(n=n, form=f"<form><p>Bare {n}.</p></form>") for n in (1, 2, 3)]
    assert [one.body for one in comments_of("".join(bare))] == ["Bare 1.", "Bare 2.", "Bare 3."]


@pytest.mark.parametrize(
    "form",
    [
        "<form><p>Report this comment?</p><button>Report</button></form>",
        "<form><p>Was this of use?</p><input type=submit value=Yes></form>",
        "<form><div class=comment-text><p>Your answer</p></div><textarea></textarea></form>",
        "<form><p>Name <input name=author></p></form>",
    ],
)
def test_a_form_that_asks_for_something_is_no_text(form):
    pages = [REDDIT.format(n=n, form=f"<div class=comment-text><p>Short {n}.</p></div>{form}") for n in (1, 2, 3)]
    assert [one.body for one in comments_of("".join(pages))] == ["Short 1.", "Short 2.", "Short 3."]


MICRODATA = '<section><div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
UNSIGNED = MICRODATA + '<p itemprop="text">{text}</p></div></section>'
SIGNED = MICRODATA + '<span itemprop="author">Bob</span><p itemprop="text">{text}</p></div></section>'


def test_a_declared_comment_is_believed_without_author_and_date():
    page = article_of(UNSIGNED.format(text="One.") + UNSIGNED.format(text="Two.") + SIGNED.format(text="Three."))
    assert [(one.author, one.body) for one in page.comments] == [("", "One."), ("", "Two."), ("Bob", "Three.")]
    assert page.authors == () and "One." not in page.body


def test_an_unsigned_answer_to_a_frequent_question_is_no_comment():
    answer = (
        '<div itemscope itemtype="https://schema.org/Answer"><p itemprop="text">By bus, on foot or by boat.</p></div>'
    )
    assert not comments_of(answer * 3)


@pytest.mark.parametrize("author", ['<span itemprop="author">Bob</span>', '<meta itemprop="author" content="Bob">'])
def test_the_author_of_a_comment_that_is_not_read_is_not_the_articles(author):
    aside = f'<nav><div itemscope itemtype="http://schema.org/Comment">{author}<p>Hello</p></div></nav>'
    assert article_of(aside).authors == ()


WORDPRESS = """<li class="comment" id="li-comment-{n}"><div class="comment-author vcard"><b class="fn">{name}</b>
<span class="says">says:</span></div><time datetime="2012-05-01T10:00:00+02:00">May</time>
<div class="comment-content"><p>Late again.</p></div></li>"""
NAMES = [
    "Ann",
    "Guest",
    "user",
    "Author",
    "2012",
    "http://a.example",
    "Reply",
    "Share",
    "op",
    "May 4, 2012",
    "Said",
    "",
]


def test_a_declared_name_is_believed_as_it_stands_or_stays_unknown():
    page = "".join(WORDPRESS.format(n=n, name=name) for n, name in enumerate(NAMES, 10))
    assert [one.author for one in comments_of(page)] == NAMES


CRAWLER = """<div id="post_{n}" itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="crawler-post">
<span class="creator" itemprop="author" itemscope itemtype="http://schema.org/Person">
<a itemprop="url" href="/u/{name}"><span itemprop="name">{name}</span></a></span>
<time itemprop="datePublished" datetime="2020-05-01T10:00:00Z">May 1, 2020, 10:00am</time>
<div class="post" itemprop="text"><p>Late again.</p></div></div>"""


def test_a_declared_name_that_is_a_word_of_forums_is_the_name():
    page = "".join(CRAWLER.format(n=n, name=name) for n, name in enumerate(("op", "ann", "guest"), 1))
    assert [one.author for one in comments_of(page)] == ["op", "ann", "guest"]


LINKED = '{"@type": "BlogPosting", "headline": "Ship", "comment": [%s]}'
ANN = '{"@type": "Comment", "text": "Signed.", "author": "Ann"}'
NOBODY = '{"@type": "Comment", "text": "Unsigned."}'
ANSWER = '{"@type": "Question", "acceptedAnswer": {"@type": "Answer", "text": "By bus."}}'


@pytest.mark.parametrize(
    ("told", "bodies"),
    [
        (f"{ANN}, {NOBODY}", ["Signed.", "Unsigned."]),
        (NOBODY, ["Unsigned."]),
        (ANSWER, []),
    ],
)
def test_a_comment_of_json_ld_needs_no_author(told, bodies):
    script = f'<script type="application/ld+json">{LINKED % told}</script>'
    assert [one.body for one in comments_of("", head=script)] == bodies


def test_comments_of_the_page_stay_where_json_ld_has_more_of_nobody():
    script = f'<script type="application/ld+json">{LINKED % ", ".join([NOBODY] * 5)}</script>'
    page = WORDPRESS.format(n=10, name="Ann") + WORDPRESS.format(n=11, name="Bob")
    assert [one.author for one in comments_of(page, head=script)] == ["Ann", "Bob"]


BLOGGER = """<dt class='comment-author anon-comment-icon' id='c700{n}'><a name='c700{n}'></a> {name}</dt>
<dd class='comment-body'><p>Late again.</p></dd><dd class='comment-footer'><span class='comment-timestamp'>
<a href='http://b.example/x.html#c700{n}'>May 4, 2012 at 10:15 PM</a></span></dd>"""


def test_said_and_three_dots_are_not_of_the_name():
    written = ["Anonymous\nsaid...", "Old Salt said...", "Bea dijo...", "Ann...", "Zo a dit..."]
    page = "".join(BLOGGER.format(n=n, name=name) for n, name in enumerate(written))
    found = comments_of(f"<dl id='comments-block'>{page}</dl>")
    assert [one.author for one in found] == ["Anonymous", "Old Salt", "Bea", "Ann...", "Zo"]


DRUPAL = """<div class="comment"><h3><a href="/comment/{n}#comment-{n}">{subject}</a></h3>
<div class="submitted">Submitted by <span class="username">{name}</span> on Fri, 05/04/2012 - 10:15</div>
<div class="content"><p>No ferry ever left, and never will.</p></div></div>"""


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("The mayor lies", "**The mayor lies**\n\n"),
        ("2 * 2 is [four]", "**2 \\* 2 is [four]**\n\n"),
        ("Re: your harbour", "**Re: your harbour**\n\n"),
        ("Re: The last ferry", ""),
        ("The last ferry", ""),
        ("Re: Another one", ""),
        ("No ferry ever left, and...", ""),
        ("(no subject)", ""),
        ("#31", ""),
        ("Ann says:", ""),
        ("May 4, 2012", ""),
        ("Go to comment", ""),
    ],
)
def test_a_subject_of_the_readers_own_is_the_first_line_of_the_comment(subject, said):
    page = DRUPAL.format(n=31, subject=subject, name="Ann") + DRUPAL.format(n=32, subject="Another one", name="Bob")
    ann, bob = comments_of(page, title="The last ferry | Town")
    assert (ann.author, ann.body) == ("Ann", said + "No ferry ever left, and never will.")
    assert bob.body.startswith("**Another one**")


HACKER_NEWS = """<tr class="athing comtr" id="20{n}"><td><table><tr>
<td class="ind" indent="{depth}"><img src="s.gif" height="1" width="{width}"></td><td><span class="comhead">
<a href="user?id=u{n}" class="hnuser">u{n}</a> <span class="age" title="2022-05-03T10:00:00">May 3, 2022</span></span>
<div class="comment"><span class="commtext">Late again.</span></div></td></tr></table></td></tr>"""
WITHOUT_INDENT = HACKER_NEWS.replace(' indent="{depth}"', "")
MARGIN = """<div class="comment-wrap" style="margin-left: {width}px"><div class="comment" id="t20{n}">
<span class="ljuser"><a href="http://u{n}.livejournal.com/"><b>u{n}</b></a></span>
<span class="comment-date">2009-03-10 10:00 am</span><div class="comment-body">Late again.</div></div></div>"""


@pytest.mark.parametrize("markup", [HACKER_NEWS, WITHOUT_INDENT, MARGIN])
def test_what_is_set_in_answers_what_stands_before_it(markup):
    depths = (0, 1, 2, 1, 0)
    page = "".join(markup.format(n=n, depth=depth, width=25 * depth) for n, depth in enumerate(depths))
    found = comments_of(f"<table>{page}</table>" if markup is not MARGIN else page)
    assert [one.parent for one in found] == ["", "200", "201", "200", ""]


@pytest.mark.parametrize("widths", [(0, 25, 40), (10, 10, 10), (0, 25, "")])
def test_comments_set_in_by_no_common_step_or_not_all_answer_nobody(widths):
    page = "".join(MARGIN.format(n=n, width=width) for n, width in enumerate(widths))
    assert [one.parent for one in comments_of(page)] == ["", "", ""]


NAMELESS = "<div class=comment><p>Nobody signed what stands here, number {n}.</p></div>"


def notes_of(page: str) -> tuple[str, ...]:
    """What is noted of a page that has the story above."""
    read = read_html(f"<!doctype html><html lang=en><body>{STORY}{page}".encode(), Source("page.html", "0" * 64))
    assert isinstance(read, Record)
    return read.notes


def test_comments_that_were_found_and_not_read_are_told_of():
    page = "".join(NAMELESS.format(n=n) for n in range(3))
    assert notes_of(page) == ("3 elements that look like comments were not read",)


@pytest.mark.parametrize(
    "page",
    [
        NAMELESS,
        "<a class=comment-link href=/a>3 comments</a>" * 3,
        "<div class=comments-area><div class=comments-area>Comments are closed on this page.</div></div>",
        "".join(WORDPRESS.format(n=n, name="Ann") for n in (1, 2)),
    ],
)
def test_what_is_no_group_of_unread_comments_is_not_noted(page):
    assert notes_of(page) == ()


def names_in(markup: str, *names: str) -> list[str]:
    """What is read of names that stand in such markup, each in a comment of its own."""
    form = (
        '<div class="comment" id="comment-{n}">{by} <span class="date">4 May 2012 10:2{n}</span><p>Words {n}.</p></div>'
    )
    page = "".join(form.format(n=n, by=markup.format(name=name)) for n, name in enumerate(names))
    return [one.author for one in comments_of(page)]


@pytest.mark.parametrize(
    "markup",
    [
        '<cite class="fn">{name}</cite>',
        '<span itemprop="author" itemscope><span itemprop="name">{name}</span></span>',
        '<a class="username" href="/members/1">{name}</a>',
    ],
)
def test_a_declared_name_loses_no_particle(markup):
    names = ["De Vries", "Von Braun", "Da Silva", "Di Mauro", "By the Sea", "Minh Le", "Kim Il", "Name Withheld"]
    assert names_in(markup, *names) == names
    assert names_in(markup, "by Ann", "Posted by: Bob", "Eve says:", "Kommentar von Udo") == [
        "Ann",
        "Bob",
        "Eve",
        "Udo",
    ]


def test_a_name_of_pictures_is_a_name_where_it_is_declared():
    assert names_in('<cite class="fn">{name}</cite>', "😀", "Ann ⛵", "•") == ["😀", "Ann ⛵", ""]


def test_what_is_left_of_a_date_is_no_name():
    assert names_in('<span class="author">{name}</span>', "Ann", "Reply", "5 years ago", "10:20 pm", "Bob") == [
        "Ann",
        "",
        "",
        "",
        "Bob",
    ]


def test_a_number_after_user_is_a_part_of_the_name_and_words_after_a_link_to_a_home_are_none():
    assert names_in('<span class="author">{name}</span>', "User 12", "User Ann") == ["User 12", "Ann"]
    assert names_in('<p class="byline"><a href="/~{name}">{name}</a> | <a href="#">link</a></p>', "ann", "bob") == [
        "ann",
        "bob",
    ]


@pytest.mark.parametrize(
    "name",
    ["userComment", "member-comment", "comment from-reader", "comment profile", "comment author", "post has-profile"],
)
@pytest.mark.parametrize("number", [1, 3])
def test_a_short_comment_in_an_element_that_is_named_after_persons_is_one(name, number):
    form = (
        '<div class="{name}" id="comment-{n}"><b class="name">Ann</b> <span class="date">4 May 2012 10:2{n}</span>'
        '<p class="text">Short {n}.</p></div>'
    )
    page = "".join(form.format(name=name, n=n) for n in range(number))
    assert [(one.author, one.body) for one in comments_of(page)] == [("Ann", f"Short {n}.") for n in range(number)]


def test_short_posts_of_phpbb_that_are_said_to_have_a_profile_are_read():
    post = (
        '<div id="p10{n}" class="post has-profile bg2"><dl class="postprofile"><dt><a class="username" href="./member'
        'list.php?mode=viewprofile&u={n}">Ann{n}</a></dt></dl><div class="postbody"><p class="author">by <a class='
        '"username" href="./memberlist.php?mode=viewprofile&u={n}">Ann{n}</a> » Fri May 04, 2012 10:2{n} am</p>'
        '<div class="content">Short {n}.</div></div></div>'
    )
    page = "".join(post.format(n=n) for n in range(3))
    html = f'<!doctype html><html><title>Topic</title><body id="phpbb">{page}</body></html>'
    read = read_html(html.encode(), Source("page.html", "0" * 64))
    assert isinstance(read, Record)
    assert [(one.author, one.body) for one in read.article.comments] == [(f"Ann{n}", f"Short {n}.") for n in range(3)]


@pytest.mark.parametrize(
    ("area", "one"),
    [
        ('<dl class="comments">{}</dl>', "<dt>{n} <span>{d}</span></dt><dd>{t}</dd>"),
        ('<section class="comments">{}</section>', "<h4>{n}</h4><time>{d}</time><p>{t}</p>"),
    ],
)
def test_comments_that_nothing_tells_apart_are_kept_together_and_are_nobodys(area, one):
    said = [("Ann", "4 May 2012 10:20", "I took that boat."), ("Bob", "5 May 2012 11:30", "So did I.")]
    [block] = comments_of(area.format("".join(one.format(n=n, d=d, t=t) for n, d, t in said)))
    assert (block.kind, block.author, block.date) == ("block", "", "")
    assert all(word in block.body for who in said for word in who)
    alone = comments_of(area.format(one.format(n="Ann", d="4 May 2012 10:20", t="I took that boat.")))
    assert all((found.kind, found.author) == ("comment", "Ann") for found in alone)


def test_what_is_named_as_comments_is_kept_together_where_their_dates_stand_in_their_words():
    said = (
        "4 May 2012 10:20 Ann: I took that boat every day of my life.",
        "5 May 2012 11:30 Bob: And I, and my father.",
    )
    [block] = comments_of(f"<ul class='comments'>{''.join(f'<li>{one}</li>' for one in said)}</ul>")
    assert (block.kind, block.author, block.date) == ("block", "", "")
    assert block.body == f"- {said[0]}\n- {said[1]}"


@pytest.mark.parametrize(
    "area",
    [
        "<div id='comments'><p>Comments are closed.</p>{}</div>",
        "<div class='comments-area'><h3>More stories</h3>{}</div>",
        "<aside><div class='comments-list'>{}</div></aside>",
    ],
)
def test_what_is_named_as_comments_and_leads_elsewhere_is_none(area):
    links = "".join(
        f"<li>{n} May 2012 <a href='/{n}'>Another of the stories that we told then</a></li>" for n in (1, 2)
    )
    assert comments_of(area.format(f"<ul>{links}</ul>")) == []


def test_a_single_comment_with_dates_in_its_text_is_no_block():
    text = (
        "<p>On 3 May 2012 I took that boat, which was late as it is on most days of the year, {}.</p>".format(
            "word " * 30
        )
        * 2
    )
    [found] = comments_of(f'<div class="comments"><cite>Ann</cite> <time>4 May 2012 10:20</time>{text}</div>')
    assert (found.kind, found.author, found.date) == ("comment", "Ann", "2012-05-04T10:20")


@pytest.mark.parametrize(
    ("one", "author", "date"),
    [
        ("talkback", "author", "date"),
        ("opmerking", "auteur", "datum"),
        ("hozzaszolas", "szerzo", "date"),
        ("sxolio", "author", "date"),
        ("kommentar", "forfatter", "dato"),
        ("kommentar", "namn", "datum"),
        ("yorum", "yazar", "date"),
    ],
)
def test_comments_are_known_by_their_names_in_other_languages(one, author, date):
    who = '<span class="{author}">Ann {n}</span> <i class="{date}">4 May 2012</i>'
    form = f'<div class="{{one}}">{who}<p>Words {{n}}.</p></div>'
    page = "".join(form.format(one=one, author=author, date=date, n=name) for name in "abc")
    found = [(comment.author, comment.date, comment.body) for comment in comments_of(page)]
    assert found == [(f"Ann {name}", "2012-05-04", f"Words {name}.") for name in "abc"]


def test_comments_that_a_page_shows_twice_are_there_once_and_keep_their_answers():
    one = (
        '<div class="comment" id="comment-{n}"><b class="author">{who}</b> <span class="date">4 May 2012 10:2{n}</span>'
        "<p>{text}</p>{inside}</div>"
    )
    reply = one.format(n=2, who="Bob", text="Two.", inside="")
    page = one.format(n=1, who="Ann", text="One.", inside=reply)
    other = one.format(n=1, who="Ann", text="Another with that number.", inside="")
    found = [(c.id, c.parent, c.body) for c in comments_of(f"<div>{page}</div><div>{page}</div><div>{other}</div>")]
    assert found == [("1", "", "One."), ("2", "1", "Two."), ("1-3", "", "Another with that number.")]
