"""Whoosh's default query language over our fields (docs/shard-format.md, section 17)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from whoosh import qparser, query
from whoosh.qparser import syntax
from whoosh.qparser.plugins import (
    BoostPlugin,
    FuzzyTermPlugin,
    GroupPlugin,
    MultifieldPlugin,
    PhrasePlugin,
    RangePlugin,
)

from backfile.search import analysis
from backfile.search.schema import BY_NAME, DEFAULT_FIELDS
from backfile.search.whoosh.boolean import operators
from backfile.search.whoosh.queries import WordPhrase, rewritten

MAX_QUERY = 2000
MAX_DISTANCE = 2
NOTHING = 1e-60
"""What stands for a weight of 0: Whoosh takes documents whose score is 0 for none. No word's score is so small."""

_HALF_TYPED = re.compile(rf"(?:^|(?<=[\s(]))(?:AND|OR|NOT|ANDNOT|ANDMAYBE|(?:{'|'.join([*BY_NAME, 'date'])}):)[\s(]*$")

_RANGE = re.compile(
    # Whoosh's own; but it looks for the end first, without which it would try each `TO` with each, for each beginning.
    r"(?P<open>[{\[])(?=[\s\S]*[\]}])(?P<start>'[^']*?'\s+|[^\]}]+?(?=[Tt][Oo]))?[Tt][Oo]"
    r"(?P<end>\s+'[^']*?'|[^\]}]+?)?(?P<close>[}\]])"
)
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
"""What telephones make of quotation marks."""
_QUESTION_MARK = re.compile(r"(?<=\s)(\S*?)\?+\s*$")


class ArchiveParser(qparser.QueryParser):  # type: ignore[misc]
    """Words go to all default fields and, where several stemmers are in use, to the keys of each."""

    def __init__(self, schema: Any, stemmers: Sequence[str], group: Any = syntax.AndGroup) -> None:
        super().__init__(None, schema, phraseclass=WordPhrase, group=group)
        self.stemmers = tuple(stemmers)
        self._keeps_stops = False
        self.replace_plugin(operators())
        self.replace_plugin(RangePlugin(_RANGE))
        for plain, ours in ((PhrasePlugin, _Phrases()), (BoostPlugin, _Boosts())):
            self.remove_plugin_class(plain)  # replace_plugin would leave it, for it is none of ours
            self.add_plugin(ours)
        self.add_plugin(_Fuzzy())
        boosts = {field.name: field.boost / 1000 for field in DEFAULT_FIELDS}
        self.add_plugin(MultifieldPlugin(list(boosts), fieldboosts=boosts))

    def key_lists(self, text: str) -> list[list[str]]:
        """The different lists of keys that the stemmers in use give for a text; none is empty.

        There are none when the text is a stop word of any language in use: its texts could not be found by it.
        """
        lists = [
            tuple(analysis.keys_for(stemmer).of(way))
            for stemmer in self.stemmers
            for way in dict.fromkeys((text, analysis.accented(text, stemmer)))
        ]
        if not (all(lists) or self._keeps_stops):
            return []
        return [list(keys) for keys in dict.fromkeys(lists) if keys]

    def term_query(
        self,
        fieldname: str,
        text: str,
        termclass: Any,
        boost: float = 1.0,
        tokenize: bool = True,
        removestops: bool = True,
    ) -> Any:
        """The query of a word in a field; None when it gives no key."""
        if termclass is query.Wildcard and not text.strip("*"):
            return query.Every()  # of dates, too, which have no keys
        if not tokenize or not is_text(fieldname):
            return super().term_query(fieldname, text, termclass, boost, tokenize, removestops)
        choices = [self._word(fieldname, keys, termclass, boost) for keys in self.key_lists(text)]
        return _any_of(choices)

    def _word(self, fieldname: str, keys: list[str], termclass: Any, boost: float) -> Any:
        if len(keys) > 1:
            return self.phraseclass(fieldname, keys, boost=boost)
        if len(keys[0]) == 1 and analysis.is_gram(keys[0]):
            return query.Prefix(fieldname, keys[0], boost=boost)
        return termclass(fieldname, keys[0], boost=boost)

    def ask(self, text: str) -> Any:
        """The query of a text; never fails."""
        text = completed(text)
        asked = self._understood(text)
        if asked == query.NullQuery and len(self.stemmers) > 1:  # nothing but stop words, though not of every language
            self._keeps_stops = True
            asked = self._understood(text)
            self._keeps_stops = False
        return asked

    def _understood(self, text: str) -> Any:
        try:
            return rewritten(self.parse(text, normalize=False) or query.NullQuery).normalize()
        except RecursionError:  # a thousand parentheses
            return rewritten(self.parse(re.sub(r"[()]", " ", text), normalize=False)).normalize()


class _Boosts(BoostPlugin):  # type: ignore[misc]
    """Weights, of which 0 lets a word count nothing and be found all the same."""

    def create(self, parser: Any, match: Any) -> Any:
        node = super().create(parser, match)
        if isinstance(node, self.BoostNode) and node.boost == 0:
            node.boost = NOTHING
        return node


_BRACKETS = (GroupPlugin.OpenBracket, GroupPlugin.CloseBracket)


def is_text(fieldname: str | None) -> bool:
    """Whether a field's words are analysed."""
    return fieldname in BY_NAME and BY_NAME[fieldname].kind == "text"


def _any_of(choices: list[Any]) -> Any:
    if not choices:
        return None
    return choices[0] if len(choices) == 1 else query.Or(choices)


def completed(text: str) -> str:
    """A query without what is only half typed at its end (an operator, the name of a field), or ends a sentence."""
    text = _QUESTION_MARK.sub(r"\1", text[:MAX_QUERY].translate(_QUOTES))
    while (shorter := _HALF_TYPED.sub("", text)) != text:
        text = shorter
    return text


class _Phrases(PhrasePlugin):  # type: ignore[misc]
    """Phrases whose words have the keys of each stemmer."""

    class Node(PhrasePlugin.PhraseNode):  # type: ignore[misc]
        def query(self, parser: ArchiveParser) -> Any:
            fieldname = self.fieldname or parser.fieldname
            if not is_text(fieldname):
                return parser.term_query(fieldname, self.text, query.Term, self.boost)
            return _any_of([WordPhrase(fieldname, keys, self.slop, self.boost) for keys in parser.key_lists(self.text)])

    class Tagger(PhrasePlugin.PhraseTagger):  # type: ignore[misc]
        def create(self, parser: ArchiveParser, match: re.Match[str]) -> Any:  # noqa: ARG002 - Whoosh's name
            return _Phrases.Node(match["text"], match.start("text"), int(match["slop"] or 1))

    def taggers(self, parser: ArchiveParser) -> list[tuple[Any, int]]:  # noqa: ARG002 - Whoosh's name
        return [(self.Tagger(self.expr), 0)]


class _Fuzzy(FuzzyTermPlugin):  # type: ignore[misc]
    """Fuzzy terms are analysed like the text; the first letter must agree."""

    class FuzzyTermNode(FuzzyTermPlugin.FuzzyTermNode):  # type: ignore[misc]
        def query(self, parser: ArchiveParser) -> Any:
            fieldname = self.fieldname or parser.fieldname
            if not is_text(fieldname):
                return parser.term_query(fieldname, self.text, query.Term, self.boost)
            choices = []
            for keys in parser.key_lists(self.text):
                if len(keys) > 1:
                    choices.append(WordPhrase(fieldname, keys, boost=self.boost))
                    continue
                distance, prefix = min(self.maxdist, MAX_DISTANCE), max(self.prefixlength, 1)
                choices.append(query.FuzzyTerm(fieldname, keys[0], self.boost, distance, prefix))
            return _any_of(choices)


def plain_words(parser: ArchiveParser, text: str) -> list[str]:
    """The words, two or more, of a query that is nothing but words, parentheses and question marks."""
    words: list[str] = []
    for node in parser.tag(completed(text)):
        if isinstance(node, syntax.WordNode):
            words.append(node.text)
        elif isinstance(node, syntax.FieldnameNode):
            if node.fieldname in parser.schema:
                return []
            words.append(node.original)
        elif not node.is_ws() and not isinstance(node, _BRACKETS) and getattr(node, "text", "") != "?":
            return []
    words = [word for word in words if parser.key_lists(word)]
    return words if len(words) > 1 else []


def some_of(parser: ArchiveParser, words: Sequence[str]) -> Any:
    """The OR of all keys of the words in all default fields, without the weak words if others are left."""
    strong = [word for word in words if not analysis.is_weak(word, parser.stemmers)] or words
    keys = dict.fromkeys(key for word in strong for keys in parser.key_lists(word) for key in keys)
    terms = [query.Term(field.name, key, boost=field.boost / 1000) for key in keys for field in DEFAULT_FIELDS]
    return query.Or(terms).normalize()
