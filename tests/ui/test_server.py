"""Starting the server: addresses, refusals, and what is not imported before it must be."""

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from index.errors import PinciteError, UsageError
from rag.settings import Settings
from tests.ui.fakes import FakeEngine
from tests.ui.running_server import SERVE_PAGE, running_server
from ui.context import Context
from ui.security import MOST_BODY, allowed_hosts, is_foreign, is_loopback, is_open, too_much
from ui.server import address, bind, serve

CONTEXT = Context(FakeEngine({}), Settings(), "x")


def never(_: str) -> None:
    raise AssertionError("the server started")


def test_a_taken_port_is_an_error_that_names_it_and_the_mend() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PinciteError, match=rf"port {port} .*another with --port"):
            serve(CONTEXT, port=port, on_ready=never)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
def test_a_bind_others_can_reach_needs_a_password(host: str) -> None:
    with pytest.raises(UsageError, match=r"no password; set one .*PINCITE_PASSWORD"):
        serve(CONTEXT, host=host, port=0, on_ready=never)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("no such host.", 0)])
def test_an_address_that_cannot_be_bound_is_a_usage_error(host: str, port: int) -> None:
    with pytest.raises(UsageError):
        bind(host, port)


def test_refusals_come_before_gradio_is_imported() -> None:
    code = (
        "import sys, ui.server\n"
        "from index.errors import UsageError\n"
        "try: ui.server.serve(None, host='0.0.0.0', on_ready=print)\n"
        "except UsageError: pass\n"
        "print([m for m in ('gradio', 'torch', 'chromadb') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_end_comes_soon_and_quietly_while_a_page_is_open(
    tmp_path: Path, how: signal.Signals
) -> None:
    with running_server(SERVE_PAGE, tmp_path, stderr=subprocess.PIPE) as (address, process):
        assert process.stderr is not None
        with urllib.request.urlopen(f"{address}gradio_api/heartbeat/x", timeout=20) as page:
            assert b"ALIVE" in page.readline()
            process.send_signal(how)
            assert process.wait(15) == 0
        assert process.stderr.read() == ""


def test_the_address_is_one_a_browser_can_open() -> None:
    assert address("127.0.0.1", 7860) == "http://127.0.0.1:7860/"
    assert address("::1", 7860) == "http://[::1]:7860/"
    assert address("0.0.0.0", 80) == "http://127.0.0.1:80/"
    assert address("localhost", 1) == "http://localhost:1/"


def test_loopback_hosts_are_told_from_others() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "10.0.0.1", "localhost.evil.test", "")))


def test_hosts_answered_to() -> None:
    assert "evil.test" not in allowed_hosts("127.0.0.1")
    assert {"localhost", "127.0.0.1", "[::1]"} <= set(allowed_hosts("127.0.0.1"))
    assert "docs.example.org" in allowed_hosts("docs.example.org")
    assert allowed_hosts("0.0.0.0") == ["*"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/health",
        "/config",
        "/assets/x.js",
        "/gradio_api/queue/join",
        "/gradio_api/heartbeat/a",
    ],
)
def test_what_the_chat_needs_is_open(path: str) -> None:
    assert is_open(path)


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/upload", "/gradio_api/file=/x", "/gradio_api/vibe-code", "/monitoring/x"],
)
def test_what_the_chat_does_not_need_is_closed(path: str) -> None:
    assert not is_open(path)


def test_requests_of_other_pages_are_told_by_origin_and_fetch_metadata() -> None:
    from starlette.datastructures import Headers

    host = {"host": "127.0.0.1:7860"}
    assert not is_foreign(Headers(host))
    assert not is_foreign(Headers({**host, "origin": "http://127.0.0.1:7860"}))
    assert is_foreign(Headers({**host, "origin": "http://127.0.0.1:9999"}))
    assert is_foreign(Headers({**host, "origin": "null"}))
    assert is_foreign(Headers({**host, "sec-fetch-site": "cross-site"}))


def test_a_body_that_is_large_or_does_not_say_how_large_is_not_read() -> None:
    from starlette.datastructures import Headers

    assert too_much(Headers({"content-length": str(MOST_BODY)})) == 0
    assert too_much(Headers({"content-length": str(MOST_BODY + 1)})) == 413
    assert too_much(Headers({"transfer-encoding": "chunked"})) == 411
