"""Full-text search of a static archive: the Pelican plugin `backfile.search`."""

from __future__ import annotations


def register() -> None:
    """Called by Pelican when the plugin is loaded."""
    from backfile.hooks import connect

    connect("get_generators", "backfile.search.plugin:generators")
