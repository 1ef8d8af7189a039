"""A small site in which every text has words of its own, and random takedowns of it, for tests of removal."""

from __future__ import annotations

import random
from pathlib import Path

from backfile.search import shard
from backfile.search.codec import Cursor
from backfile.search.entries import read_keys
from backfile.takedown.canonical import text_digest
from build_world import World, put
from project import ROOT

PLUGINS = ("backfile.comments", "backfile.browse", "backfile.build", "backfile.search")
NAMES = ("Quobin Vexley", "Mirtha", "Olgwen O'Dray", "Tarn_Pell")
COMMON = "harbour ferry council pool mayor bridge lamp street school river market storm".split()


class Taken(World):
    """Articles a0, a1, ...: `words` are those that only one text has, by (article, what)."""

    def __init__(self, root: Path, chance: random.Random, pieces: int = 4) -> None:
        super().__init__(root, chance, theme=ROOT / "theme", plugins=PLUGINS)
        for path in self.articles():
            path.unlink()
        self.settings |= {"BACKFILE_COMMENTERS": True, "BACKFILE_COMMENTS_PER_PAGE": 3, "SITEURL": "https://x.example"}
        self.settings |= {"BACKFILE_REDIRECTS": ["netlify"], "DEFAULT_PAGINATION": 2}
        self.words: dict[tuple[str, str], str] = {}
        self.comments: dict[str, list[tuple[str, str, str]]] = {}
        self.entries: list[dict[str, object]] = []
        for number in range(pieces):
            self.piece(f"a{number}")

    def word(self, article: str, what: str) -> str:
        """A word that no other text has; letters alone, so that every kind of search file would hold it."""
        number = len(self.words)
        made = "zq" + "".join("abcdefghij"[int(digit)] for digit in f"{number:04}") + "k"
        return self.words.setdefault((article, what), made)

    def piece(self, name: str) -> None:
        """Writes an article; its address has none of its words."""
        chance, common = self.chance, lambda: " ".join(self.chance.choices(COMMON, k=5))
        sha = f"{len(self.words):064x}"
        head = [
            f"Title: {common()} {self.word(name, 'title')}",
            f"Id: {name}x",
            f"Slug: piece-{name}",
            *([f"Date: 200{chance.randrange(5, 8)}-03-0{chance.randrange(1, 9)}"] if chance.random() < 0.8 else []),
            f"Authors: Ada Brook; By {self.word(name, 'author')}",
            f"Summary: {common()} {self.word(name, 'standfirst')}",
            f"Original-Url: https://old.example/{self.word(name, 'url')}/",
            f"Source: sha256:{sha} {name}.txt",
        ]
        image = f"images/{name}.png"
        body = f"{common()} *{self.word(name, 'body')}* {common()}\n\n![]({{static}}/{image})"
        said = []
        for at in range(chance.randrange(0, 6)):
            writer = chance.choice(NAMES)
            text = f"{common()} {self.word(name, f'c{at}')} {common()}"
            if said and chance.random() < 0.5:
                text = f"@{said[-1][1]}: {text}"
            said.append((f"c{at}", writer, text))
        self.comments[name] = said
        thread = "".join(
            f"\n<!-- comment {ident}\nAuthor: {writer}\n"
            f"{f'Parent: c{at - 1}' if at % 2 else 'Lang: en'}\n-->\n\n{text}\n"
            for at, (ident, writer, text) in enumerate(said)
        )
        head_text = "\n".join(head)
        text = f"{head_text}\n\n{body}\n\n<!-- comments -->\n{thread}"
        put(self.root / "content" / f"{name}.md", text)
        put(self.root / "content" / image, self.word(name, "image"))
        put(self.root / "content" / f"sources/{sha[:2]}/{sha}.txt", text)

    def takedown(self) -> None:
        """One random entry more."""
        chance = self.chance
        name = chance.choice(sorted(self.comments))
        said = self.comments[name]
        entry: dict[str, object] = {"reason": "asked for", "date": "2024-05-01"}
        kind = chance.choice(["article", "comment", "text", "commenter", "name", "passage", "authors", "digest"])
        if kind == "article":
            entry |= {"action": "remove", "article": f"{name}x", "keep-title": chance.random() < 0.3}
            entry |= {"keep-address": False} if not entry["keep-title"] and chance.random() < 0.4 else {}
        elif kind == "comment" and said:
            entry |= {"action": "remove", "article": f"https://old.example/{self.words[name, 'url']}", "comment": "c0"}
        elif kind == "text" and said:
            entry |= {"action": "remove", "text": text_digest(said[-1][2])}
        elif kind == "commenter":
            entry |= {"action": "remove", "commenter": chance.choice(NAMES), "article": f"{name}x"}
        elif kind == "name":
            entry |= {"action": "anonymise", "commenter": chance.choice(NAMES).upper()}
        elif kind == "authors":
            entry |= {"action": "anonymise", "article": f"{name}x"}
        elif kind == "passage":
            what = chance.choice(["title", "body", "standfirst", *(ident for ident, _, _ in said)])
            entry |= {"action": "redact", "everywhere": True, "passage": self.words[name, what]}
        else:
            what = self.words[name, "body"]
            entry |= {
                "action": "redact",
                "article": f"{name}x",
                "passage-words": 1,
                "passage-sha256": text_digest(what),
            }
        self.entries.append(entry)
        self.write()

    def delete(self) -> None:
        """Deletes an article, and its image, as the documentation says: no entry can tell whose it was then."""
        path = self.some()
        path.unlink()
        (self.root / "content" / "images" / f"{path.stem}.png").unlink(missing_ok=True)

    def forget(self) -> None:
        """One entry less."""
        if self.entries:
            self.entries.pop(self.chance.randrange(len(self.entries)))
            self.write()

    def write(self) -> None:
        """Writes the takedown file."""
        put(self.root / "takedown.toml", "\n".join(map(toml, self.entries)))

    def gone(self) -> dict[str, str]:
        """The words that must be nowhere, each with the reason; worked out apart from the code under test."""
        found: dict[str, str] = {}
        for entry in self.entries:
            for name, said in self.comments.items():
                named = entry.get("article")
                if named and named not in (f"{name}x", f"https://old.example/{self.words[name, 'url']}"):
                    continue
                for what in self._gone_of(entry, name, said):
                    found[self.words[name, what]] = str(entry)
        for entry in self.entries:
            if "passage" in entry:
                found[str(entry["passage"])] = str(entry)
            if entry["action"] == "anonymise" and "commenter" in entry:
                found[str(entry["commenter"]).casefold()] = str(entry)
        return found

    def _gone_of(self, entry: dict[str, object], name: str, said: list[tuple[str, str, str]]) -> list[str]:
        if entry["action"] == "anonymise":
            return ["author"] if "article" in entry else []
        if entry["action"] == "redact":
            return ["body"] if "passage-sha256" in entry else []
        if not {"comment", "text", "commenter"} & set(entry):
            kept = ["title"] if entry.get("keep-title") else []
            every = [what for of, what in self.words if of == name]
            return [what for what in every if what not in kept]
        return [
            ident
            for ident, writer, text in said
            if ("comment" in entry and ident == entry["comment"])
            or ("text" in entry and text_digest(text) == entry["text"])
            or ("commenter" in entry and writer == entry["commenter"])
        ]


def toml(entry: dict[str, object]) -> str:
    """An entry as the file has it."""
    values = {True: "true", False: "false"}
    lines = [
        f"{key} = "
        + (values[value] if isinstance(value, bool) else str(value) if isinstance(value, int) else f'"{value}"')
        for key, value in entry.items()
    ]
    return "\n".join(["[[takedown]]", *lines]) + "\n"


def everything_readable(output: Path) -> dict[str, str]:
    """The text of every file of an output, search files decoded, in small letters."""
    found = {}
    for path in output.rglob("*"):
        if path.is_file():
            name, data = path.relative_to(output).as_posix(), path.read_bytes()
            if name.startswith("search/x/"):
                data = decoded(f"{path.parent.name}/{path.stem}", data)
            found[name] = data.decode("utf-8", "replace").casefold()
    return found


def decoded(name: str, data: bytes) -> bytes:
    payload = shard.unwrap(name, data)
    letter, cursor = chr(payload[3]), Cursor(payload, 4)
    keys = []
    if letter in "tw":
        for key, body in read_keys(cursor, bodies=letter == "t"):
            keys.append(key.encode())
            if letter == "w":
                body.uint()
    return b"\n".join([payload, *keys])
