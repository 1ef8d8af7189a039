"""The furniture of a comment thread, line by line: dates, names, "says", counts, buttons.

`kind(text)` gives one letter for what a line looks like. The patterns know English, German, French,
Spanish, Russian and Ukrainian; all are anchored or bounded, and only short lines (or the heads of long
ones) are looked at, so that hostile text costs no more than its length.
"""

from __future__ import annotations

import re

MONTHS = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|févr?(?:ier)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|avr(?:il)?|abr(?:il)?"
    r"|may|mai|mayo|june?|juni?|juin|junio|july?|juli|juil(?:let)?|julio|aug(?:ust)?|août|ago(?:sto)?|sept?(?:ember|embre|iembre)?"
    r"|oct(?:ober|obre|ubre)?|okt(?:ober)?|nov(?:ember|embre|iembre)?|dec(?:ember)?|dez(?:ember)?|déc(?:embre)?|dic(?:iembre)?"
    r"|ene(?:ro)?|febrero|январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]|октябр[ья]"
    r"|ноябр[ья]|декабр[ья]|січ(?:ень|ня)|лют(?:ий|ого)|берез(?:ень|ня)|квіт(?:ень|ня)|трав(?:ень|ня)|черв(?:ень|ня)"
    r"|лип(?:ень|ня)|серп(?:ень|ня)|верес(?:ень|ня)|жовт(?:ень|ня)|листопада?|груд(?:ень|ня))"
)
_UNIT = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?|stunden?|minuten?|tag(?:en)?|wochen?"
    r"|monat(?:en)?|jahr(?:en)?|heures?|jours?|semaines?|mois|ans|horas?|días?|semanas?|mes(?:es)?|años?"
    r"|час(?:а|ов)?|минут[ыу]?|дн(?:я|ей)|день|недел[юи]|месяц(?:а|ев)?|лет|годин[иу]?|хвилин[иу]?|днів|дні|тижд?н?і?в?)"
)
DATE = (
    rf"(?:\b{MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?{MONTHS}\.?,?(?:\s+(?:de\s+)?\d{{4}}\b)?"
    rf"|\b\d{{4}}[/.\-]\d{{1,2}}[/.\-]\d{{1,2}}\b|\b\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}\b"
    rf"|\b(?:\d{{1,3}}|an?|one)\s*{_UNIT}\s+(?:ago|назад|тому)\b|\b(?:vor|il y a|hace)\s+(?:\d{{1,3}}|\w{{2,6}})\s+{_UNIT}\b"
    r"|\b\d{1,3}\s?(?:h|d|w|mo|y|yr|hr)\s+ago\b|\b(?:yesterday|today|gestern|heute|hier|aujourd’hui|ayer|hoy|вчера|сегодня|вчора|сьогодні)\b)"
)
TIME = r"(?:\b(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?\s?m\.?\b)?(?:\s*(?:uhr|[A-Z]{2,4}T|UTC|GMT)\b)?)"
RX_DATE = re.compile(DATE, re.IGNORECASE)
RX_TIME = re.compile(TIME, re.IGNORECASE)
_SAY = (
    r"(?:says?|said|wrote|writes|commented|comments|posted|replied|responded|added|asked"
    r"|schrieb|schreibt|sagt|sagte|meint|kommentiert(?:e)?|antwortete|dit|a dit|a écrit|écrit|répond|dice|dijo|escribió|comenta|comentó"
    r"|пишет|написал[а]?|говорит|сказал[а]?|ответил[а]?|пише|написав|написала|каже|відповів|відповіла|сказав|сказала)"
)
RX_SAYS = re.compile(rf"^\W{{0,4}}(?P<name>[^\n.!?]{{1,60}}?)\s+{_SAY}\s*(?:[:…,»>-]|\.\.\.|$)", re.IGNORECASE)
RX_SAYS_WHEN = re.compile(
    rf"^\W{{0,4}}(?P<name>[^\n.!?]{{1,60}}?)\s+{_SAY}\s+(?:this\s+)?(?:(?:on|at|am|um|le|el|à|в|о|у)\s+|{DATE})",
    re.IGNORECASE,
)
RX_BY = re.compile(
    r"^\W{0,4}(?:(?:posted|comment|written|submitted|left|review|reply|response|reported|story|words|text|photos?|article)\s+(?:by|from)"
    r"|by|from|von|par|por|de|von:|автор:?|від)\s+(?P<name>\S.{1,60})$",
    re.IGNORECASE,
)
_COMMENTS = (
    r"(?:comments?|replies|reply|responses?|reactions?|thoughts?|feedback|discussion|conversation|trackbacks?|pingbacks?|reviews?|opinions?|letters"
    r"|kommentare?|antworten|reaktionen|meinungen|leserbriefe|commentaires?|réactions?|réponses?|avis|comentarios?|respuestas?|opiniones"
    r"|комментари(?:и|й|ев|я)|ответ(?:ы|ов)|отзыв(?:ы|ов)|обсуждение|коментар(?:і|ів|я)?|відповід(?:і|ей)|відгук(?:и|ів)|обговорення)"
)
RX_COUNT = re.compile(
    rf"^\W{{0,6}}(?P<lead>(?:(?:view|show|see|read|load|add|post|leave|write|hide|display(?:ing)?|all|the|your|user|reader|readers?['’]?s?|latest|recent"
    rf"|no|one|previous|older|newer|most|blog|facebook|join|there are|alle|alles|les|los|tous|todos|все|усі|всі)\s+){{0,3}}\(?(?P<n1>\d[\d,.]{{0,6}})?\)?\s*"
    rf"(?:user|reader|more|blog|total)?\s*){_COMMENTS}\b\W{{0,3}}(?P<n2>\d[\d,.]{{0,6}})?"
    r"(?:\W{0,3}(?:(?:so far|to|on|for|from|about|zu|sur|sobre|к|до|closed|feed|rss|below|are|now|add|post|leave|have|been|here|yet)\b.{0,90})?)?\W{0,4}$",
    re.IGNORECASE,
)
_SO_MANY = r"(?:\d[\d,]{0,6}\s?(?:条|條|則|则|個|个|件|개)?の?)"
RX_UNPARTED_COUNT = re.compile(
    r"^\W{0,6}(?:(?:全部|所有|最新|[读讀]者|網友|网友|用户|用戶|みなさんの?|皆さんの?|読者の?|전체|독자)\s?)?"
    rf"(?:{_SO_MANY}\s?)?(?:[评評][论論]|留言|回[应應复覆]|コメント|댓글)(?:区|區|欄|一覧|列表)?\W{{0,3}}{_SO_MANY}?\W{{0,4}}$"
)
"""A heading over comments in a writing without blanks, by being nothing else: コメント (3), 3 条评论. No kind of line: the
weights have never seen any."""
_BUTTON = (
    r"(?:reply|quote|report(?: (?:abuse|this|comment|spam|as inappropriate))?|flag(?: .{1,20})?|(?:un|dis)?likes?|share|permalink|link|edit|delete"
    r"|thumbs (?:up|down)|vote (?:up|down)|log in.{0,40}|sign in.{0,40}|recommend(?:ed)?|parent|hide|collapse|expand|show|see more|read more"
    r"|rate|rating|score|helpful|block|ignore|anonymous|guest|member|admin|moderator|verified|awaiting moderation|website|newest first"
    r"|oldest first|sort.{0,30}|in reply to.{0,60}|top|up|down|e-?mail|print|respond|cancel reply|antworten|zitieren|melden|gefällt mir"
    r"|répondre|signaler|citer|j’aime|responder|denunciar|citar|me gusta|ответить|цитировать|пожаловаться|нравится|ссылка|відповісти|цитувати|поскаржитися|подобається)"
)
RX_BUTTON = re.compile(rf"^\W{{0,6}}{_BUTTON}(?:\W+(?:{_BUTTON}|\d{{1,6}})){{0,8}}\W{{0,6}}$", re.IGNORECASE)
RX_NUMBER = re.compile(
    r"^\W{0,6}(?:no\.?\s?)?[\d.,#+]{1,12}(?:\s*(?:likes?|points?|votes?|stars?|of \d+.{0,30}))?\W{0,6}$",
    re.IGNORECASE,
)
RX_PING = re.compile(
    r"^\W{0,6}(?:pingback|trackback|ping)\b|^\[?\s*(?:\.\.\.|…)\s*\]|\[\s*(?:\.\.\.|…)\s*\]\W{0,4}$",
    re.IGNORECASE,
)
RX_NUMBERED = re.compile(r"^\W{0,3}#?\d{1,4}\s?[.):|]?\s+(?=\S)")
RX_HEAD_SAYS = re.compile(
    rf"^\W{{0,4}}(?P<name>\S{{1,25}}(?:\s+\S{{1,20}}){{0,3}}?)\s+{_SAY}\s*(?:[:…]|\.\.\.)\s*(?=\S)",
    re.IGNORECASE,
)
RX_HEAD_DATE = re.compile(
    rf"^.{{0,50}}?(?:\b(?:on|at|am|le|el)\s+|[|,@(–—-]\s*)?{DATE}[\s,@|·–—-]*(?:(?:at|um|à)\s+)?(?:{TIME})?\W{{0,6}}(?=\S)",
    re.IGNORECASE,
)
RX_TAIL_DATE = re.compile(
    rf"(?:[.!?…\"”)]|\s[-–—|]+)\s*(?P<name>[^.!?]{{0,50}}?)[\s,|(–—-]*{DATE}[\s,@|–—-]*(?:at\s+)?(?:{TIME})?\W{{0,4}}$",
    re.IGNORECASE,
)
RX_SIGNATURE = re.compile(r"(?:^|[.!?…\"”)])\s*[-–—~]{1,2}\s*(?P<name>[^\W\d_][\w.'’ -]{1,40}(?:,\s[\w .]{2,30})?)$")
RX_URL = re.compile(r"https?://\S{3,200}|\bwww\.\S{3,200}", re.IGNORECASE)
_WORD = re.compile(r"[\w'’.@-]+")
_SMALL = frozenset(
    "the of and a in on at by for to von van de der den la le di da del y und et mr mrs dr st jr".split()
)

DATED_END = 40
"""A date with digits that ends a text has one of them among so many last characters."""
_DIGIT = re.compile(r"\d")
_MAY_SAY = re.compile(rf"\s{_SAY}")
"""What a line of "says" cannot do without, in lower case."""
_UNDATED = ("ago", "day", "назад", "тому", "vor", "il y a", "hace", "gestern", "heute", "hier", "aujourd", "ayer", "hoy",
            "вчера", "сегодня", "вчора", "сьогодні")  # fmt: skip
"""What a date without a digit cannot do without, in lower case."""
KINDS = "TDSNHCU#PBMGQ"
"""T text, D date, S "says", N name, H heading or fragment, C comment count or heading, U button, # number,
P pingback, B byline, M text after a marker, G text before a signature, Q a name and a date.
"""


def _is_name(words: list[str]) -> bool:
    if not 1 <= len(words) <= 4:
        return False
    if len(words) == 1:
        return True
    return (
        all(w[0].isupper() or w[0].isdigit() or w[0] == "@" or w.lower() in _SMALL for w in words)
        and words[0].lower() not in _SMALL
    )


def _may_be_undated(lowered: str) -> bool:
    return any(word in lowered for word in _UNDATED)


def _short_kind(text: str) -> str:
    """The kind of a line of at most 16 words; empty when nothing is recognised."""
    if RX_NUMBER.match(text):
        return "#"
    if RX_COUNT.match(text):
        return "C"
    if RX_BUTTON.match(text):
        return "U"
    lowered = text.lower()
    if _MAY_SAY.search(lowered) and (
        (RX_SAYS.match(text) and text.rstrip()[-1:] not in '.!?”"') or RX_SAYS_WHEN.match(text)
    ):
        return "S"
    rest, dates, times = text, 0, 0
    if _DIGIT.search(text) or _may_be_undated(lowered):
        rest, dates = RX_DATE.subn(" ", text)
        rest, times = RX_TIME.subn(" ", rest)
    if dates or times:
        words = _WORD.findall(rest)
        if len(words) <= 2 and not any(len(w) > 9 for w in words):
            return "D" if not any(w[0].isupper() for w in words) else "Q"
        capital = sum(1 for w in words if w[0].isupper() or len(w) <= 2 or not w[0].isalpha())
        if capital >= 0.6 * len(words) and len(words) <= 10:
            return "Q"
    if RX_BY.match(text) and text[-1] not in ".!?":
        return "B"
    return ""


def kind(text: str) -> str:
    """One letter of `KINDS` for what the line looks like."""
    if RX_PING.match(text) or ("]" in text and RX_PING.search(text[:300])):
        return "P"
    words = text.split(None, 17)
    if len(words) <= 16 and len(text) <= 160:
        found = _short_kind(text)
        if found:
            return found
        last = text[-1]
        if last not in ".!?…:;,\"”’')":
            return "N" if len(words) <= 4 and _is_name(_WORD.findall(text)) else "H"
    head, tail = text[:110], text[-90:]
    if (":" in head or "…" in head or "..." in head) and RX_HEAD_SAYS.match(head):
        return "M"
    if _DIGIT.search(head) and (RX_TIME.search(head) or RX_NUMBERED.match(head)):
        found_date = RX_HEAD_DATE.match(head)
        if found_date and (RX_TIME.search(found_date.group()) or RX_NUMBERED.match(head)):
            return "M"
    dated = _DIGIT.search(tail) and (_DIGIT.search(text[-DATED_END:]) or _may_be_undated(tail.lower()))
    if dated and RX_TAIL_DATE.search(tail):
        return "G"
    if RX_SIGNATURE.search(tail):
        return "G"
    return "T"
