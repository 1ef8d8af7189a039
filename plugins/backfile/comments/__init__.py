"""Threads of comments on articles: the Pelican plugin `backfile.comments`."""

from __future__ import annotations


def register() -> None:
    """Called by Pelican when the plugin is loaded."""
    from backfile.comments.plugin import register as connect

    connect()
