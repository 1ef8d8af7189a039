"""How work grows with its input: measured by ratio, since what a second holds is the machine's business.

Eight times the input may cost some twenty times the work: eight for what is linear, a little for sorting, and twice
that for a machine with other things to do; what is quadratic costs sixty-four times as much.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

TIMES = 8
MOST = 22.0
_FLOOR = 0.004
"""Processor seconds below which clocks are too coarse: the smaller input is taken to cost so much."""


def spent(work: Callable[[Any], object], given: Any) -> float:
    """Processor seconds of this process."""
    gc.disable()  # how much there is to collect is other tests' business
    began = time.process_time()
    try:
        work(given)
        return time.process_time() - began
    finally:
        gc.enable()


def growth(work: Callable[[Any], object], small: Any, large: Any) -> float:
    """How many times the work on the smaller input the larger one costs; measured again before it is too much."""
    much = spent(work, large)
    if much <= MOST * _FLOOR:
        return 0.0
    little = spent(work, small)
    for _ in range(3):
        if much <= MOST * max(little, _FLOOR):
            break
        little, much = max(little, spent(work, small)), min(much, spent(work, large))
    return much / max(little, _FLOOR)
