"""Ways through an archive, and what can be taken away from it: the Pelican plugin `backfile.browse`."""

from __future__ import annotations


def register() -> None:
    """Called by Pelican when the plugin is loaded."""
    from backfile.browse.plugin import register as connect

    connect()
