"""Finds the text of a comment among its name, date and buttons, and writes it as CommonMark."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, takewhile

from bs4.element import NavigableString, Tag

from backfile.importer.html import words as lexicon
from backfile.importer.html.commonmark import Show, to_commonmark
from backfile.importer.html.tags import inside, is_dated, is_gone, named_by, properties_of, tags_in, tokens_of
from backfile.importer.html.words import words
from backfile.importer.moments import find_date
from backfile.text import clean_line

_MOST_ELEMENTS = 3_000  # a comment has a few dozen
_MOST_CANDIDATES = 40
_ENOUGH = 400  # characters; more text makes no element more likely to be the text
_QUOTE = frozenset("quote quoted quotation quotebody zitat".split())
_BOX = frozenset("spoiler spoilers spoil spoilertext code codebox bbcode onebox embed".split())
"""Words of what stands in the text of a comment and is not all of it, whatever more its name says."""
_TEXT_WORDS = frozenset("text body message content texte inhalt copy description".split())
_TEXT_ALONE = frozenset({"text", "message"})
_NO_TEXT = frozenset("link header meta metadata date datetime timestamp title number count no".split())
_CHROME = lexicon.CHROME - {"post", "reply"}
_LOOK = re.compile(r"text-(?!content|body|block|wrapper|box|container|comment|formatted)")
"""How letters look, as in `text-muted` and `text-center`: no name of a text."""
_TEXT_COMPOUNDS = frozenset(name for name in lexicon.BODY if len(name) > 7)  # as `postcontent`
# Lines between comments, and brackets whose buttons are gone, at either end of a text.
_LEFT_OVER = re.compile(r"\A(?:(?:\* \* \*|\(\s*\)|\|)(?:\n+|\Z))+|(?:(?:\A|\n+)(?:\* \* \*|\(\s*\)|\|))+\Z")
_BUTTON = re.compile(
    r"\W*(?:reply|quote|report|like|share|link|permalink|comment link|antworten|zitieren|melden|répondre|citer|signaler"
    r"|responder|citar|rispondi|cita|beantwoorden|reply to (?:this|comment|post)|complain about this comment"
    r"|report abuse|ответить|відповісти|odpowiedz|odpovědět|svara|vastaa|yanıtla|cevapla|回复|回覆|返信"
    r"|返信する|답글|답글쓰기)\W*",
    re.IGNORECASE,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SAYS_FIRST = re.compile(
    r"\A(?:says|said|wrote|writes|sagt|sagte|schrieb|schreibt|meint|dit|a dit|a écrit|dice|dijo|escribió|ha detto|disse"
    r"|zegt|schreef|säger|skrev)\s*(?::|\.\.\.|…)[ ]*(?:\\?\n+|\Z)?",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\W*(?:comment(?:ed)?|posted|written|submitted|left|said|sent|geschrieben|verfasst|kommentar|publié|écrit|escrito"
    r"|enviado|scritto|inviato)\s+(?:by|von|par|por|da)\b",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 200
_LONGEST_TIME = 25  # characters after the day: `at 10:15:00 PM (UTC)`
_REPEATED_SUBJECT = re.compile(r"(?:re|aw|antw|sv)\s?:", re.IGNORECASE)
_INLINE = frozenset("span a em strong b i u small mark font".split())
_WORD = re.compile(r"[^\W\d_]{2}")
_ADDED = re.compile(
    r"\W{0,3}(?:edit(?:ed)?|update|correction|nachtrag|p\.?s\.?|editor(?:['’]s|ial)? (?:reply|note|response|comment)"
    r"|(?:antwort|anmerkung|kommentar|hinweis) der redaktion|redaktion|réponse de la rédaction|note de la rédaction"
    r"|respuesta de la redacción|nota del editor|moderator(?:['’]s)? (?:note|reply)|anm\. ?d\. ?red\.?)"
    r"\s?[:–—-]\s?\S.{8}",
    re.IGNORECASE | re.DOTALL,
)
"""The beginning of what a reader, or the editors, added to a comment."""
_FILE = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|zip|rar|7z|gz|mp3|ogg|wav|mp4|txt|gpx|kml)(?:$|[?#])", re.IGNORECASE
)
_TEXT_PROPERTIES = frozenset({"text", "commentText", "articleBody", "reviewBody"})


def find_text(root: Tag, beside: Tag | None = None) -> Tag | None:
    """The element that holds the comment's text, or None when no name tells it.

    With `beside`, it stands beside that element, which is the date's, and neither in it nor round it.

    Names alone mislead: "content" may be the whole card. An element that holds neither name nor date is
    taken for the text, unless one that does holds so much more that the first must be a label.
    """
    declared = next((tag for tag in tags_in(root) if _is_declared_text(tag)), None)
    if declared is not None:
        return declared
    tags = tags_in(root)
    if len(tags) > _MOST_ELEMENTS:
        return None
    pure: tuple[float, int, Tag | None] = (0.0, 0, None)
    mixed: tuple[float, int, Tag | None] = (0.0, 0, None)
    if beside is not None:
        around = {id(tag) for tag in (beside, *beside.parents, *tags_in(beside))}
        tags = [tag for tag in tags if id(tag) not in around]
    ranked = ((tag, body_rank(tag)) for tag in tags)
    ranked = ((tag, rank) for tag, rank in ranked if rank and not (_is_quoted(tag) or _is_boxed(tag, root)))
    for tag, rank in islice(ranked, _MOST_CANDIDATES):
        if rank < 1 and _is_signature(tag):
            continue
        length = len(tag.get_text(strip=True)) - _length_of_rest(tag)
        score = rank * min(length, _ENOUGH)
        if rank > 1 and not any(_is_head(part) for part in tags_in(tag)):
            pure = (score, length, tag) if score >= pure[0] else pure  # of equals the inner
        elif score > mixed[0]:
            mixed = (score, length, tag)
    if pure[2] is not None and mixed[1] < 4 * pure[1] + 80:
        return pure[2]
    return mixed[2] or pure[2]


def _is_signature(tag: Tag) -> bool:
    """True for what only says who wrote and when (`Posted by: Ann at August 9, 2002 03:45 PM`)."""
    text = clean_line(tag.get_text(" "))
    if len(text) > _LONGEST_SIGNATURE or not _SIGNED.match(text) or not (date := find_date(text)):
        return False
    return len(text) - date.end() <= _LONGEST_TIME


def _length_of_rest(tag: Tag) -> int:
    """The length of the buttons and heads inside of an element, those inside of others counted once."""
    total = 0
    counted: set[int] = set()
    for part in tags_in(tag):
        if id(part.parent) in counted:
            counted.add(id(part))
        elif _is_chrome(part) or _is_head(part):
            counted.add(id(part))
            total += len(part.get_text(strip=True))
    return total


def _is_head(tag: Tag) -> bool:
    """True for the name or the date of the comment, and not for those of one it quotes."""
    return (is_dated(tag) or _body_has_name(tag)) and not _is_quoted(tag)


def _is_quoted(tag: Tag) -> bool:
    """True inside a quotation."""
    return any(parent.name == "q" or named_by(parent, _QUOTE) for parent in tag.parents)


def _is_boxed(tag: Tag, root: Tag) -> bool:
    """True for a box that readers put into their texts, and what is in it."""
    around = takewhile(lambda part: part is not root, (tag, *tag.parents))
    return any(named_by(part, _BOX) for part in around)


def _is_declared_text(tag: Tag) -> bool:
    return bool(_TEXT_PROPERTIES.intersection(properties_of(tag)))


def body_rank(tag: Tag) -> float:
    """How well the names of an element say that it holds the text."""
    return 0.0 if tag.name == "a" else _rank_of_names(tokens_of(tag))


@lru_cache(maxsize=8192)
def _rank_of_names(tokens: tuple[str, ...]) -> float:
    rank = 0.0
    for token in tokens:
        if _LOOK.match(token):
            continue
        found = words(token)
        if found & _CHROME or (found & lexicon.AUTHOR and not found & lexicon.NOT_AUTHOR) or found & _NO_TEXT:
            return 0.0
        if found & _TEXT_WORDS or found & _TEXT_COMPOUNDS:
            told_twice = len(found) > 1 or found & _TEXT_ALONE or found & _TEXT_COMPOUNDS
            rank = max(rank, 2.0 if told_twice else 1.4)
        elif found & lexicon.BODY:
            rank = max(rank, 0.7)
    return rank


def _body_has_name(tag: Tag) -> bool:
    return any(
        token in ("fn", "author", "username", "comment-author", "vcard", "comment-meta") for token in tokens_of(tag)
    )


def write_text(root: Tag, body: Tag | None, fields: list[Tag], base: str, show: Show | None) -> str:
    """The comment's words as CommonMark, without its name, date and buttons."""
    source = body if body is not None else root
    for tag in fields:
        if not is_gone(tag) and not inside(source, tag):
            _drop_with_lead(tag, source)
    for tag in tags_in(source):
        if not is_gone(tag) and _is_chrome(tag):
            _take_brackets(tag)
            tag.decompose()
    return _SAYS_FIRST.sub("", _LEFT_OVER.sub("", to_commonmark(source, base, show=show)), count=1)


def _take_brackets(button: Tag) -> None:
    """Takes away the brackets that stand round a button, as in `(Reply)`."""
    before, after = button.previous_sibling, button.next_sibling
    if type(before) is NavigableString and type(after) is NavigableString:
        lead, trail = before.rstrip(), after.lstrip()
        if lead.endswith(("(", "[")) and trail.startswith((")", "]")):
            before.replace_with(NavigableString(lead[:-1]))
            after.replace_with(NavigableString(trail[1:]))


def _drop_with_lead(tag: Tag, source: Tag) -> None:
    """Takes a field out, with the line it stands on when that holds nothing else of length."""
    limit = len(tag.get_text(strip=True)) + 40
    parent = tag.parent
    while isinstance(parent, Tag) and not inside(source, parent) and len(parent.get_text(strip=True)) < limit:
        tag, parent = parent, parent.parent
    tag.decompose()


def _is_chrome(tag: Tag) -> bool:
    """True for buttons, votes, signatures and their like inside a comment."""
    if tag.name in ("footer", "header", "nav"):
        return not any(parent.name == "blockquote" for parent in tag.parents)  # there it says who is quoted
    if tag.name == "a":
        text = tag.get_text(strip=True)
        anchor = str(tag.get("name") or tag.get("id") or "")
        if _BUTTON.fullmatch(text) or (len(text) < 30 and any(map(str.isdigit, anchor))):
            return True
    if tag.name in _HEADINGS and _REPEATED_SUBJECT.match(tag.get_text(strip=True)):
        return True
    if tag.name in ("p", "blockquote", "pre", "td", "tr", "table"):
        return False
    for token in tokens_of(tag):
        if token.startswith("js-"):
            continue
        if words(token) & lexicon.CHROME and not words(token) & lexicon.NOT_AUTHOR:
            is_short = len(tag.get_text(strip=True)) < 300 and not any(map(body_rank, tags_in(tag)))
            return is_short and not _is_said(tag)
    return False


def _is_said(tag: Tag) -> bool:
    """True for words of a comment in spite of a name: amid a sentence, an addition, an answer, a file."""
    beside = (tag.previous_sibling, tag.next_sibling)
    if tag.name in _INLINE and all(isinstance(one, NavigableString) and _WORD.search(str(one)) for one in beside):
        return True
    if _ADDED.match(tag.get_text(" ", strip=True)):
        return True
    return any(part.name == "a" and _FILE.search(str(part.get("href", ""))) for part in tags_in(tag))
