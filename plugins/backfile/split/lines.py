"""One paragraph, looked at once: its words, its kind of line, and its style as numbers.

Only the first `HEAD` and the last `TAIL` words of a paragraph are looked at, so that one endless paragraph
costs no more than a long one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from backfile.split import lexicon, marks, phrases

SMOOTH = 6
"""Added to a paragraph's words before rates are taken, so that one "I" in three words is no ten in thirty."""
HEAD = 160
TAIL = 60
_CHARS = 6 * (HEAD + TAIL)

_DIGITS = frozenset("0123456789")
_TOKEN = re.compile(
    r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*|[:;=8]-?[)(DPp/|]+|<3|\.{2,}|…|[!?]+|[@#]\w+|[^\w\s]"
)
_NAME = re.compile(r"(?<=[a-zа-яіїєґäöüß,;’')] )[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+")
_SHOUT = re.compile(r"\b[A-ZА-ЯІЇЄҐ]{4,}\b")
_ADDRESS = re.compile(r"^\W{0,2}(?:@\s?\w+|#\d+|(?:[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+\s?){1,2}\s?(?:[,:!–—-]|\.\.))")
_SENTENCE = re.compile(r"[.!?…]+[\"”’')]*(?:\s|$)")
_QUOTED = re.compile(r"[\"“”«»„]")
_GLUED = re.compile(r"[.!?,][A-Za-z]")

_VOCATIVE = re.compile(
    r"\W{0,2}(?:@\s?(\w{2,25})|(?:[Hh]i|[Hh]ey|[Hh]ello|[Dd]ear|[Tt]hanks|[Tt]hank you|[Cc]ongrats|[Ss]orry|[Yy]es|[Nn]o|[Ww]ow|[Oo]h|Hallo|Liebe[r]?|Danke|Bonjour|Salut|Merci"
    r"|Hola|Gracias|Привет|Спасибо|Привіт|Дякую),?\s([A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]{1,20})\b|([A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]{1,20})(?:\s[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]{1,20})?\s?(?:,|:|--?|–|—|\.\.\.)\s?(?=\w))"
)
_NO_NAMES = frozenset(
    "however also well yes now then finally first second third today yesterday tomorrow meanwhile still unfortunately indeed instead moreover furthermore"
    " update note disclosure ps via source photo image ok okay lol haha wow hmm thanks sorry again anyway besides overall honestly personally basically"
    " sure hey hello hi oh ah right true great nice cool awesome good bad step tip tags link links january february march april june july august september"
    " october november december monday tuesday wednesday thursday friday saturday sunday recently currently clearly obviously apparently once".split()
)
_NUMBERED = re.compile(r"\W{0,2}(\d{1,3})(?:[.):]\s|\s[–-]\s|\.\S)")

_SPAN = re.compile(r"“[^”]{1,600}”|\"[^\"]{1,600}\"|«[^»]{1,600}»|„[^“”]{1,600}[“”]")
MIN_VOICE = 4

N_CATEGORIES = len(lexicon.NAMES)
EXTRA = (
    "length", "word_length", "exclaim", "question", "dots", "smile", "lower_start", "shout", "quotes", "digits",
    "capitals", "names", "ends", "url", "sentence", "commas", "dashes", "address", "glued", "apostrophe",
    "i_first", "you_first", "open_word", "quote_start", "colon_end", "question_end", "exclaim_end", "semicolons",
    "attributed", "this_post", "opening", "closing", "asks_you", "vocative", "numbered",
)  # fmt: skip
STYLE = tuple(lexicon.NAMES) + EXTRA
"""The names of a style's columns."""
INDEX = {name: number for number, name in enumerate(STYLE)}

_STOP = frozenset(" ".join(lexicon.LANGUAGES).split()) | frozenset(lexicon.WORDS)
_SMILES = frozenset(
    (
        ":)",
        ";)",
        ":-)",
        ";-)",
        ":D",
        ":d",
        ":p",
        ":-d",
        ":-p",
        ":(",
        ":-(",
        "=)",
        ":/",
        ":-/",
        "<3",
        "8)",
        "=d",
        ":))",
    )
)


@dataclass(slots=True)
class Line:
    """A paragraph: lower-case tokens (at most `HEAD` + `TAIL`), kind, content words, names, style, language
    votes.

    `voice` are the tokens outside quotation marks: a quoted "I" is not the writer's.
    """

    tokens: list[str]
    voice: list[str]
    kind: str
    content: frozenset[str]
    names: frozenset[str]
    style: list[float]
    votes: list[int]
    words: int
    key: str
    addressee: str
    number: int


def _clip(text: str) -> str:
    """The head and tail of a text that is longer than we look at."""
    if len(text) <= _CHARS:
        return text
    return text[: _CHARS * 3 // 4] + " " + text[-_CHARS // 4 :]


def _template(text: str, kind: str) -> str:
    """What stays the same in the recurring lines of a thread: digits and names masked, ends kept."""
    if kind == "T" or len(text) > 100:
        return ""
    words = text.split(None, 13)[:13]
    if kind == "N" and len(words) <= 4:
        return "N" + str(len(words))
    masked = [
        "0" if _DIGITS.intersection(w) else ("A" if w[:1].isupper() and i < 3 else w.lower())
        for i, w in enumerate(words)
    ]
    return kind + " " + " ".join(masked)


def read(text: str) -> Line:
    """Look at one paragraph."""
    shape = marks.kind(text)
    seen = _clip(text)
    tokens = voice = _tokens(seen)
    if "“" in seen or '"' in seen or "«" in seen or "„" in seen:
        voice = _tokens(_SPAN.sub(" ", seen))
        if len(voice) < MIN_VOICE:
            voice = tokens
    style = [0.0] * len(STYLE)
    votes = [0] * len(lexicon.LANGUAGES)
    known, languages = lexicon.WORDS, lexicon.FUNCTION_WORDS
    letters = alphabetic = 0
    content = []
    for token in tokens:
        if token[0].isalpha():
            alphabetic += 1
            size_of = len(token)
            letters += size_of
            if token in languages:
                for number in languages[token]:
                    votes[number] += 1
            elif size_of > 3 and token not in _STOP:
                content.append(token[:7])
    if votes[lexicon.IN_GERMAN] > votes[lexicon.IN_ENGLISH] + 1:  # there "im" is no "I am"
        voice = [word for word in voice if word != "im"]
    size = max(1, len(voice))
    for token in voice:
        if token in known:
            for number in known[token]:
                style[number] += 1.0
    for number in range(N_CATEGORIES):
        if style[number]:
            style[number] = style[number] / (size + SMOOTH)
    names = frozenset(_NAME.findall(seen)) if alphabetic > 3 else frozenset()
    addressee = _addressee(seen)
    numbered = _NUMBERED.match(seen)
    _measure(seen, voice, style, max(1, len(tokens)), letters / max(1, alphabetic), len(names))
    style[-2:] = [float(bool(addressee)), float(numbered is not None)]
    return Line(tokens, voice, shape, frozenset(content), names, style, votes, max(1, len(text) // 6), _template(text, shape),
                addressee, int(numbered[1]) if numbered else 0)  # fmt: skip


def _tokens(text: str) -> list[str]:
    tokens = _TOKEN.findall(text.lower().replace("’", "'"))
    return tokens[:HEAD] + tokens[-TAIL:] if len(tokens) > HEAD + TAIL else tokens


def _addressee(text: str) -> str:
    """Whom a paragraph speaks to by name, lower-case: "@Ann", "Ann, ...", "Hi Ann ...", "Thanks Ann!"; or nothing."""
    found = _VOCATIVE.match(text)
    if not found:
        return ""
    name = (found[1] or found[2] or found[3]).lower()
    return "" if name in _STOP or name in _NO_NAMES else name


def _measure(text: str, tokens: list[str], style: list[float], size: int, word_length: float, names: int) -> None:
    """Fill the columns of `EXTRA`."""
    count = text.count
    quotes = len(_QUOTED.findall(text))
    sentences = len(_SENTENCE.findall(text))
    first = tokens[0] if tokens else ""
    head = tokens[:3]
    last = text[-1:]
    tail = tokens[-1] if tokens else ""
    per = 1.0 / (size + SMOOTH)
    start = text.lstrip("\"'“”«(*- ")[:1]
    said = style[4]
    style[N_CATEGORIES:] = [
        log(size),
        word_length,
        count("!") * per,
        count("?") * per,
        (count("...") + count("…") + count("..")) * per,
        float(any(t in _SMILES for t in tokens[-12:]))
        if ")" in text or ":" in text or "<3" in text or "=" in text
        else 0.0,
        float(start.islower()),
        len(_SHOUT.findall(text)) * per,
        quotes * per,
        len([t for t in tokens if t[0] in _DIGITS]) * per,
        len(_CAPITAL.findall(text)) * per,
        names * per,
        float(last in ".!?…\"”’')"),
        float("http" in text or "www." in text),
        size / max(1, sentences),
        count(",") * per,
        (count("—") + count("–") + count(" - ")) * per,
        float(_ADDRESS.match(text) is not None),
        len(_GLUED.findall(text)) * per,
        (count("'") + count("’")) * per,
        float("i" in head or "i'm" in head or "i've" in head or "my" in head),
        float("you" in head or "your" in head or "you're" in head),
        float(first in lexicon.OPENING),
        float(text[:1] in '"“«„>'),
        float(last == ":"),
        float(tail[:1] == "?" or text.rstrip(')"” ')[-1:] == "?"),
        float(last == "!"),
        (count(";") + count(":")) * per,
        float(said > 0 and quotes > 0),
        float(any(a == "this" and b in _THIS for a, b in pairwise(tokens))) if "this" in tokens else 0.0,
        phrases.opening(tokens),
        phrases.closing(tokens),
        float("?" in text[-60:] and ("you" in tokens or "your" in tokens)),
        0.0,
        0.0,
    ]


_THIS = frozenset("post article blog site recipe video piece story photo thread website page tutorial is was".split())


def read_all(paragraphs: Sequence[str]) -> list[Line]:
    """Look at every paragraph of a page."""
    return [read(text) for text in paragraphs]
