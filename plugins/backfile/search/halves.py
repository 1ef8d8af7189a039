"""Inverts many documents in two processes, each of which takes about a half."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection

from backfile.errors import BackfileError
from backfile.search.doctable import Place
from backfile.search.document import SearchDocument
from backfile.search.invert import Run
from backfile.search.store_process import LARGE, StoreTarget

Changed = tuple[SearchDocument, bytes]
"""A document to be written, and its digest."""

HERE = 0.55
"""The part that this process takes: the other has to hand over what it made."""


def invert(language: str, documents: Sequence[Changed], store: StoreTarget, *, helped: bool) -> Run:
    """The run of some documents, which are in the order of a segment and go to a store as well."""
    if not helped or len(documents) < LARGE or sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return _inverted(language, documents, store)
    cut = int(len(documents) * HERE)
    first, rest = documents[:cut], documents[cut:]
    with _Beside(language, cut, rest, store.docs + cut) as beside:
        run = _inverted(language, first, store)
        other, comments = beside.result()
    run.absorb(other)
    for (document, _), tokens in zip(rest, comments, strict=True):
        store.add(document, tokens)
    return run


def _inverted(language: str, documents: Sequence[Changed], store: StoreTarget) -> Run:
    run = Run(language)
    for document, digest in documents:
        store.add(document, run.add(document, digest, Place("", store.docs)))
    return run


class _Beside:
    """A forked process that inverts documents; the first has the number `first` in its run, `record` in the store."""

    def __init__(self, language: str, first: int, documents: Sequence[Changed], record: int) -> None:
        context = multiprocessing.get_context("fork")
        self._connection, other = context.Pipe(duplex=False)
        self._process = context.Process(target=_serve, args=(other, language, first, documents, record), daemon=True)
        self._process.start()
        other.close()

    def __enter__(self) -> _Beside:
        return self

    def __exit__(self, *details: object) -> None:
        self._connection.close()
        if self._process.is_alive():
            self._process.terminate()
        self._process.join()

    def result(self) -> tuple[Run, list[list[int]]]:
        """The run, and how many tokens the comments of each document have."""
        try:
            run, comments = self._connection.recv()
        except EOFError as error:
            raise BackfileError("a process that reads texts for search has ended early") from error
        return run, comments


def _serve(connection: Connection, language: str, first: int, documents: Sequence[Changed], record: int) -> None:
    run = Run(language, first)
    places: Iterator[Place] = (Place("", record + number) for number in range(len(documents)))
    comments = [run.add(document, digest, place) for (document, digest), place in zip(documents, places, strict=True)]
    connection.send((run, comments))
