"""Tells pages that a server shows in place of an article: errors, consent, a check for robots, a wall.

Looked at are the title, the first heading and the first words of a short text, each as a whole: an article about such
pages has more to say, or another title.
"""

from __future__ import annotations

import re

from backfile.importer.doubts import Doubt
from backfile.model import Article
from backfile.text import clean_line

_LONGEST = 1_500
"""Characters of a text; more is hardly the message of a server."""
_AN_ARTICLE = 0.1
"""That such a page is an article all the same: estimated."""
_CUT = re.compile(r"\s[|•·–—»«:-]+\s|\s\(")
_STATUS = (
    r"not found|page not found|file not found|forbidden|unauthorized|gone|bad gateway|bad request|too many requests"
    r"|service (?:temporarily )?unavailable|internal server error|gateway time-?out|access denied"
)
_MISSING = (
    r"seite (?:wurde )?nicht gefunden|(?:die|diese) seite (?:existiert nicht|wurde nicht gefunden)"
    r"|page (?:introuvable|non trouvée)|página no encontrada|pagina non trovata|pagina niet gevonden"
    r"|sidan (?:kunde inte hittas|hittades inte)|siden blev ikke fundet|страница не найдена"
    r"|nie znaleziono strony|sivua ei löydy(?:nyt)?"
)
_ERROR = (
    r"(?:error|fehler|erreur|http)?[ :]*(?:40[0134]|410|429|451|50[0234]|52\d)[ !.:-]*"
    rf"(?:error|fehler|erreur|{_STATUS}|{_MISSING})?[ !.]*|(?:internal server|server) error|bad gateway"
    r"|gateway time-?out|service (?:temporarily )?unavailable"
)
_NOT_FOUND = (
    r"(?:(?:404|sorry|oops|error)[ ,!:.-]*)?(?:the )?(?:page|file|article|document|url|content)(?: you requested)?"
    r"(?: was| is| could| can(?:'t|not))?(?: not| be| no longer)*(?: found| available| exists?)"
    rf"|not found|object not found|{_MISSING}"
)
_DENIED = (
    r"access (?:to this page has been )?denied|(?:403 )?forbidden|zugriff verweigert|accès (?:refusé|interdit)"
    r"|acceso denegado|accesso negato|toegang geweigerd|unauthori[sz]ed|permission denied"
    r"|доступ (?:запрещ[её]н|ограничен)"
    r"|request (?:rejected|blocked)|sorry, you have been blocked|error 1020"
)
_CHECKED = (
    r"just a moment|one moment,? please|attention required|checking your browser.*|verify(?:ing)? (?:that )?you are"
    r" (?:a )?human.*|are you a (?:robot|human)|human verification|security check|(?:re)?captcha|bot verification"
    r"|robot check|pardon our interruption|ddos-guard|please (?:wait|verify).{0,60}|einen moment(?:,? bitte)?"
    r"|nur einen moment|un instant"
)
_CONSENT = (
    r"before you continue(?: to .{1,40})?|bevor sie (?:fortfahren|zu .{1,40} weitergehen)|avant d['’]accéder à .{1,40}"
    r"|antes de (?:ir a|continuar).{0,40}|prima di continuare.{0,40}|your privacy choices|we value your privacy"
    r"|(?:cookie|privacy|datenschutz)[ -]?(?:consent|einwilligung|settings|preferences|einstellungen)"
    r"|wir (?:benötigen|brauchen) ihre (?:zustimmung|einwilligung)|yahoo is part of the yahoo family of brands"
)
_DOWN = (
    r"(?:site |website )?(?:is )?(?:down for |under )maintenance|wartungsarbeiten|account suspended"
    r"|this account has been suspended|(?:this )?domain (?:is |may be )?for sale|website (?:expired|disabled)"
    r"|welcome to nginx|apache2? .{0,20}default page.{0,20}|it works|index of /.{0,200}|problem loading page"
    r"|server not found|this site can['’]t be reached|(?:the )?wayback machine has not archived that url"
)
_KINDS = {
    "an error": _ERROR,
    "what is said of a page that is not there": _NOT_FOUND,
    "the refusal of a page": _DENIED,
    "a check for robots": _CHECKED,
    "a question for consent": _CONSENT,
    "what is said of a site that is down": _DOWN,
}
_SIGNS = {kind: re.compile(rf"(?:{sign})[ .!?…]*", re.IGNORECASE) for kind, sign in _KINDS.items()}


def doubt_of_page(article: Article) -> Doubt | None:
    """What to tell of a page that is probably none of an article; one that has an author, a date or comments is."""
    title, body = article.title, article.body
    if article.comments or article.authors or article.published or len(body) > _LONGEST:
        return None
    first = next(iter(body.split("\n\n", 1)), "").lstrip("#> *")
    for said in (title, _CUT.split(title, maxsplit=1)[0], _CUT.split(title)[-1], first):
        said = clean_line(said)[:200]
        for kind, sign in _SIGNS.items():
            if said and sign.fullmatch(said):
                return Doubt("page", _AN_ARTICLE, f"may be {kind}, saved in place of an article: {said!r}")
    return None
