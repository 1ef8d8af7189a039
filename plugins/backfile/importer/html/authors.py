"""The authors that a page declares: whoever its JSON-LD names, its meta elements, or its own markup."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from backfile.importer.html.page import HtmlPage
from backfile.importer.html.words import letters_of
from backfile.text import clean_line

_META = (
    "author",
    "article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "twitter:creator:name",
)
_MARKED = etree.XPath("//a[@rel='author']|//*[@itemprop='author']|//*[@property='author' or @property='schema:author']")
_WRITERS_OF_ENTRY = etree.XPath("//article[contains(@class,'h-entry')]/footer//a[contains(@class,'p-author')]")
"""As Medium writes it into what it exports."""
_NAMES_IN = etree.XPath(".//*[@itemprop='name' or @property='name' or @property='schema:name']")

_LONGEST_NAME, _LONGEST_LINE, _MOST_NAMES = 100, 500, 20
AND = re.compile(r"\s*;\s*|\s+(?:and|And|AND|und|UND)\s+|\s+&\s+")
_AND_ALSO = re.compile(r"\s+(?:et|ET|y|Y|e|E|en|och|og|i|и)\s+")
"""Stand within names, too: José Ortega y Gasset."""
_BEFORE = re.compile(
    r"^(?:(?:view|show|see|read|zeige|voir|ver|vedi)?\s*(?:all|more|alle|tous les|todas? l[ao]s|tutti gli)\s+"
    r"(?:\w+\s+)?)?"
    r"(?:by|von|par|por|di|door|av|af)\b:?\s+",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"\s+for\s+(?:the\s+)?[A-Z].*$|\s+For\s+(?:The\s+)?[A-Z].*$")
_LEADS_ON = re.compile("[→»›]")
"""In what a link says that leads to all that somebody wrote."""
_WRITTEN = re.compile(
    r"(?:written|verfasst|geschrieben|écrit|rédigé|escrito|scritto|geschreven|skrevet|skriven|napisane|napsal|author|autor)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[(<\[]?(?:mailto:)?[^\s()<>]{0,80}(?:@|[(\[]at[)\]])[^\s()<>]{0,80}[)>\]]?")
_ROLE = re.compile(
    r"(?:(?:our|chief|senior|staff|political|sports?|foreign|deputy|managing|associate|assistant|contributing|special)\s+)*"
    r"(?:\w+\s+){0,2}(?:staff|writer|editor|reporter|correspondent|columnist|journalist|contributor|blogger|photographer"
    r"|redakteur(?:in)?|korrespondent(?:in)?|redakt[øö]r|journaliste|correspondante?|redactora?|corresponsal|redattore"
    r"|redattrice|inviat[oa]|redacteur|verslaggever|корреспондент)(?:s|en)?\b.{0,60}",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    "admin administrator superuser root webmaster unknown user guest anonymous editor editors staff newsdesk newsroom"
    " redaktion redaction rédaction larédaction redacción redazione redactie webredaktion onlineredaktion webteam"
    " staffreporter staffwriter editorialteam editorialstaff newsstaff webstaff autor author".split()
)
"""What systems and houses write where a person's name belongs, as letters alone."""
_HOUSE = frozenset(
    "staff reporter reporters writer writers editor editors editorial correspondent correspondents contributor"
    " contributors desk newsroom news team press agency agencies wire service services bureau redaktion redaktionen"
    " rédaction redacción redazione redactie office department council committee association university institute"
    " magazine journal times online media network administrator webmaster redakteur редакция"
    " demand default design accident appointment request law hand".split()
)
"""Words of names of houses, and of what else is done by something."""
_PARTICLES = frozenset(
    "von vom zu zum zur van der den dem de het ten ter da das do dos del della dello di du des la las le les los el al"
    " af av bin ibn bint ben abu st.".split()
)
"""Small words within names."""
_ELIDED = re.compile(r"(?:[dl]['’]|[ae]l-)\w", re.IGNORECASE)
_NO_VALUE = frozenset(("", "null", "none", "undefined", "nan", "false", "true", "na"))


@dataclass(frozen=True, slots=True)
class Declared:
    """The names that are declared, and whether persons are meant, and not the site or a system."""

    names: tuple[str, ...]
    persons: bool


def declared_authors(
    told: Sequence[str], meta: dict[str, list[str]], page: HtmlPage, comments: Collection[HtmlElement], site: str
) -> Declared:
    """Those of the first source that names persons, else of the first that names anybody."""
    houses = _houses(page, site, meta)
    first: tuple[str, ...] = ()
    for lines in (told, _of_meta(meta), _marked(page, comments)):
        names = _names_of(lines)
        persons = tuple(name for name in names if letters_of(name) not in houses)
        if persons:
            return Declared(persons, persons=True)
        first = first or names
    return Declared(first, persons=False)


def _houses(page: HtmlPage, site: str, meta: dict[str, list[str]]) -> frozenset[str]:
    """The letters of what is no person: names of the site, its host, what stands for nobody."""
    try:
        host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    names = (site, host, host.partition(".")[0], *meta.get("og:site_name", ()), *meta.get("publisher", ()))
    return _NOBODY | {letters_of(name) for name in names if name}


def _of_meta(meta: dict[str, list[str]]) -> list[str]:
    names = [value for name in _META for value in meta.get(name, ())]
    for label in ("twitter:label1", "twitter:label2"):  # a card says of what its data are
        if _WRITTEN.match(next(iter(meta.get(label, ())), "")):
            names += meta.get(label.replace("label", "data"), ())[:1]
    return names[:_MOST_NAMES]


def _marked(page: HtmlPage, comments: Collection[HtmlElement]) -> list[str]:
    """What the markup says is the author: all that one article has beside each other."""
    if b"author" not in page.markup:  # the path leads over the whole tree, which most pages can be spared
        return []
    found = _MARKED(page.root)[: 5 * _MOST_NAMES]
    said = ((one, _line_of(one)) for one in found if one.tag != "meta" and one not in comments)
    marked = [(_scope(element), line) for element, line in said if line]
    lines = [line for scope, line in marked if scope is marked[0][0]]
    return lines or [clean_line(element.text_content()) for element in _WRITERS_OF_ENTRY(page.root)]


def _scope(element: HtmlElement) -> object:
    """The thing of which an element says the author; where nothing tells, what it stands in."""
    if element.get("itemprop"):
        around = (one for one in islice(element.iterancestors(), 40) if one.get("itemscope") is not None)
        if (scope := next(around, None)) is not None:
            return scope
    return element.getparent()


def _line_of(element: HtmlElement) -> str:
    """The name in an author's element, of which a picture, a role or an address may be part."""
    if said := clean_line(element.get("content") or ""):
        return said
    for part in _NAMES_IN(element)[:1] or element.xpath(".//a[@rel='author']")[:1]:
        if name := clean_line(part.get("content") or part.text_content()):
            return name
    return clean_line(" ".join(islice(element.itertext(), 40)))


def _names_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The names in lines, each once, though one writes it with the family's name before the other."""
    found: dict[str, str] = {}
    for line in islice(lines, _MOST_NAMES):
        for name in names_in_line(line):
            found.setdefault("".join(sorted(letters_of(part) for part in re.split(r"[\s,.]+", name))), name)
    return tuple(islice(found.values(), _MOST_NAMES))


def names_in_line(line: str) -> Iterator[str]:
    """The names in what is declared to be an author: without By, addresses, roles, and for whom it was written."""
    line = clean_line(line)[:_LONGEST_LINE]
    if "://" in line or line.startswith("www.") or _LEADS_ON.search(line):
        return
    line = without_mail(line)
    line = _FOR_WHOM.sub("", _BEFORE.sub("", line))
    for part in AND.split(line):
        for one in _apart(part):
            for name in _at_commas(one):
                name = name.strip(" ,|/•·–—-()<>[]→»")
                if len(name) <= _LONGEST_NAME and letters_of(name) not in _NO_VALUE:
                    yield name


def without_mail(line: str) -> str:
    """A short line without addresses of mail and names that begin with @."""
    return clean_line(_MAIL.sub(" ", line)) if "@" in line or "at]" in line or "at)" in line else line


def is_of_house(name: str) -> bool:
    """True for what is no person's name: a role, an office, an agency, what stands for nobody."""
    return letters_of(name) in _NOBODY or any(word in _HOUSE for word in name.lower().split())


def _apart(part: str) -> list[str]:
    """Two names with a word between them that may be one of a name: each then has more than one word."""
    parts = _AND_ALSO.split(part)
    return parts if all(len(one.split()) > 1 for one in parts) else [part]


def _at_commas(part: str) -> list[str]:
    """The whole names of a list, none of the roles behind names; a name that a comma parts in two stays one."""
    if "," not in part:
        return [part]
    parts = [one for piece in part.split(",") if (one := piece.strip())]
    if any(_ROLE.fullmatch(one) for one in parts):
        return [one for one in parts if not _ROLE.fullmatch(one)]
    return parts if all(map(is_full_name, parts)) else [part]


def is_full_name(name: str) -> bool:
    """True for two to five words that are written as names are, with nothing between them but what stands in names."""
    words = name.split()
    if not 1 < len(words) < 6 or any(character.isdigit() for character in name):
        return False
    return not {words[0], words[-1]} & _PARTICLES and all(map(_is_part_of_name, words))


def _is_part_of_name(word: str) -> bool:
    return word.lower() in _PARTICLES or word[:1].isupper() or bool(_ELIDED.match(word))
