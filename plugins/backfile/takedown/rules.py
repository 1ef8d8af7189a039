"""What the takedowns make of an article: a pure function of the article, the entries and the key for pseudonyms.

    remove      an article leaves its place and what readers are told, a comment the same in its thread
    anonymise   a commenter's name becomes a pseudonym, in `@Name` too; an article's authors likewise
    redact      a passage gives way to a mark

All are worked out from the article as it was found, so their order in the file says nothing, but for which reason
readers are told when two entries remove the same thing: the first. What one of them takes is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from backfile.contentfile import comment_identity
from backfile.errors import TakedownError
from backfile.markdown import escape_text, plain_text
from backfile.model import Article, Comment, tombstone
from backfile.takedown.canonical import same_name, text_digest
from backfile.takedown.entries import Entry
from backfile.takedown.passages import by_digest
from backfile.takedown.pseudonyms import EVERYONE, KEY, Pseudonyms, without_mentions
from backfile.takedown.redacting import redacted_article, redacted_comment, said_in
from backfile.takedown.selecting import is_article


@dataclass(frozen=True, slots=True)
class Applied:
    """An article as it is published; `taken` are the digests of what touched it, nothing for most articles.

    `removal` is the entry that took all of it out, `passages` are those that were taken out of its texts.
    """

    article: Article
    taken: tuple[str, ...] = ()
    removal: Entry | None = None
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """All takedowns of an archive. `everyone`: each commenter gets a pseudonym. `title`: that of removed articles.

    `made_key`: the key for pseudonyms, when it was not there and was made.
    """

    entries: tuple[Entry, ...] = ()
    pseudonyms: Pseudonyms | None = None
    everyone: bool = False
    title: str = "Removed article"
    file: str = ""
    made_key: str = ""

    def __bool__(self) -> bool:
        return bool(self.entries or self.everyone)

    def plain(self) -> tuple[Any, ...]:
        """All of it as values that `marshal` can write: what stands for names, then each entry and its article."""
        given = self.pseudonyms.digest if self.pseudonyms else ""
        return (given, self.everyone, self.title), tuple((entry.digest, entry.article) for entry in self.entries)

    def may_differ(self, before: Any, article_id: str, addresses: Sequence[str]) -> bool:
        """Whether an article may be touched otherwise than under the rules that `plain` gave before."""
        now = self.plain()
        if before == now:
            return False
        if not before or before[0] != now[0]:
            return True
        changed = _changed(before[1], now[1])
        return changed is None or any(is_article(named, article_id, addresses) for named in changed)

    def unmet(self, taken: Iterable[str]) -> list[Entry]:
        """The entries that touched nothing, when `taken` is what touched any article."""
        met = set(taken)
        return [entry for entry in self.entries if entry.digest not in met]

    def apply(self, article: Article, page: str) -> Applied:
        """What is published of an article whose page stands at `page`."""
        addresses = (article.url, page)
        near = [e for e in self.entries if not e.article or is_article(e.article, article.id, addresses)]
        if not near and not self.everyone:
            return Applied(article)
        work = _Work(article, self.pseudonyms, near)
        removal = work.removal()
        # Of an article that goes as a whole, too: a title that stays may hold a passage that goes.
        work.apply(everyone=self.everyone)
        left, taken, passages = work.article(), tuple(sorted(work.taken)), tuple(sorted(work.passages))
        if removal is None:
            return Applied(left, taken, None, passages)
        told = [removal.told if not removal.note else f"{removal.reason} ({removal.date})", removal.note]
        shown = Article(
            id=article.id,
            title=left.title if removal.keep_title else self.title,
            body="\n\n".join(escape_text(line) for line in told if line),
            published=article.published,
            language=article.language if removal.keep_title else "",
        )
        return Applied(shown, taken, removal, passages if removal.keep_title else ())


def _changed(before: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> set[str] | None:
    """The articles named by entries that came, went or moved; None when some of these may be about any article."""
    both = {digest for digest, _ in before} & {digest for digest, _ in now}
    moved = [digest for digest, _ in before if digest in both] != [digest for digest, _ in now if digest in both]
    named = {article for digest, article in {*before, *now} if digest not in both}
    return None if moved or "" in named else named


class _Work:
    """One article, while the entries that may touch it are applied."""

    def __init__(self, article: Article, pseudonyms: Pseudonyms | None, entries: list[Entry]) -> None:
        self._found, self._article, self._pseudonyms = article, article, pseudonyms
        self._comments = list(article.comments)
        self._plain: dict[int, str] = {}
        self._entries = entries
        self.taken: set[str] = set()
        self.passages: set[str] = set()

    def article(self) -> Article:
        """The article as it is now."""
        comments = tuple(self._comments)
        return self._article if comments == self._article.comments else replace(self._article, comments=comments)

    def _of(self, action: str) -> list[Entry]:
        return [entry for entry in self._entries if entry.action == action]

    def _meets(self, entry: Entry, at: int) -> bool:
        """Whether an entry means the comment at a place, as it was found."""
        comment = self._article.comments[at]
        if comment.removed or not (entry.comment or entry.commenter or entry.text):
            return False
        if entry.comment and entry.comment != comment.id and not self._is_double(entry.comment, at):
            return False
        if entry.commenter and same_name(entry.commenter) != same_name(comment.author):
            return False
        return not entry.text or text_digest(self._text(at)) == entry.text

    def _is_double(self, named: str, at: int) -> bool:
        """Whether `id-2` means a comment that was posted twice: on its page the second has no other name."""
        ident, _, number = named.rpartition("-")
        comment = self._article.comments[at]
        if ident != comment.id or ident != comment_identity(comment.author, comment.date, comment.body):
            return False
        return number == str(sum(other.id == ident for other in self._article.comments[: at + 1]))

    @property
    def _article_comments(self) -> tuple[Comment, ...]:
        return self._article.comments

    def _text(self, at: int) -> str:
        if at not in self._plain:
            self._plain[at] = plain_text(self._article.comments[at].body)
        return self._plain[at]

    def _means_whole(self, entry: Entry) -> bool:
        """Whether an entry means the article itself, not comments of it."""
        if entry.comment or entry.commenter:
            return False
        return not entry.text or text_digest(plain_text(self._article.body)) == entry.text

    def removal(self) -> Entry | None:
        """The entry that takes out all of it: the first; title and address stay if all such entries keep them."""
        found = [entry for entry in self._of("remove") if self._means_whole(entry)]
        self.taken.update(entry.digest for entry in found)
        if not found:
            return None
        title, address = all(entry.keep_title for entry in found), all(entry.keep_address for entry in found)
        return replace(found[0], keep_title=title, keep_address=address)

    def apply(self, *, everyone: bool) -> None:
        """Does what the entries say, but for the removal of the whole."""
        self.remove_comments()
        self.redact()
        self.anonymise(everyone=everyone)

    def remove_comments(self) -> None:
        """Leaves tombstones of the comments that go."""
        for entry in self._of("remove"):
            for at, comment in enumerate(self._article.comments):
                if self._meets(entry, at):
                    self.taken.add(entry.digest)
                    if not self._comments[at].removed:
                        self._comments[at] = tombstone(comment, entry.told)

    def anonymise(self, *, everyone: bool) -> None:
        """Gives pseudonyms, where a name stands and where a reply calls it."""
        given = self._pseudonyms
        if given is None:
            return
        named: dict[str, set[str]] = {}
        for entry in self._of("anonymise"):
            if entry.commenter and not (entry.comment or entry.text):
                named.setdefault(entry.commenter, set()).add(entry.digest)
            elif self._means_whole(entry):
                self._anonymise_authors(entry, given)
        chosen: set[int] = set()
        for at, comment in enumerate(self._article.comments):
            met = [entry for entry in self._of("anonymise") if self._meets(entry, at)]
            if comment.author and (met or (everyone and comment.kind == "comment")):
                chosen.add(at)
                self.taken.update(entry.digest for entry in met)
                for_all = {EVERYONE + given.digest} if everyone else set()
                named.setdefault(comment.author, set()).update(for_all or (entry.digest for entry in met))
                self.taken.update(for_all)
        self._replace_names(chosen, named, given)
        if any(entry.digest in self.taken for entry in self._of("anonymise")):
            self.taken.add(KEY + given.digest)  # with another key the same entry gives other names

    def _anonymise_authors(self, entry: Entry, given: Pseudonyms) -> None:
        if self._found.authors or self._found.author_note:
            self.taken.add(entry.digest)
            authors = tuple(given.name(name) for name in self._found.authors)
            self._article = replace(self._article, authors=authors, author_note="")

    def _replace_names(self, chosen: set[int], named: Mapping[str, set[str]], given: Pseudonyms) -> None:
        renamed: dict[str, str] = {}
        for at in chosen:
            comment = self._article.comments[at]
            # An id that is a digest of name, date and text would let anybody try names.
            if comment.id == comment_identity(comment.author, comment.date, comment.body):
                renamed[comment.id] = given.identity(comment.id)
        for at, comment in enumerate(self._comments):
            body = comment.body
            for name, digests in named.items():
                if without_mentions(body, [name], given) != body:
                    self.taken.update(digests)
            body = without_mentions(body, named, given)
            hidden = at in chosen and not comment.removed
            self._comments[at] = replace(
                comment,
                id=renamed.get(comment.id, comment.id),
                parent=renamed.get(comment.parent, comment.parent),
                author=given.name(self._found.comments[at].author) if hidden else comment.author,
                author_url="" if hidden else comment.author_url,
                body=body,
            )

    def redact(self) -> None:
        """Takes passages out of every text that their entries mean, all at once: they may overlap."""
        own: set[str] = set()
        of_comments: dict[int, set[str]] = {}
        for entry in self._of("redact"):
            whole = self._means_whole(entry) or entry.everywhere
            meant = [at for at in range(len(self._comments)) if whole or self._meets(entry, at)]
            for passage in set(self._passages(entry, meant, whole=whole)):
                hit = [
                    at
                    for at in meant
                    if redacted_comment(self._found.comments[at], {passage}) != self._found.comments[at]
                ]
                if hit or (whole and redacted_article(self._found, {passage}) != self._found):
                    self.taken.add(entry.digest)
                    self.passages.add(passage)
                    own |= {passage} if whole else set()
                    for at in hit:
                        of_comments.setdefault(at, set()).add(passage)
        self._article = redacted_article(self._article, own) if own else self._article
        for at, passages in of_comments.items():
            if not self._comments[at].removed:
                self._comments[at] = redacted_comment(self._comments[at], passages)
        self._check_gone(own, of_comments)

    def _check_gone(self, own: Set[str], of_comments: Mapping[int, Set[str]]) -> None:
        """Raises TakedownError when a passage is still said where it was taken out: this must not be published."""
        left = said_in(self._article, own)
        for at, passages in of_comments.items():
            left += said_in(self._comments[at], passages)
        if left:
            raise TakedownError(
                f"“{left[0]}” cannot be taken out of the article {self._found.id}.",
                advice="Remove the whole article or comment in the place of the passage.",
            )

    def _passages(self, entry: Entry, meant: Sequence[int], *, whole: bool) -> Iterable[str]:
        if entry.passage:
            return [entry.passage]
        texts = [text for at in meant for text in (self._text(at), self._found.comments[at].author)]
        if whole:
            found = self._found
            texts += [plain_text(found.body), found.title, found.standfirst, found.author_note]
            texts += [found.section, *found.authors, *found.tags]
        return {known for text in texts if (known := by_digest(text, entry.passage_sha256, entry.passage_words))}
