"""Builds whose cost follows the change: the Pelican plugin `backfile.build`. How: docs/building.md."""

from __future__ import annotations


def register() -> None:
    """Called by Pelican when the plugin is loaded."""
    from backfile.build.plugin import register as connect

    connect()
