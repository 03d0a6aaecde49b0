"""What a process has to do with the world outside: its sockets, and a trap for what it sends.

The kernel tells the sockets of now, the trap whatever tries to leave by a proxy or to a model
server named in the environment, however short it may be.
"""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import pytest

TABLES = ("tcp", "tcp6", "udp", "udp6")
LINUX_ONLY = pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="needs /proc")
WRONG_KEY = "sk-lying-in-the-environment"


def foreign_sockets(pid: int) -> set[str]:
    """The addresses beyond this machine that a process is bound or connected to."""
    inodes = _inodes(pid)
    found: set[str] = set()
    for table in TABLES:
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            local, remote, inode = (line.split()[i] for i in (1, 2, 9))
            if inode in inodes:
                # Bound to all addresses, a socket can be reached from outside.
                connected = set(remote.partition(":")[0]) != {"0"}
                found.add(_address(remote if connected else local))
    return {address for address in found if not ip_address(address).is_loopback}


def _inodes(pid: int) -> set[str]:
    inodes: set[str] = set()
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            to = os.readlink(f"/proc/{pid}/fd/{name}")
        except FileNotFoundError:
            continue  # Closed meanwhile.
        if to.startswith("socket:["):
            inodes.add(to[len("socket:[") : -1])
    return inodes


def _address(written: str) -> str:
    """An address of /proc/net: words of four bytes, each as this machine orders bytes."""
    digits = written.partition(":")[0]
    words = [bytes.fromhex(digits[i : i + 8])[::-1] for i in range(0, len(digits), 8)]
    address = ip_address(b"".join(words))
    return str(getattr(address, "ipv4_mapped", None) or address)


class Watch:
    """Notes the foreign sockets of a process from its making until ``over``."""

    def __init__(self, pid: int, every_s: float = 0.02) -> None:
        self._found: set[str] = set()
        self._looks = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, args=[pid, every_s], daemon=True)
        self._thread.start()

    def over(self) -> tuple[int, set[str]]:
        """How often it looked, and what it saw."""
        self._over.set()
        self._thread.join()
        return self._looks, self._found

    def _look(self, pid: int, every_s: float) -> None:
        while not self._over.wait(every_s):
            self._found |= foreign_sockets(pid)
            self._looks += 1


class Trap:
    """A listener that ``environment`` names as proxy and as model server; it answers nobody."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.caught: list[bytes] = []
        threading.Thread(target=self._catch, daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        """Variables that lead what honours them here, and a key that is no key."""
        address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        proxies = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy")
        servers = ("OPENAI_BASE_URL", "OPENAI_API_BASE", "HF_ENDPOINT")
        keys = ("OPENAI_API_KEY", "HF_TOKEN")
        return dict.fromkeys((*proxies, *servers), address) | dict.fromkeys(keys, WRONG_KEY)

    def _catch(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return  # The test is over.
            with connection:
                connection.settimeout(1)
                try:
                    self.caught.append(connection.recv(4096))
                except TimeoutError:
                    self.caught.append(b"")


@contextmanager
def trap() -> Iterator[Trap]:
    """A trap on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Trap(listener)
        # Closing does not wake a thread that accepts.
        listener.shutdown(socket.SHUT_RDWR)
