"""Pages served by a process of its own, which works in a folder of the test's, never ours."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

SERVE_PAGE = "tests.ui.serve_page"


@contextmanager
def running_server(
    module: str,
    state: Path,
    *arguments: str,
    end: signal.Signals = signal.SIGTERM,
    stderr: int | None = None,
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address that ``module`` prints once it serves, and its process.

    It is told the state directory first; ``end`` is the signal it gets at the end.
    """
    command = [sys.executable, "-m", module, str(state), *arguments]
    # What lies in the folder a server is started in is listed: gold files and runs.
    folder = state / "started-in"
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), "the server did not start"
            yield address, process
        finally:
            process.send_signal(end)
