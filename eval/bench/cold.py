"""``pincite search`` from the command line, as a process of its own each time."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from eval.bench.data import Data
from eval.bench.measure import REPEATS, seconds
from index.store import Store
from index.sync import sync
from rag.build import build_embedder
from rag.settings import Settings

_CODE = "from ui.cli.main import main; main()"


def cold_search(data: Data, work: Path) -> dict[str, Any]:
    """Seconds from the start of the process to its end."""
    state = work / "state"
    with closing(Store.create(state)) as store:
        sync(store, data.corpus, build_embedder(Settings(state=state)))
    question = data.questions(1)[0].question
    environment = {**os.environ, "PINCITE_HOME": str(state)}
    command = [sys.executable, "-c", _CODE, "search", question]

    def search() -> None:
        subprocess.run(command, env=environment, check=True, capture_output=True)

    search()
    times = [seconds(search) for _ in range(REPEATS)]
    return {"seconds": round(median(times), 2), "slowest": round(max(times), 2)}
