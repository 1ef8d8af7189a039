"""`backfile takedown`: what to write in a takedown file (`find`), and proof that it worked (`check`)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import backfile
from backfile.begun import begun
from backfile.comments.reading import published
from backfile.errors import BackfileError
from backfile.markdown import plain_text
from backfile.model import Article, Comment
from backfile.removal.contents import Contents, Survey, articles_in, doubtful, page_texts
from backfile.removal.proof import WHAT_TO_DO, Finding, House, Proof, published_anyway
from backfile.removal.said import said
from backfile.takedown.canonical import canonical, has_run, text_digest, words_of
from backfile.takedown.finding import load_rules
from backfile.takedown.passages import digest_of_words
from backfile.takedown.places import FILE
from backfile.takedown.rules import Rules

_EXCERPT = 100


@dataclass(frozen=True, slots=True)
class Archive:
    """Where an archive's parts stand: what the commands are told, or find where they run."""

    content: Path
    takedown: str = ""
    theme: Path | None = None
    everyone: bool | None = None

    def look(self) -> None:
        """Raises BackfileError when there is no content: then nothing can be found, nor proved to be gone."""
        if not self.content.is_dir():
            raise BackfileError("no such folder of content files.", place=str(self.content), advice="Check --content.")

    def rules(self) -> Rules:
        """The takedowns. Raises TakedownError."""
        chosen = self.chosen()
        everyone = self._set("PSEUDONYMS") == "all" if self.everyone is None else self.everyone
        return load_rules(self.content, chosen, everyone=everyone, make_key=False)

    def chosen(self) -> str:
        """The takedown file as it was told, else as settings say; empty where neither does. Raises TakedownError."""
        return str(Path(self.takedown).absolute()) if self.takedown else self._set("TAKEDOWN")

    def house(self, rules: Rules) -> House:
        """What theme, code and settings say; the settings are read as text and not run."""
        theme = self.theme or next(path for path in (Path("theme"), backfile.theme_path()) if Path(path).is_dir())
        folders = [Path(theme), Path(backfile.__file__).parent, *self._settings()]
        said = (*(entry.told for entry in rules.entries), *page_texts(self.content / "pages", rules))
        return House([folder for folder in folders if folder.exists()], said)

    def _settings(self) -> list[Path]:
        beside = self.content.absolute().parent
        return [beside / name for name in ("pelicanconf.py", "publishconf.py")]

    def _set(self, name: str) -> str:
        """What the settings beside the content say of takedowns: a site may have the file under another name.

        Raises TakedownError where that cannot be told.
        """
        found = (said(file, f"BACKFILE_{name}") for file in self._settings())
        return next((text for text in [*found][::-1] if text is not None), "")


def removal_findings(output: Path, archive: Archive) -> Iterator[Finding]:
    """What a built archive still has of what was taken out. Raises TakedownError."""
    rules = archive.rules()
    contents = Contents.all_of(archive.content, rules)
    yield from _left_of(output, archive, rules, contents, contents.survey())


def check_of(output: Path, archive: Archive) -> Callable[[Path], Iterator[tuple[str, str]]] | None:
    """What tells a verification of the files, each with what is wrong, that have what was taken out.

    None where nothing is taken down, and where there is no content; it says so when that leaves out what was asked for.
    Raises BackfileError.
    """
    if not archive.content.is_dir():
        if archive.takedown:
            archive.look()
        if (file := output.absolute().with_name(FILE)).exists():
            print(f"Removal was not checked: there is {file}, and no folder {archive.content}. Name it with --content.")
        return None
    if not archive.rules():
        return None

    def check(output: Path) -> Iterator[tuple[str, str]]:
        yield from ((found.file, found.message) for found in removal_findings(output, archive) if found.left_over)

    return check


def _left_of(output: Path, archive: Archive, rules: Rules, contents: Contents, survey: Survey) -> Iterator[Finding]:
    proof = Proof(contents.secrets(survey.taken), contents.published, lambda: archive.house(rules))
    proof.look(output, lambda _file, _stamp: False)
    yield from proof.findings()
    yield from published_anyway(output, survey.withheld)


def run_check(output: Path, archive: Archive) -> int:
    """Prints what is left over, and what is said elsewhere; 1 when anything is left over."""
    if not (output / "index.html").is_file():
        raise BackfileError("no archive here (there is no index.html).", place=str(output), advice="Build one first.")
    archive.look()
    rules = archive.rules()
    if not rules:
        why = f"{rules.file} has no entry" if rules.file else f"there is no takedown file beside {archive.content}"
        print(f"Nothing is to be taken down: {why}.")
        return 0
    for told in begun(output, archive.content):
        print(told)
    contents = Contents.all_of(archive.content, rules)
    survey = contents.survey()
    for message in doubtful(rules, (digest for taken in survey.taken.values() for digest in taken)):
        print(message)
    _tell_of_broken(contents.broken)
    found = list(_left_of(output, archive, rules, contents, survey))
    for finding in found:
        print(f"{'LEFT OVER' if finding.left_over else 'elsewhere'}  {finding.file} {finding.message}")
    left = sum(finding.left_over for finding in found)
    if left:
        print(WHAT_TO_DO)
    else:
        print("What was taken out is nowhere in the archive" + (", but said elsewhere as above." if found else "."))
    return 1 if left else 0


def run_find(phrase: str, archive: Archive) -> int:
    """Prints what has these words in a row, or this id, as entries need it; 1 when nothing has."""
    archive.look()
    wanted, entry = words_of(phrase), ""
    broken: list[str] = []
    for place, article in articles_in(archive.content, broken.append):
        lines = list(_matches(article, phrase, wanted))
        if lines:
            print(f"{published(article, Rules()).address.url}  ({archive.content / place})")
            print(f'  article = "{article.id}"  {article.title}')
            print("\n".join(text for text, _ in lines))
            entry = entry or _entry(article, lines[0][1])
    _tell_of_broken(broken)
    if not entry:
        print("Nothing has these words in a row. Try fewer, or those of another sentence.")
        return 1
    print(f"\nAn entry for the first of them:\n\n{entry}")
    print("To redact the words alone without naming them, in the place of: passage = ...")
    digest, words = digest_of_words(phrase)
    print(f'passage-sha256 = "{digest}"\npassage-words = {words}')
    return 0


def _tell_of_broken(broken: Iterable[str]) -> None:
    """Says of files that a build leaves out that nobody looked into them."""
    for told in broken:
        print(f"not looked into, since a build leaves it out: {told}")


def _matches(article: Article, phrase: str, wanted: list[str]) -> Iterator[tuple[str, Comment | None]]:
    body = plain_text(article.body)
    own = (body, article.title, article.standfirst, article.author_note, *article.authors, article.section)
    # As it is written the text also has where links lead, and what stands for pictures.
    saying = _saying((*own, *article.tags, article.url, article.body), wanted)
    if saying is not None or phrase in (article.id, article.url):
        yield f'    text = "{text_digest(body)}"\n    {_excerpt(saying or body, wanted)}', None
    for comment in article.comments:
        text = plain_text(comment.body)
        saying = _saying((text, comment.author, comment.author_url, comment.body), wanted)
        if saying is not None or phrase == comment.id:
            said = ", ".join(filter(None, (comment.author, comment.date)))
            head = f'  comment = "{comment.id}"  {said}\n    text = "{text_digest(text)}"'
            shown = text if saying == comment.author else saying or text
            yield f"{head}\n    {_excerpt(shown, wanted)}", comment


def _saying(texts: Iterable[str], wanted: list[str]) -> str | None:
    """The first of some texts that has these words in a row."""
    return next((text for text in texts if has_run(words_of(text), wanted)), None)


def _excerpt(text: str, wanted: list[str]) -> str:
    """Some of a text, from about where the words begin."""
    text = canonical(text)
    at = max(text.casefold().find(wanted[0] if wanted else "") - _EXCERPT // 3, 0)
    end = at + _EXCERPT
    return ("… " if at else "") + text[at:end] + (" …" if end < len(text) else "")


def _entry(article: Article, comment: Comment | None) -> str:
    lines = ["[[takedown]]", f'article = "{article.id}"', *([f'comment = "{comment.id}"'] if comment else [])]
    lines += ['action = "remove"            # or "anonymise", or "redact" with a passage']
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    lines += ['reason = "..."               # readers see it', f"date = {today}            # when it was decided"]
    return "\n".join(lines) + "\n"
