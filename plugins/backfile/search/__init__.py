"""Full-text search of a static archive: the Pelican plugin `backfile.search`."""

from __future__ import annotations

from backfile.search.check import check_index

__all__ = ["check_index", "register"]


def register() -> None:
    """Called by Pelican when the plugin is loaded."""
    from backfile.search.plugin import register as connect

    connect()
