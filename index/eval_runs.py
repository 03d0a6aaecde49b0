"""Which folders hold a run of the eval: a record of questions and answers, no document of anybody.

Known by its record alone, and that by its keys: a folder of a user's own may have a run.json too.
"""

import json
from collections.abc import Mapping
from pathlib import Path

FILES = ("run.json", "items.jsonl", "results.jsonl", "judge.jsonl", "report.html", "summary.json")
"""What a run writes into its folder, its record first."""
RECORD = FILES[0]
EVAL_RUN = "a run of pincite eval, no document: not read"
"""Why such a folder has no documents, as the listing tells it."""

_KEYS = frozenset({"gold", "items", "mode", "model", "settings", "started"})
_MOST_BYTES = 1_000_000


def run_record(folder: Path) -> Mapping[str, object] | None:
    """The record of the run that a folder holds, None when it holds none or it is damaged."""
    file = folder / RECORD
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return None
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.keys() >= _KEYS else None
