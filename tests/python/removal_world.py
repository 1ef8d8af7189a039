"""Two articles with readers' comments and images, and entries that take of them down: what removal tests build."""

from __future__ import annotations

import hashlib

from project import pelican

ARTICLE = """Title: {title}
Id: {name}
Slug: {name}
Date: 2009-03-{day}
Authors: Ada Brook
Summary: {summary}
Original-Url: https://old.example/{name}
Source: sha256:{sha} {name}.txt

{body}

<!-- comments -->

<!-- comment c1
Author: Quobin Vexley
-->

{said}

<!-- comment c2
Author: Joe
Parent: c1
-->

@Quobin Vexley: {name}? Never answered.
"""
SOURCES = [
    ARTICLE.format(
        title="Zwanenzang",
        name="swans",
        day=12,
        summary="Kortverhaal about it",
        sha="",
        body="The harbour is *vollgeladen* with swans.\n\n![a]({static}/images/a.png) ![b]({static}/images/b.png)",
        said="Nobody asked me about the grumpelwitz on the pier.",
    ),
    ARTICLE.format(
        title="The ferry",
        name="ferry",
        day=13,
        summary="It sails",
        sha="",
        body="The ferry sails again.\n\n![b]({static}/images/b.png)",
        said="A fine ship with a krakelig name.",
    ),
]
SHA = [hashlib.sha256(text.encode()).hexdigest() for text in SOURCES]
SWANS, FERRY = (text.replace("sha256: ", f"sha256:{sha} ") for text, sha in zip(SOURCES, SHA, strict=True))
ENTRY = '[[takedown]]\nreason = "At the writer’s wish"\ndate = 2024-05-01\n'
REMOVE = f'{ENTRY}article = "swans"\naction = "remove"\nnote = "Ask the library."\n'
COMMENT = f'{ENTRY}article = "ferry"\ncomment = "c1"\naction = "remove"\n'
WITH_READERS = ("-e", "BACKFILE_COMMENTERS=true", 'BACKFILE_REDIRECTS=["netlify"]')


def write(folder, takedown="", **more):
    """Content files, and a takedown file beside them."""
    files = {"a.md": SWANS, "b.md": FERRY, "images/a.png": "a", "images/b.png": "b", **more}
    files |= {f"sources/{sha[:2]}/{sha}.txt": text for sha, text in zip(SHA, SOURCES, strict=True)}
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    if takedown:
        (folder / "takedown.toml").write_text(takedown, "utf-8")


def run(folder, *more):
    return pelican(folder / "content", folder / "output", *(more or WITH_READERS))


def said(done) -> str:
    return " ".join((done.stdout + done.stderr).split())
