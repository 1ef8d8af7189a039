"""Inverts many documents in two processes, each of which takes about a half."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.connection import Connection

from backfile.search.doctable import Place
from backfile.search.document import SearchDocument
from backfile.search.helper import Helper, pays
from backfile.search.invert import Run
from backfile.search.store_process import StoreTarget

Changed = tuple[SearchDocument, bytes]
"""A document to be written, and its digest."""

HERE = 0.55
"""The part that this process takes: the other has to hand over what it made."""


def invert(run: Run, documents: Sequence[Changed], store: StoreTarget, *, helped: bool) -> None:
    """Adds some documents, which are in the order of a segment, to a run and to a store."""
    if not helped or not pays(len(documents)):
        _invert(run, documents, store)
        return
    cut = int(len(documents) * HERE)
    first, rest = documents[:cut], documents[cut:]
    with Helper("reads texts", _serve, run.language, len(run.table) + cut, rest, store.docs + cut) as helper:
        _invert(run, first, store)
        other, comments = helper.receive()
    run.absorb(other)
    for (document, _), tokens in zip(rest, comments, strict=True):
        store.add(document, tokens)


def _invert(run: Run, documents: Sequence[Changed], store: StoreTarget) -> None:
    for document, digest in documents:
        store.add(document, run.add(document, digest, Place("", store.docs)))


def _serve(connection: Connection, language: str, first: int, documents: Sequence[Changed], record: int) -> None:
    """Sends a run, of which the first document has the number `first`, and in the store `record`; and how many tokens
    the comments of each document have."""
    run = Run(language, first)
    numbered = enumerate(documents, record)
    comments = [run.add(document, digest, Place("", at)) for at, (document, digest) in numbered]
    connection.send((run.plain(), comments))
