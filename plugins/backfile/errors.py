"""Errors that a person can act on: each names the place and says what to do."""

from __future__ import annotations


class BackfileError(Exception):
    """Base of every error that Backfile raises on purpose.

    `place` is a file, or `file:line`; `advice` says what to do about it.
    """

    def __init__(self, message: str, *, place: str = "", advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.advice = advice

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        if not self.advice:
            return text
        return f"{text}{'' if text.endswith(('.', '!', '?')) else '.'} {self.advice}"


class ContentError(BackfileError):
    """A content file that does not follow `docs/content-format.md`."""


class TakedownError(BackfileError):
    """A takedown file, or what belongs to it, that cannot be used: it ends a build, since nothing may be published."""


class SourceError(BackfileError):
    """A source record that cannot be read as an article."""


class WriteError(BackfileError):
    """A file that cannot be written: no room, no permission. What was there before still is."""


class IndexFormatError(BackfileError):
    """A search file that does not follow `docs/shard-format.md`, or is damaged."""
