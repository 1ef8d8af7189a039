"""Train the weights: `python -m benchmarks.split_training.train [--data PAGES.jsonl] [--out FILE]`.

Without `--data` it trains on the Dragnet training pages. The result depends on nothing but the data.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np

from backfile.split import page, weights
from benchmarks.split_training import corpus, decide, dragnet, forests, pipeline, words
from benchmarks.split_training.decide import Rule
from benchmarks.split_training.pipeline import Fitted

LEAF_STEP = 0.002


def pack(model: Fitted, rule: Rule) -> bytes:
    """The bytes of the weights file."""
    pair, side = model.paragraphs
    steps = np.rint(model.words.weights / words.STEP).astype(int)
    kept = [(key, i) for key, i in model.words.vocabulary.items() if steps[i].any()]
    data = {
        "format": weights.FORMAT,
        "words": {
            "keys": [key for key, _ in kept],
            "weights": [[int(steps[i, column]) for _, i in kept] for column in range(3)],
            "scale": words.STEP,
            "bias": list(map(float, model.words.bias)),
        },
        "pair": _forest(page.PAIR_NAMES, [pair]),
        "side": _forest(weights.SIDE_NAMES, [side]),
        "rank": {
            **_forest(weights.RANK_NAMES, model.rank.forests),
            "mix": pipeline.MIX,
            "planes": {name: asdict(parts) for name, parts in model.rank.planes.items()},
        },
        "calibration": {"split": rule.split_line, "none": rule.none_line},
        "thresholds": rule.thresholds,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _forest(columns: Sequence[str], boosters: Sequence[lgb.Booster]) -> dict[str, Any]:
    return {"scale": LEAF_STEP, "columns": list(columns), "trees": forests.flat_trees(boosters, LEAF_STEP)}


def main() -> None:
    """Cross-validate for the thresholds, then train on everything and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="pages as JSON Lines (see corpus.py); without it the Dragnet pages")
    parser.add_argument("--out", type=Path, default=Path(weights.__file__).with_name(weights.FILE))
    parser.add_argument("--dump", type=Path, help="keep the cross-validated posteriors, for analysis")
    parser.add_argument("--cache", type=Path, help="a folder that keeps what the stages before the ranking found")
    options = parser.parse_args()
    records = corpus.read_jsonl(options.data) if options.data else dragnet.records()
    samples = words.look(records)
    store = pipeline.Store(options.cache)
    judged = [decide.judge(s, p) for s, p in zip(samples, pipeline.nested(samples, store), strict=True)]
    if options.dump:
        options.dump.write_bytes(pickle.dumps(judged))
    rule = decide.fit_rule(judged)
    blob = pack(pipeline.fit(samples, store), rule)
    options.out.write_bytes(blob)
    lines = f"thresholds {rule.thresholds}, calibration {rule.split_line} {rule.none_line}"
    print(f"{options.out}: {len(blob):,} bytes, {lines}")


if __name__ == "__main__":
    main()
