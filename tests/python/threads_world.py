"""Pages whose readers' words all differ and tell whose they are, in the layouts of many systems and any markup."""

from __future__ import annotations

from dataclasses import dataclass, field

from words_world import Words

_NAMES = "Ann Lee|Bob Ray|Cora Fell|Dan Moss|Eva Lund|Finn Hart|Gus Cole|Hanna Berg|Ivo Dahl|Jon Pike".split("|")
_BARE = "short line breaks bold link twice empty mention dated quoted smiley image code".split()
_BLOCKS = "paragraphs list items quote wrote pre table details heading rule spoiler reply box nested cite".split()


@dataclass(slots=True)
class Said:
    """A comment as it was written: who, when, in answer to whom, and its markup; `number` is its id."""

    number: int
    parent: int
    depth: int
    author: str
    day: str
    markup: str
    replies: list[Said] = field(default_factory=list)


class Thread(Words):
    """Comments whose words are numbered as they come."""

    styles = tuple(style for style in Words.styles if style != "time")  # which no system lets readers write

    def comments(self, count: int, *, bare: bool = False, deep: bool = True) -> list[Said]:
        """So many comments in the order of a page, replies below what they answer; `bare` ones have no blocks."""
        made: list[Said] = []
        path: list[Said] = []
        for place in range(count):
            depth = self.choice.randint(0, min(len(path), 4)) if deep and place else 0
            path = path[:depth]
            author = _NAMES[self.choice.randrange(len(_NAMES))]
            day = f"2009-03-{place % 28 + 1:02}"
            said = Said(1000 + place * 7, path[-1].number if path else 0, depth, author, day, self.said(bare=bare))
            if path:
                path[-1].replies.append(said)
            path.append(said)
            made.append(said)
        return made

    def said(self, *, bare: bool = False) -> str:
        """The markup of a comment, without blocks if `bare`."""
        kinds = _BARE if bare else ["paragraphs"] * 4 + _BARE + _BLOCKS
        count = self.choice.choice((1, 1, 1, 2, 3, 5))
        parts = [self._part(self.choice.choice(kinds), bare=bare) for _ in range(count)]
        return "<br><br>".join(parts) if bare else "\n".join(parts)

    def _part(self, kind: str, *, bare: bool) -> str:
        inside = self._bare(kind) if kind in _BARE else self._of_blocks(kind)
        return inside if bare or kind not in _BARE else f"<p>{inside}</p>"

    def _bare(self, kind: str) -> str:
        say = self.some
        match kind:
            case "short":
                return say(1, 2)
            case "breaks":
                return f"{say(3, 9)}<br>{say(3, 9)}<br><br />\n{say(3, 5)}"
            case "bold":
                return f"<b>{say(1, 3)}</b> {say(3, 9)}"
            case "twice":
                return f"<b>{say(1, 3)} <strong>{say(1, 3)}</strong></b> <i>{say(1, 2)}</i> <em><b>{say(1, 2)}</b></em>"
            case "empty":
                return f"<b></b>{say(2, 4)} <i></i> {say(2, 4)}<a></a> {say(2, 3)}<span></span>"
            case "link":
                return f"{say(2, 4)} <a href='https://e.org/{self.number}'>{say(1, 4)}</a>"
            case "mention":
                return f"<a href='https://e.org/user/{self.number}'>@{say(1, 1)}</a> {say(3, 9)}"
            case "dated":
                return f"{say(1, 3)} on 4 May 1999 {say(3, 9)}"
            case "quoted":
                return f"<q>{say(3, 5)}</q> {say(3, 9)}"
            case "smiley":
                return f"{say(2, 5)} <img class='wp-smiley' src='s.gif' alt=':)'> {say(2, 5)}"
            case "image":
                return f"{say(2, 5)} <img src='/boat.png' alt='{say(1, 3)}' width='400'> {say(2, 5)}"
            case "code":
                return f"{say(2, 5)} <code>{say(2, 3)}</code> {say(2, 5)}"
        return self.line()

    def _of_blocks(self, kind: str) -> str:
        say, line = self.some, self.line
        match kind:
            case "list":
                return f"<ul>{''.join(f'<li>{say(2, 9)}</li>' for _ in range(3))}</ul>"
            case "items":
                return f"<ol>{''.join(f'<li><p>{say(9, 15)}</p></li>' for _ in range(3))}</ol>"
            case "nested":
                return f"<ul><li>{say(3, 5)}<ul><li>{say(3, 5)}</li><li>{say(3, 5)}</li></ul></li></ul>"
            case "quote":
                return f"<blockquote><p>{line()}</p></blockquote><p>{say(3, 9)}</p>"
            case "wrote":
                return f"<blockquote><cite>{say(1, 2)} wrote:</cite>{say(3, 60)}</blockquote>{say(3, 9)}"
            case "cite":
                return f"<blockquote><p>{say(3, 20)}</p><footer>{say(2, 3)}</footer></blockquote>"
            case "pre":
                return f"<pre><code>{say(4, 6)}\n  {say(4, 6)}</code></pre>"
            case "table":
                rows = (f"<tr><td>{say(2, 3)}</td><td>{say(2, 3)}</td></tr>" for _ in range(3))
                return f"<table>{''.join(rows)}</table>"
            case "details":
                return f"<details><summary>{say(3, 5)}</summary><p>{line()}</p></details>"
            case "heading":
                return f"<h{(level := self.choice.randint(2, 5))}>{say(1, 5)}</h{level}><p>{line()}</p>"
            case "rule":
                return f"<p>{say(3, 9)}</p><hr><p>{say(3, 9)}</p>"
            case "spoiler":
                return f"<p>{say(3, 9)}</p><div class='spoiler'><div class='spoiler-content'>{say(3, 90)}</div></div>"
            case "reply":
                return f"<p>@{say(1, 1)}: {say(3, 9)}</p><p>-- <br>{say(1, 3)}</p>"
            case "box":
                return f"<div>{line()}</div><div>{say(3, 9)}</div>"
        return "".join(f"<p>{self.line()}</p>" for _ in range(self.choice.randint(1, 3)))


def _months(day: str) -> str:
    return f"March {int(day[-2:])}, 2009 at 10:15 am"


def _classic(one: Said) -> str:
    replies = f"<ul class='children'>{''.join(map(_classic, one.replies))}</ul>" if one.replies else ""
    return f"""<li class="comment even depth-1" id="comment-{one.number}"
><div id="div-comment-{one.number}" class="comment-body">
<div class="comment-author vcard"><img class="avatar" src="a.png" alt=""
><cite class="fn">{one.author}</cite> <span class="says">says:</span></div>
<div class="comment-meta commentmetadata"><a href="#comment-{one.number}">{_months(one.day)}</a></div>
{one.markup}
<div class="reply"><a href="?replytocom={one.number}#respond">Reply</a></div></div>{replies}</li>"""


def _modern(one: Said) -> str:
    replies = f"<ol class='children'>{''.join(map(_modern, one.replies))}</ol>" if one.replies else ""
    return f"""<li id="comment-{one.number}" class="comment"
><article id="div-comment-{one.number}" class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"
><b class="fn">{one.author}</b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="#comment-{one.number}"
><time datetime="{one.day}T10:15:00+00:00">{_months(one.day)}</time></a></div></footer>
<div class="comment-content">{one.markup}</div>
<div class="reply"><a rel="nofollow" href="#respond">Reply</a></div></article>{replies}</li>"""


def _blogger(one: Said) -> str:
    return f"""<dt class="comment-author" id="c{one.number}"><a name="c{one.number}"></a
><a href="https://b.org/profile/1" rel="nofollow">{one.author}</a> said...</dt>
<dd class="comment-body">{one.markup}</dd>
<dd class="comment-footer"><span class="comment-timestamp"
><a href="#c{one.number}" title="comment permalink">{_months(one.day)}</a></span></dd>"""


def _threaded(one: Said) -> str:
    replies = "".join(map(_threaded, one.replies))
    return f"""<li class="comment" id="c{one.number}"><div class="avatar-image-container"><img src="a.png" alt=""
></div>
<div class="comment-block"><div class="comment-header"><cite class="user"
><a href="https://b.org/profile/1" rel="nofollow">{one.author}</a></cite><span class="icon user"></span>
<span class="datetime secondary-text"
><a rel="nofollow" href="x.html?showComment=12#c{one.number}">{_months(one.day)}</a></span></div>
<p class="comment-content">{one.markup}</p>
<span class="comment-actions secondary-text"><a class="comment-reply" target="_self">Reply</a></span></div>
<div class="comment-replies"><div class="comment-thread inline-thread"><ol class="thread-chrome">{replies}</ol></div
></div></li>"""


def _typepad(one: Said) -> str:
    return f"""<a id="c{one.number}"></a><div class="comment comment-odd" id="comment-{one.number}"
><div class="comment-content">{one.markup}</div>
<p class="comment-footer">Posted by: {one.author} | <a href="#comment-{one.number}">{_months(one.day)}</a></p
></div>"""


def _drupal(one: Said) -> str:
    replies = f"<div class='indented'>{''.join(map(_drupal, one.replies))}</div>" if one.replies else ""
    return f"""<a id="comment-{one.number}"></a><div class="comment clearfix"
><div class="submitted">Submitted by <span class="username">{one.author}</span> on {_months(one.day)}.</div>
<div class="content">{one.markup}</div><ul class="links inline"><li class="comment_reply"
><a href="/comment/reply/1/{one.number}">reply</a></li></ul></div>{replies}"""


def _microdata(one: Said) -> str:
    replies = "".join(map(_microdata, one.replies))
    return f"""<div id="x{one.number}" itemprop="comment" itemscope itemtype="https://schema.org/Comment"><p
><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{one.author}</span
></span>
<time itemprop="dateCreated" datetime="{one.day}T10:15:00Z">{_months(one.day)}</time></p
><div itemprop="text">{one.markup}</div>{replies}</div>"""


def _generic(one: Said) -> str:
    replies = f"<div class='replies'>{''.join(map(_generic, one.replies))}</div>" if one.replies else ""
    return f"""<div class="comment-item" data-id="{one.number}"><div class="head"
><span class="author">{one.author}</span> <span class="date">{_months(one.day)}</span></div>
<div class="text">{one.markup}</div><div class="tools"><button>Like</button> <a href="#">Reply</a
></div>{replies}</div>"""


def _levels(one: Said) -> str:
    """Replies stand beside what they answer, and say how deep they are."""
    inside = f"""<div class="comment-item level-{one.depth}" id="comment{one.number}"
><span class="username">{one.author}</span> <span class="comment-date">{_months(one.day)}</span>
<div class="comment-text">{one.markup}</div></div>"""
    return inside + "".join(map(_levels, one.replies))


def _movable(one: Said) -> str:
    return f"""<div class="commentwrap" id="c{one.number}"><div class="comment-body">{one.markup}</div>
<p class="posted">Posted by <a href="https://e.org/">{one.author}</a> at {_months(one.day)}</p></div>"""


def _bare_list(one: Said) -> str:
    return f"""<li id="comment-{one.number}"><cite>{one.author}</cite> Says: <br><small class="commentmetadata"
><a href="#comment-{one.number}">{_months(one.day)}</a></small>
{one.markup}</li>"""


LAYOUTS = {
    "classic": ("<h3 id='comments'>Comments</h3><ol class='commentlist'>{}</ol>", _classic, False, True),
    "modern": ("<section id='comments'><ol class='comment-list'>{}</ol></section>", _modern, False, True),
    "blogger": ("<div id='comments'><dl id='comments-block'>{}</dl></div>", _blogger, False, False),
    "threaded": ("<div class='comments' id='comments'><ol id='top-ra'>{}</ol></div>", _threaded, True, True),
    "typepad": (
        "<div id='comments' class='comments'><div class='comments-content'>{}</div></div>",
        _typepad,
        False,
        False,
    ),
    "drupal": ("<div id='comments'>{}</div>", _drupal, False, True),
    "microdata": ("<div>{}</div>", _microdata, False, True),
    "generic": ("<div class='comments'>{}</div>", _generic, False, True),
    "levels": ("<div id='comments'>{}</div>", _levels, False, True),
    "movable": ("<div class='comments'>{}</div>", _movable, False, False),
    "list": ("<ol class='commentlist'>{}</ol>", _bare_list, False, False),
}
ARTICLE = (
    "<p>The first paragraph tells of the ferry and the people on it, and it is long enough to be one of a story.</p>"
    "<p>The second paragraph tells of the quay, of its bell and of the boy who rang it, and is long enough as well.</p>"
)
_PAGE = f"""<!doctype html><html lang="en"><head><title>The last ferry</title></head><body>
<div id="main"><article class="post"><h1>The last ferry</h1><div class="entry-content">{ARTICLE}</div></article>
%s</div><footer><p>Copyright The Page</p></footer></body></html>"""


def page_of(layout: str, thread: Thread, count: int) -> tuple[str, list[Said]]:
    """A page with so many comments in a layout, and the comments."""
    around, write, bare, deep = LAYOUTS[layout]
    comments = thread.comments(count, bare=bare, deep=deep)
    top = (one for one in comments if not one.parent)
    return _PAGE % around.format("\n".join(map(write, top))), comments
