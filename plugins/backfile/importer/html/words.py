"""The words that sites write into class names, ids and labels, by what they tell a reader of comments.

A class such as `mtbnewsCommentContainer` or `jdgm-rev__author` is cut into words first; the tables
hold words, never a site's own class.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORT = 1_000
_NO_LETTERS = re.compile(r"[\W_]+")
_CUT = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")

COMMENT_STEM = re.compile(
    r"comment(?!ed)|kommentar|comentari|comentário|commenti\b|reactie|leserbrief|leserpost|leserstimme|komentar"
    r"|(?<![a-z])(?:lj)?cmt|kommentti|yorum|коммент|wortmeldung|guestbook|g(?:ä|ae)stebuch"
    r"|talkback|opmerking|hozzaszol|sxoli|pinglun|lesermeinung",
    re.IGNORECASE,
)
"""In a class or an id: says by itself that the element has to do with comments."""

REPLY = frozenset(
    "cmt cmnt reply replies response responses respond antwort antworten respuesta feedback answer cite".split()
)
"""Words of comments too, but of other things as often; believed only with an author and a date."""

OPINION = frozenset(
    "posting postings beitrag beitraege meinung meinungen leserstimmen zuschrift zuschriften opinion opinions opinione"
    " opinioni opinie opinia avis mening meninger meningar innlegg indlaeg inlagg mielipide mielipiteet"
    " wypowiedz wypowiedzi отзыв отзывы ответ ответы мнение мнения".split()
)
"""Words of comments, and of articles too; believed of what is signed and dated, where nothing else is found."""

COMMENT_HINT = re.compile(
    "posting|beitr|meinung|leserstimm|zuschrift|opini|avis|mening|innlegg|indlaeg|inlagg|mielipi|wypowiedz"
    "|отзыв|ответ|мнени|comment|kommentar|comentari|comentário|reactie|leserbrief|leserpost|leserstimme|komentar|cmt|cmnt|kommentti|yorum"
    "|коммент|wortmeldung|guestbook|gästebuch|gaestebuch|talkback|opmerking|hozzaszol|sxoli|pinglun|lesermeinung|repl|respon|antwort|respuesta|feedback|answer|cite"
)
"""In each name, in lower case, in which `COMMENT_STEM` or a word of `REPLY` or `OPINION` is found; soon looked for."""

POST = frozenset(
    "post posts posting message messages msg reply replies response answer discussion topic thread"
    " kmsg kmessage beitrag blockpost forumpost crawler postbit postcontainer tborder windowbg".split()
)
"""Words of the posts of a forum; believed on a forum's page only."""

NOT_RECORD = frozenset(
    "form respond textarea input button link links count counter counts number toggle login nav"
    " navigation pagination menu sidebar widget recent related teaser teasers policy rules notice"
    " subscribe share template preview placeholder title headline headlines heading tab tabs open"
    " closed off enabled disabled has allowed status icon total rating ratings bewertung review"
    " reviews category".split()
)
"""Words of what stands around comments and is none."""

WHOLES = frozenset(
    "comments commentlist list area section container holder wrapper kommentare thread replies responses commentarea"
    " tree commentaires comentarios answers reviews".split()
)
"""Words of what holds all comments, when one element has such a name."""

NOT_SECTION = frozenset(
    "widget recent recentcomments related teaser sidebar footer nav menu promo trending popular"
    " newest latest neueste siderail".split()
)
"""Words of the places that quote comments of other pages."""

AUTHOR = frozenset(
    "who author authorname autor auteur autore usuario user username fn nick nickname poster verfasser"
    " creator commenter commentauthor commenterauthor kommentator member membername handle pseudo"
    " nutzer benutzer vcard displayname screenname commentator profile name writer by from byline"
    " login persona commentername postername bigusername commentuser commentusername postauthor"
    " messageauthor forfatter forfattare skribent navn namn brukernavn brugernavn avsender afsender nimimerkki"
    " yazar szerzo pseudonym communityname".split()
)
NOT_AUTHOR = frozenset("content text body copy generated".split())
"""With one of these, as in `userContent`, the element holds what the author wrote."""

DATE = frozenset(
    "date datum time timestamp datetime fecha posted published datestamp timeago ago when created"
    " commentdate postdate posteddate commenttime dateline postdetails zeit heure data dato stamp meta info".split()
)
BODY = frozenset(
    "content text body message texte inhalt msgtext messagetext commenttext commentbody"
    " commentcontent postcontent postbody posttext postmessage description copy kmsgtext kommentartext"
    " kommentarinhalt contents entry comment usercontent wrapper html phml restore post".split()
)
CHROME = frozenset(
    "reply replies respond actions action toolbar controls control footer signature sig likes like"
    " votes vote voting rating share report flag edit edited avatar gravatar permalink buttons button"
    " links tools menu attachment badge badges reactions signaturecontainer quote-link karma userinfo"
    " userstats userextra stats usertitle antworten antwort melden zitieren bearbeiten sharing social"
    " dropdown awaiting moderation jp replylink".split()
)
"""Words of what stands inside a comment and is not its text."""

CHILDREN = frozenset(
    "children replies subcomments indent indented nested answers child sub reply responses antworten"
    " thread childs kids subthread".split()
)
"""Words of the container that holds the replies to the comment before it."""

SHELLS = {
    "Disqus": ("disqus_thread", "dsq-comments", "disqus.com/embed", "disqus_shortname", "disqus_config"),
    "Facebook": ("fb-comments", "fb:comments", "plugins/comments.php"),
    "Coral": ("coral_thread", "coral-stream", "coral_talk", "coralproject"),
    "OpenWeb": ("spot.im/", "data-spotim", "openweb.com/", "ow-comments", "spcv_"),
    "Livefyre": ("livefyre",),
    "Viafoura": ("viafoura", "vf-comments", "vf-conversations"),
    "Hyvor Talk": ("hyvor-talk",),
    "Commento": ('id="commento"', "commento.io"),
    "utterances": ("utteranc.es",),
    "giscus": ("giscus.app",),
    "Intense Debate": ("intensedebate", "idc-container"),
    "Civil Comments": ("civilcomments",),
    "Gigya": ("gigya-comments", "gig-comments"),
    "Isso": ("isso-thread", "data-isso="),
    "Remark42": ('id="remark42"', "remark_config"),
    "Cusdis": ("cusdis_thread", "cusdis.com/"),
    "GraphComment": ('id="graphcomment"', "graphcomment.com/"),
    "FastComments": ("fastcomments-widget", "cdn.fastcomments.com"),
    "Vuukle": ("vuukle.com/",),
    "Talkyard": ("talkyard-comments", "talkyard-cdn"),
}
"""Comment services whose texts never stand in the page, by what their embedding looks like (lower case)."""

PROFILE_LINK = re.compile(
    r"(?:^|/)(?:users?|u|members?|profile|profil|profiles|people|author|autor|community/user|personal_pages|@)[/?=.-]|"
    r"memberlist|mode=viewprofile|profile\.php|member\.php|user_?info|action=profile|mitglied|/@|userprofile|view_profile|mod=space|space-uid-|space\.php\?|/~[\w.-]+/?$",
    re.IGNORECASE,
)
FORUM_SIGN = re.compile(
    r"phpbb|vbulletin|xenforo|invision|ipboard|discuz|discourse|simple machines|smf|mybb|fluxbb|punbb|vanilla"
    r"|burning board|woltlab|phorum|kunena|bbpress|yabb|flarum|nodebb",
    re.IGNORECASE,
)
FORUM_URL = re.compile(
    r"viewtopic|showthread|viewthread|topic_show|/threads?/|/topics?/|/forums?/|/discussions?/|/talk/|board/index\.php"
    r"|topic\.asp|/forum[./]|^https?://(?:[^/]*\.)?forums?\.|read\.php|/t/[^/]+/\d|/posts/|/discuss/|[./]community\.",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def words(name: str) -> frozenset[str]:
    """The words a class name or id is made of, in lower case; numbers left out."""
    return frozenset(word.lower() for word in _CUT.findall(name) if not word.isdecimal())


def letters_of(text: str) -> str:
    """Letters and digits alone and without case, for comparing texts that were written down in different ways."""
    return _letters_of_short(text) if len(text) < _SHORT else _NO_LETTERS.sub("", text).casefold()


@lru_cache(maxsize=4096)
def _letters_of_short(text: str) -> str:
    """The same of a paragraph: what looks for parts of a text asks several times for each."""
    return _NO_LETTERS.sub("", text).casefold()
