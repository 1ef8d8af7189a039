"""The names of a boundary's columns, in their order.

R, O, C and P are the scores of register, opener, closer and pair; `R+1` is that of the paragraph after the
one at the boundary, `left` and `right` are the sides of the boundary, and a number says how many paragraphs
are looked at.
"""

from __future__ import annotations

from backfile.split import side, stamps
from backfile.split.columns import CONTRAST, LOCAL

OFFSETS = (-3, -2, -1, 0, 1, 2, 3)
SIDE = ("first", "second", "ends", "length", "said", "exclaim")

PLACE = "is_none j n j_share log_right words_left words_right word_share".split()
RIVALS = """change change_best change_earlier change_later hazard hazard_right P_max_left P_max_right
O_max_left O_max_right
P_rank O_rank change_rank R_min_right5 R_max_left5 R_max_left R_min_left""".split()
COHESION = "span span_before span_after span_left span_right".split()
MARKS = """template_left template_right shape_left shape_right marks_left marks_right counts_left
counts_right says_left
says_right date_left date_right template_previous_right stated lead_style sign_style name_left name_right
recur_first""".split()
WORDS = """overlap_prev overlap_left new_words names_left overlap_next overlap_left_next same_language
language_sides
closes_best3 page_first page_R""".split()
PHRASES = """C_right3 C_right8 C_over_right8 vocative_left vocative_right opening_left6 opening_right6
opening_left
opening_right closing_left3 closing_right3 closing_right8 closing_here quotes_left enumerated with_title
addressed
asks_left2 asks_right3 quotes_right4""".split()

NAMES = [
    *PLACE,
    *(f"{s}{o:+d}" for s in "ROP" for o in OFFSETS),
    *(f"C{o:+d}" for o in (-3, -2, -1, 0, 1)),
    *(f"{s}_{part}" for s in "RP" for part in ("left_mean", "right_mean", "left3", "right3", "right6", "left6")),
    *RIVALS,
    *COHESION,
    *(f"kind{o:+d}" for o in (-2, -1, 0, 1, 2)),
    *MARKS,
    *(f"{which}_{name}" for which in ("cur", "prev") for name in LOCAL),
    *(f"{which}_{name}" for which in ("all", "near", "own") for name in CONTRAST),
    *(f"{which}_{name}" for which in ("left", "right") for name in SIDE),
    *WORDS,
    *(f"{s}_{way}" for s in "ROP" for way in ("over_prev", "over_next")),
    *PHRASES,
    *side.NAMES,
    *stamps.NAMES,
]
