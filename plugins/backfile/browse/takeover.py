"""What becomes of Pelican's own settings: fonts are copied, and the feed of the whole archive is ours to write.

Pelican's completes a date that is known by its month or year. Ours stands where its would.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from backfile.browse.fonts import check_fonts
from backfile.settings import read_settings

ATOM = "_BACKFILE_ATOM"
"""The setting that says where the Atom feed of the whole archive stands, once it is ours."""


def take_over(pelican: Any) -> None:
    """Takes the feed over from Pelican and has fonts copied; ends a build whose settings cannot be meant."""
    settings, ours = pelican.settings, read_settings(pelican.settings)
    check_fonts(ours.fonts, Path(settings["PATH"]))
    settings["STATIC_PATHS"] = [*settings["STATIC_PATHS"], *ours.fonts]
    if ours.feeds and any(plugin.__name__ == "backfile.comments" for plugin in pelican.plugins):
        settings[ATOM], settings["FEED_ALL_ATOM"] = settings["FEED_ALL_ATOM"], None
