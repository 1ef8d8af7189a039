"""Builds whose cost follows the change: the Pelican plugin `backfile.build`. How: docs/building.md."""

from __future__ import annotations


def register() -> None:
    """Called by Pelican when the plugin is loaded."""
    from backfile.hooks import connect

    connect("initialized", "backfile.build.plugin:swap_generators")
    connect("get_writer", "backfile.build.plugin:choose_writer")
    connect("finalized", "backfile.build.plugin:finish")
