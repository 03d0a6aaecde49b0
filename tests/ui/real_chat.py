"""``pincite chat`` as a user starts it: over a folder of its own, with real index and models."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT
from tests.ui.cli_runner import PRECISION

START_S = 120
END_S = 30
_MAIN = "from ui.cli.main import main; main()"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RealChat:
    """The command in the folder ``home``, where its ``pincite.toml`` and its state lie.

    ``settings`` go into that file. It has one port for life, so that an open page finds it again
    after a restart.
    """

    def __init__(
        self,
        home: Path,
        settings: Mapping[str, object],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        self.port = free_port()
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("PINCITE_")}
        self._environment |= {"PYTHONPATH": str(ROOT), **PRECISION, **(environment or {})}
        self._command = [sys.executable, "-c", _MAIN]
        self._process: subprocess.Popen[str] | None = None
        home.mkdir(exist_ok=True)
        # What JSON makes of strings, numbers and lists of them is TOML as well.
        lines = [f"{key} = {json.dumps(value)}\n" for key, value in settings.items()]
        (home / "pincite.toml").write_text("".join(lines), encoding="utf-8")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def pid(self) -> int:
        """The id of the process that serves."""
        assert self._process is not None
        return self._process.pid

    def run(self, *arguments: str) -> None:
        """Another command over the same state."""
        command = [*self._command, *arguments]
        subprocess.run(command, cwd=self.home, env=self._environment, check=True, timeout=START_S)

    def start(self) -> None:
        """Serve; returns once the page answers."""
        self._process = subprocess.Popen(
            [*self._command, "chat", "--port", str(self.port)],
            cwd=self.home,
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert self.address in line, "the chat did not say where it is"

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it and wait until it is gone; nothing happens where it does not run."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(timeout=END_S)
        finally:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


@contextmanager
def serving(chat: RealChat) -> Iterator[RealChat]:
    """The chat, started, and ended afterwards whatever happens."""
    try:
        chat.start()
        yield chat
    finally:
        chat.end()
