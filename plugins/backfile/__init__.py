"""Backfile: saved articles and their readers' comments as a permanent static archive."""

from __future__ import annotations

__version__ = "0.1.0"
