"""The thin adapter to Pelican: swaps its generators and its writer for ours, and ends each build."""

from __future__ import annotations

import functools
import gc
import logging
from collections.abc import Callable
from typing import Any

from pelican.generators import Generator

from backfile.build.adapter.generators import SWAPPED, WithTemplates
from backfile.build.adapter.resting import RESTING
from backfile.build.adapter.session import Session
from backfile.build.adapter.writer import IncrementalWriter

log = logging.getLogger(__name__)


def swap_generators(pelican: Any) -> None:
    """Lets this Pelican ask us for its generators: the one place where we step in front of its own code."""
    if pelican.settings["DELETE_OUTPUT_DIRECTORY"]:
        log.warning("DELETE_OUTPUT_DIRECTORY is on, so every page is made anew. Pages that vanish are removed anyway.")
    original = pelican._get_generator_classes
    pelican._get_generator_classes = functools.partial(_generators, pelican, original)


def _generators(pelican: Any, original: Callable[[], list[type]]) -> list[type]:
    """Begins a build: Pelican asks for its generators at the start of each."""
    unfinished = getattr(pelican, "backfile_session", None)
    if unfinished is not None:
        unfinished.abandon()
    if getattr(pelican, "backfile_builds", 0):
        gc.unfreeze()
        gc.collect()  # what the build before left, as long as `pelican -r` goes on
    pelican.backfile_builds = 1
    # Nearly all that is made from now on stays until the end: looking for what does not would take a tenth of the time.
    gc.disable()
    try:
        session = pelican.backfile_session = Session(pelican)
    except BaseException:
        gc.enable()
        raise
    if session.standing is not None:
        return [_bound(kind, session) for kind in RESTING]
    return [_bound(SWAPPED[kind], session) if kind in SWAPPED else _prepared(kind, session) for kind in original()]


def choose_writer(pelican: Any) -> type | None:
    """Our writer, for the build that is going on."""
    session = getattr(pelican, "backfile_session", None)
    if not session or session.standing is not None:
        return None
    session.begin_writing()
    return _bound(IncrementalWriter, session)


def finish(pelican: Any) -> None:
    """Ends the build."""
    session = getattr(pelican, "backfile_session", None)
    if session is not None:
        pelican.backfile_session = None
        session.close() if session.standing is None else session.stand()


def _prepared(kind: type, session: Session) -> type:
    """Another plugin's generator, whose templates are compiled once as ours are."""
    return _bound(type(kind.__name__, (WithTemplates, kind), {}), session) if issubclass(kind, Generator) else kind


def _bound(kind: type, session: Session) -> type:
    """A class that knows its session; Pelican makes the objects itself."""
    return type(kind.__name__, (kind,), {"session": session, "__module__": kind.__module__, "__doc__": kind.__doc__})
