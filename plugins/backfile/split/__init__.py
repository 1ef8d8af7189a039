"""Finds where an article ends and its comments begin, tells the comments apart, and knows an article's
furniture.

Pure: paragraphs in, decisions with their confidence out. `docs/splitting.md` explains the model.
"""

from __future__ import annotations

from backfile.model import DOUBTFUL_BELOW
from backfile.split.boundary import SplitResult, split
from backfile.split.comments import FoundComment, separate
from backfile.split.furniture import Furniture, Head, Tail, parse_furniture, read_head, read_tail

__all__ = [
    "DOUBTFUL_BELOW",
    "FoundComment",
    "Furniture",
    "Head",
    "SplitResult",
    "Tail",
    "parse_furniture",
    "read_head",
    "read_tail",
    "separate",
    "split",
]
