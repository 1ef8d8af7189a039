"""Ways through an archive, and what can be taken away from it: the Pelican plugin `backfile.browse`."""

from __future__ import annotations


def register() -> None:
    """Called by Pelican when the plugin is loaded."""
    from backfile.hooks import connect

    connect("initialized", "backfile.browse.takeover:take_over")
    connect("generator_init", "backfile.browse.plugin:prepare_generator")
    connect("get_generators", "backfile.browse.plugin:generators")
