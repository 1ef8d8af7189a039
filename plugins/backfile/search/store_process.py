"""Writes a large store in a process of its own, beside the one that inverts the same documents."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from backfile.errors import BackfileError
from backfile.search.analysis import keys_for
from backfile.search.document import SearchDocument
from backfile.search.invert import comment_lengths
from backfile.search.languages import stemmer_name
from backfile.search.manifest import Store
from backfile.search.store import StoreWriter

BATCH = 256
LARGE = 2_000
"""From so many documents on a second process pays."""


class StoreTarget(Protocol):
    """What takes documents in order and becomes a store."""

    def __enter__(self) -> StoreTarget:
        """Begins."""

    def __exit__(self, *details: object) -> None:
        """Gives up, when it was not finished."""

    def add(self, document: SearchDocument) -> int:
        """Takes the next document; returns its number."""

    def finish(self) -> Store:
        """What the manifest says of the store."""


class StoreHere:
    """A store that this process writes."""

    def __init__(self, folder: Path, language: str) -> None:
        self._writer = StoreWriter(folder)
        self._language = language

    def __enter__(self) -> StoreHere:
        self._writer.__enter__()
        return self

    def __exit__(self, *details: Any) -> None:
        self._writer.__exit__(*details)

    def add(self, document: SearchDocument) -> int:
        """Takes the next document; returns its number."""
        keys = keys_for(stemmer_name(document.language, self._language))
        return self._writer.add(document, comment_lengths(document, keys))

    def finish(self) -> Store:
        """Writes the files."""
        return self._writer.finish()


class StoreBeside:
    """The same, written by a forked process that is sent the documents in batches."""

    def __init__(self, folder: Path, language: str) -> None:
        context = multiprocessing.get_context("fork")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, folder, language), daemon=True)
        self._waiting: list[SearchDocument] = []
        self._docs = 0

    def __enter__(self) -> StoreBeside:
        self._process.start()
        return self

    def __exit__(self, *details: object) -> None:
        self._connection.close()
        if self._process.is_alive():
            self._process.terminate()
        self._process.join()

    def add(self, document: SearchDocument) -> int:
        """Takes the next document; returns its number."""
        self._waiting.append(document)
        if len(self._waiting) >= BATCH:
            self._send()
        self._docs += 1
        return self._docs - 1

    def _send(self) -> None:
        try:
            self._connection.send(self._waiting)
        except OSError as error:
            raise BackfileError("the process that writes the texts for search has ended early") from error
        self._waiting = []

    def finish(self) -> Store:
        """Waits for the files."""
        if self._waiting:
            self._send()
        self._connection.send(None)
        answer = self._connection.recv()
        if not isinstance(answer, Store):
            raise BackfileError(f"the texts for search could not be written: {answer}")
        return answer


def _serve(connection: Connection, folder: Path, language: str) -> None:
    try:
        with StoreHere(folder, language) as store:
            while (documents := connection.recv()) is not None:
                for document in documents:
                    store.add(document)
            connection.send(store.finish())
    except (BackfileError, OSError, EOFError) as error:
        connection.send(str(error))


def open_store(folder: Path, language: str, documents: int) -> StoreTarget:
    """A store for about so many documents."""
    beside = documents >= LARGE and sys.platform == "linux"
    return StoreBeside(folder, language) if beside else StoreHere(folder, language)
