"""Writes a large store in a process of its own, beside the one that inverts the same documents."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from backfile.errors import BackfileError
from backfile.search.helper import Helper, pays
from backfile.search.manifest import Store
from backfile.search.store import Stored, StoreWriter

BATCH = 256


class StoreTarget(Protocol):
    """What takes documents in order and becomes a store."""

    docs: int

    def __enter__(self) -> StoreTarget:
        """Begins."""

    def __exit__(self, *details: object) -> None:
        """Gives up, when it was not finished."""

    def add(self, document: Stored, comment_tokens: Sequence[int]) -> object:
        """Takes the next document, and how many tokens each of its comments has."""

    def end(self) -> None:
        """No document follows."""

    def finish(self) -> Store:
        """What the manifest says of the store."""


class StoreBeside:
    """The same, written by a forked process that knows the first documents, and is sent the others in batches."""

    def __init__(self, folder: Path, first: Sequence[Stored]) -> None:
        self._helper = Helper("writes texts", _serve, folder, first)
        self._known = len(first)
        self._waiting: list[tuple[Stored | None, Sequence[int]]] = []
        self.docs = 0

    def __enter__(self) -> StoreBeside:
        self._helper.__enter__()
        return self

    def __exit__(self, *details: Any) -> None:
        self._helper.__exit__(*details)

    def add(self, document: Stored, comment_tokens: Sequence[int]) -> None:
        """Takes the next document, and how many tokens each of its comments has."""
        self._waiting.append((None if self.docs < self._known else document, comment_tokens))
        if len(self._waiting) >= BATCH:
            self._send()
        self.docs += 1

    def _send(self) -> None:
        self._helper.send(self._waiting)
        self._waiting = []

    def end(self) -> None:
        """Lets the files be written, for which nobody waits yet."""
        if self._waiting:
            self._send()
        self._helper.send(None)

    def finish(self) -> Store:
        """Waits for the files, after `end`."""
        answer = self._helper.receive()
        if not isinstance(answer, Store):
            raise BackfileError(f"the texts for search could not be written: {answer}")
        return answer


def _serve(connection: Connection, folder: Path, first: Sequence[Stored]) -> None:
    known = iter(first)
    try:
        with StoreWriter(folder) as store:
            while (documents := connection.recv()) is not None:
                for document, comment_tokens in documents:
                    store.add(document or next(known), comment_tokens)
            connection.send(store.finish())
    except (BackfileError, OSError, EOFError) as error:
        connection.send(str(error))


def open_store(folder: Path, first: Sequence[Stored]) -> StoreTarget:
    """A store to which these documents are added first, in this order."""
    return StoreBeside(folder, first) if pays(len(first)) else StoreWriter(folder)
