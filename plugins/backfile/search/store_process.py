"""Writes a large store in a process of its own, beside the one that inverts the same documents."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from backfile.errors import BackfileError
from backfile.search.document import SearchDocument
from backfile.search.helper import Helper
from backfile.search.manifest import Store
from backfile.search.store import StoreWriter

BATCH = 256
LARGE = 2_000
"""From so many documents on a second process pays."""


class StoreTarget(Protocol):
    """What takes documents in order and becomes a store."""

    docs: int

    def __enter__(self) -> StoreTarget:
        """Begins."""

    def __exit__(self, *details: object) -> None:
        """Gives up, when it was not finished."""

    def add(self, document: SearchDocument, comment_tokens: Sequence[int]) -> object:
        """Takes the next document, and how many tokens each of its comments has."""

    def finish(self) -> Store:
        """What the manifest says of the store."""


class StoreBeside:
    """The same, written by a forked process that is sent the documents in batches."""

    def __init__(self, folder: Path) -> None:
        self._helper = Helper("writes texts", _serve, folder)
        self._waiting: list[tuple[SearchDocument, Sequence[int]]] = []
        self.docs = 0

    def __enter__(self) -> StoreBeside:
        self._helper.__enter__()
        return self

    def __exit__(self, *details: Any) -> None:
        self._helper.__exit__(*details)

    def add(self, document: SearchDocument, comment_tokens: Sequence[int]) -> None:
        """Takes the next document, and how many tokens each of its comments has."""
        self._waiting.append((document, comment_tokens))
        if len(self._waiting) >= BATCH:
            self._send()
        self.docs += 1

    def _send(self) -> None:
        self._helper.send(self._waiting)
        self._waiting = []

    def finish(self) -> Store:
        """Waits for the files."""
        if self._waiting:
            self._send()
        self._helper.send(None)
        answer = self._helper.receive()
        if not isinstance(answer, Store):
            raise BackfileError(f"the texts for search could not be written: {answer}")
        return answer


def _serve(connection: Connection, folder: Path) -> None:
    try:
        with StoreWriter(folder) as store:
            while (documents := connection.recv()) is not None:
                for document, comment_tokens in documents:
                    store.add(document, comment_tokens)
            connection.send(store.finish())
    except (BackfileError, OSError, EOFError) as error:
        connection.send(str(error))


def open_store(folder: Path, documents: int) -> StoreTarget:
    """A store for about so many documents."""
    beside = documents >= LARGE and sys.platform == "linux"
    return StoreBeside(folder) if beside else StoreWriter(folder)
