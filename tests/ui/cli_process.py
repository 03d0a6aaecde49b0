"""Runs the command line as a process of its own, whose lines can be waited for."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

from tests.ui.cli_runner import PRECISION

SCRIPT = [sys.executable, "-c", "from ui.cli.main import main; main()"]


class Process:
    """A command whose lines can be waited for."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [*SCRIPT, *arguments],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PINCITE_THREADS": "1",
                **PRECISION,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: Queue[tuple[float, str]] = Queue()
        self.seen: list[str] = []
        self.told = 0.0
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put((time.monotonic(), line.rstrip("\n")))

    def until(self, part: str, within_s: float = 150.0) -> str:
        """The next line that has this part; ``told`` is when it came, on the monotonic clock."""
        deadline = time.monotonic() + within_s
        while True:
            try:
                self.told, line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"no {part!r} in {self.seen}") from None
            self.seen.append(line)
            if part in line:
                return line

    def send(self, number: int) -> None:
        self._process.send_signal(number)

    def wait(self) -> int:
        return self._process.wait(timeout=30)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[Process]:
    process = Process(folder, *arguments)
    try:
        yield process
    finally:
        process.kill()
