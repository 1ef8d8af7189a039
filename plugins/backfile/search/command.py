"""`backfile search OUTPUT QUERY`: asks the index of a built site through Whoosh."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from backfile.search.query import as_json, lines, search


def run_search(output: Path, query: str, *, limit: int = 10, json_output: bool = False) -> int:
    """Prints the best documents; returns 0, also when none is found. Raises IndexFormatError."""
    results = search(output, query, limit)
    if json_output:
        json.dump(as_json(results), sys.stdout, ensure_ascii=False)
        print()
    else:
        for line in lines(results):
            print(line)
    return 0
