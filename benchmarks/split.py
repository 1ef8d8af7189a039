"""Cross-validated figures of the splitter: `python -m benchmarks.split [--check | --pin]`.

Five parts by groups of near-duplicate pages; every stage, the thresholds and the calibration of a part come
from the other parts, and within these each stage learns from what the stages before it said of pages that they
had not seen. `--check`
compares with `split_baseline.json` and fails when a figure got worse; `--pin` writes it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.split_training import decide, dragnet, pipeline, words
from benchmarks.split_training.corpus import fold

BASELINE = Path(__file__).with_name("split_baseline.json")
LOWER_IS_BETTER = frozenset(("missed", "false_split", "calibration_error"))
SLACK = 0.0005


def measure(cache: Path | None = None) -> dict[str, dict[str, list[float]]]:
    """Each figure of each variant, with its 95 % interval over resampled pages."""
    samples = words.look(dragnet.records())
    posteriors = pipeline.nested(samples, pipeline.Store(cache))
    pages = [decide.judge(s, p) for s, p in zip(samples, posteriors, strict=True)]
    return summary(pages)


def summary(pages: Sequence[decide.Judged]) -> dict[str, dict[str, list[float]]]:
    """The figures of judged pages; rule and calibration of each part come from the other parts."""
    made = decide.decisions(pages, [fold(p.group, pipeline.FOLDS) % pipeline.OUTER for p in pages])
    chance = random.Random(0)
    result: dict[str, dict[str, list[float]]] = {}
    for variant in ("easy", "hard"):
        rows = [d for d in made if d[0].variant == variant]
        drawn = [decide.figures(chance.choices(rows, k=len(rows))) for _ in range(400)]
        result[variant] = {}
        for name, value in decide.figures(rows).items():
            spread = sorted(d[name] for d in drawn)
            result[variant][name] = [round(value, 4), round(spread[9], 4), round(spread[389], 4)]
    return result


def worse(found: dict[str, dict[str, list[float]]], pinned: dict[str, dict[str, list[float]]]) -> list[str]:
    """The figures that got worse, each as a sentence."""
    said = []
    for variant, figures in pinned.items():
        for name, (value, *_) in figures.items():
            now = found[variant][name][0]
            loss = now - value if name in LOWER_IS_BETTER else value - now
            if loss > SLACK:
                said.append(f"{variant} {name}: {now:.4f}, pinned {value:.4f}")
    return said


def main() -> None:
    """Measure, print, and compare or pin."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail when a figure is worse than pinned")
    parser.add_argument("--pin", action="store_true", help="write the figures as the new baseline")
    parser.add_argument("--posteriors", type=Path, help="what `train --dump` kept, instead of training again")
    parser.add_argument("--cache", type=Path, help="as of `train`")
    options = parser.parse_args()
    found = summary(pickle.loads(options.posteriors.read_bytes())) if options.posteriors else measure(options.cache)
    for variant, figures in found.items():
        for name, (value, low, high) in figures.items():
            print(f"{variant:5} {name:20} {value:.3f} [{low:.3f}, {high:.3f}]")
    if options.pin:
        BASELINE.write_text(json.dumps(found, indent=1) + "\n")
    if options.check and (said := worse(found, json.loads(BASELINE.read_text()))):
        raise SystemExit("\n".join(["worse than pinned:", *said]))


if __name__ == "__main__":
    main()
