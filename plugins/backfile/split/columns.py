"""Which columns of a paragraph's style are looked at, alone and against others."""

from __future__ import annotations

from backfile.split.lines import INDEX
from backfile.split.marks import KINDS

LOCAL = ("length", "word_length", "first", "second", "third", "said", "praise", "blame", "thanks",
"greeting", "agree",
         "disagree", "hedge", "slang", "meta", "bio", "closer", "exclaim", "question", "dots", "smile",
         "lower_start",
         "shout", "quotes", "digits", "capitals", "names", "ends", "url", "sentence", "address", "i_first",
         "you_first",
         "open_word", "quote_start", "colon_end", "question_end", "exclaim_end", "attributed", "this_post",
         "glued",
         "commas", "first_plural", "interrogative", "apostrophe", "opening", "closing", "asks_you",
         "vocative",
         "numbered")  # fmt: skip
CONTRAST = ("length", "word_length", "first", "second", "third", "said", "praise", "slang", "hedge",
"exclaim",
            "question", "dots", "smile", "lower_start", "quotes", "digits", "capitals", "names", "ends",
            "sentence",
            "attributed", "commas", "meta", "first_plural", "apostrophe", "i_first", "open_word", "address",
            "opening", "closing", "vocative")  # fmt: skip
LOCAL_INDEX = [INDEX[name] for name in LOCAL]
CONTRAST_INDEX = [INDEX[name] for name in CONTRAST]
KIND = {letter: float(number) for number, letter in enumerate(KINDS)}
"""The number of each kind of line."""
