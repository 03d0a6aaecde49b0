"""The watch over a process's sockets and the trap for what it sends do see what they are for."""

import os
import socket
import time
import urllib.error
import urllib.request

import pytest

from tests.ui.outside import LINUX_ONLY, Watch, foreign_sockets, trap


@LINUX_ONLY
@pytest.mark.parametrize(
    ("family", "here", "everywhere"),
    [(socket.AF_INET, "127.0.0.1", "0.0.0.0"), (socket.AF_INET6, "::1", "::")],
)
def test_a_socket_that_others_can_reach_is_seen(
    family: socket.AddressFamily, here: str, everywhere: str
) -> None:
    watch = Watch(os.getpid(), every_s=0.001)
    with socket.create_server((here, 0), family=family):
        assert foreign_sockets(os.getpid()) == set()
    with socket.create_server((everywhere, 0), family=family):
        assert foreign_sockets(os.getpid()) == {everywhere}
        time.sleep(0.1)
    assert watch.over()[1] == {everywhere}


def test_what_leaves_by_the_proxy_of_the_environment_is_caught() -> None:
    with trap() as set_:
        proxies = {"http": set_.environment["http_proxy"]}
        opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies))
        with pytest.raises((urllib.error.URLError, ConnectionError)):
            opener.open("http://model.test/", timeout=5)
        assert set_.caught[0].startswith(b"GET http://model.test/")
