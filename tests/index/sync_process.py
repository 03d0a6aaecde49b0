"""A sync in a process of its own: ``python -m tests.index.sync_process FOLDER STATE [PAUSE_S]``.

With a pause it works in small steps and slowly, so that it can be killed in the middle of each.
Prints "syncing" once everything is imported and the work begins.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import index.mirror
import index.sync
import index.vectors
from index.embedding import Vectors
from index.lock import writer_lock
from index.store import Store
from tests.index.corpora import Library
from tests.index.fakes import HashEmbedder

ROOT = Path(__file__).parents[2]


class SlowEmbedder(HashEmbedder):
    def __init__(self, pause_s: float) -> None:
        super().__init__()
        self.pause_s = pause_s

    def documents(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self.pause_s)
        return super().documents(texts)


def start_sync(
    folder: Path, state: Path, pause_s: float = 0.0, *, wait: bool = True
) -> subprocess.Popen[str]:
    """Returns once the work has begun; the caller waits for the end, or kills."""
    command = [sys.executable, "-m", __name__, str(folder), str(state), str(pause_s)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=None if wait else subprocess.PIPE,
        text=True,
    )
    if wait:
        assert process.stdout is not None
        assert process.stdout.readline() == "syncing\n"
    return process


def sync_elsewhere(library: Library) -> None:
    """To its end."""
    with start_sync(library.folder, library.state) as process:
        pass
    assert process.returncode == 0


def main(folder: Path, state: Path, pause_s: float) -> None:
    if pause_s:
        index.sync._GROUP_TEXTS = 8
        index.vectors._BATCH = 4
    # Chroma takes a second to import: not in the time in which kills are to hit the work.
    import chromadb  # noqa: F401

    with writer_lock(state):
        print("syncing", flush=True)  # noqa: T201
        store = Store.create(state)
        try:
            index.sync.sync(store, folder, SlowEmbedder(pause_s))
        finally:
            store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
