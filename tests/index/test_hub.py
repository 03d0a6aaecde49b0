"""The Hub's side, against a server of ours on the loopback interface."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index import hub
from index.hub import HuggingFaceHub
from index.sources import SourceError, WrongContentError
from tests.index.model_fakes import LLM, LLM_BYTES

FILE = LLM.files[0]
PATH = "/someone/tale/resolve/main/tale.gguf"


class FakeHub(ThreadingHTTPServer):
    """Serves one file; how well it behaves is set by the test."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content: bytes = LLM_BYTES
        self.status = 200
        self.does_ranges = True
        self.says_length = True
        self.hang_up_after: int | None = None
        self.redirect = False
        self.requests: list[tuple[str, str, str]] = []
        self.headers: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: FakeHub

    def log_message(self, *arguments: object) -> None: ...

    def do_HEAD(self) -> None:
        self.server.requests.append(("HEAD", self.path, ""))
        self.send_response(self.server.status)
        self.end_headers()

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.requests.append(("GET", self.path, wanted))
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        if self.server.redirect and not self.path.startswith("/elsewhere"):
            self.send_response(302)
            self.send_header("Location", f"{self.server.url}/elsewhere/{FILE.name}")
            self.end_headers()
            return
        if self.server.status != 200:
            self.send_error(self.server.status)
            return
        start = 0
        if wanted and self.server.does_ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        rest = self.server.content[start:]
        self.send_response(206 if start else 200)
        if start:
            size = len(self.server.content)
            self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        if self.server.says_length:
            self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest[: self.server.hang_up_after])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeHub() as fake:
        thread = threading.Thread(target=fake.serve_forever, args=(0.01,))
        thread.start()
        yield fake
        fake.shutdown()
        thread.join()


def hub_at(url: str, cache: Path) -> HuggingFaceHub:
    return HuggingFaceHub(cache=cache / "no-cache", endpoint=url, pause_s=0)


def fetch(source: HuggingFaceHub, into: Path) -> list[int]:
    reports: list[int] = []
    source.fetch(LLM, FILE, into, reports.append)
    return reports


def put_in_cache(cache: Path, content: bytes) -> Path:
    """As huggingface_hub lays its cache out."""
    repository = cache / "models--someone--tale"
    commit = "0123456789abcdef0123456789abcdef01234567"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text(commit)
    (repository / "snapshots" / commit).mkdir(parents=True)
    (repository / "snapshots" / commit / "tale.gguf").write_bytes(content)
    return cache


def test_a_file_comes_whole_with_its_bytes_reported(server: FakeHub, tmp_path: Path) -> None:
    reports = fetch(hub_at(server.url, tmp_path), tmp_path / "m" / "tale.gguf")
    assert (tmp_path / "m" / "tale.gguf").read_bytes() == LLM_BYTES
    assert reports[-1] == len(LLM_BYTES)
    assert server.requests == [("HEAD", PATH, ""), ("GET", PATH, "")]


def test_neither_a_token_nor_the_users_software_is_sent(
    server: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    (headers,) = server.headers
    assert headers["user-agent"] == "pincite"
    assert "hf_secret" not in str(headers)


def test_a_fetch_goes_on_where_the_file_ends(server: FakeHub, tmp_path: Path) -> None:
    (tmp_path / "tale.gguf").write_bytes(LLM_BYTES[:100])
    fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    assert (tmp_path / "tale.gguf").read_bytes() == LLM_BYTES
    assert server.requests[-1] == ("GET", PATH, "bytes=100-")


def test_a_redirect_keeps_the_range(server: FakeHub, tmp_path: Path) -> None:
    server.redirect = True
    (tmp_path / "tale.gguf").write_bytes(LLM_BYTES[:100])
    fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    assert (tmp_path / "tale.gguf").read_bytes() == LLM_BYTES
    assert server.requests[-1] == ("GET", "/elsewhere/tale.gguf", "bytes=100-")


def test_a_server_without_ranges_starts_again(server: FakeHub, tmp_path: Path) -> None:
    server.does_ranges = False
    (tmp_path / "tale.gguf").write_bytes(LLM_BYTES[:100])
    fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    assert (tmp_path / "tale.gguf").read_bytes() == LLM_BYTES


def test_a_line_that_keeps_breaking_is_taken_up_as_long_as_it_brings_bytes(
    server: FakeHub, tmp_path: Path
) -> None:
    server.hang_up_after = 40
    fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    assert (tmp_path / "tale.gguf").read_bytes() == LLM_BYTES


@pytest.mark.parametrize("does_ranges", [True, False])
def test_a_line_that_brings_nothing_new_is_given_up(
    server: FakeHub, tmp_path: Path, does_ranges: bool
) -> None:
    server.hang_up_after = 0 if does_ranges else 40
    server.does_ranges = does_ranges
    (tmp_path / "tale.gguf").write_bytes(LLM_BYTES[:60])
    with pytest.raises(SourceError, match=r"tale\.gguf: RemoteProtocolError"):
        fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    assert len(server.requests) == 1 + 3


def test_an_http_error_is_named(server: FakeHub, tmp_path: Path) -> None:
    server.status = 404
    with pytest.raises(SourceError, match=r"tale\.gguf: HTTP 404 Not Found"):
        fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    assert not (tmp_path / "tale.gguf").exists()


def test_a_login_page_in_the_place_of_the_file_is_not_written(
    server: FakeHub, tmp_path: Path
) -> None:
    server.content = b"<html>Welcome to this hotel</html>"
    with pytest.raises(WrongContentError, match="34 bytes are offered"):
        fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    assert not (tmp_path / "tale.gguf").exists()


def test_a_file_that_never_ends_is_cut_off(server: FakeHub, tmp_path: Path) -> None:
    server.content = LLM_BYTES * 10
    server.says_length = False
    with pytest.raises(WrongContentError, match="goes on after"):
        fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    assert (tmp_path / "tale.gguf").stat().st_size <= len(LLM_BYTES)


def test_where_nothing_listens_the_reason_comes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(SourceError, match="ConnectError"):
        fetch(hub_at(url, tmp_path), tmp_path / "tale.gguf")


def test_a_hub_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(hub, "_FIRST_ANSWER_TIMEOUT_S", 0.2)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        started = time.monotonic()
        with pytest.raises(SourceError, match="no answer within"):
            fetch(hub_at(f"http://127.0.0.1:{mute.getsockname()[1]}", tmp_path), tmp_path / "f")
        assert time.monotonic() - started < 3


def test_proxy_settings_that_make_no_sense_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:1")
    with pytest.raises(SourceError, match="the proxy settings cannot be used"):
        fetch(hub_at("http://127.0.0.1:9", tmp_path), tmp_path / "tale.gguf")


@pytest.mark.parametrize("value", ["1", "true", "YES", "On"])
def test_offline_asks_no_server(
    server: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", value)
    with pytest.raises(SourceError, match="HF_HUB_OFFLINE is set"):
        fetch(hub_at(server.url, tmp_path), tmp_path / "tale.gguf")
    assert server.requests == []


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_other_values_do_not_mean_offline(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", value)
    assert not hub.is_offline()


def test_a_right_copy_in_the_cache_is_used_even_offline(
    server: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    source = HuggingFaceHub(cache=put_in_cache(tmp_path / "cache", LLM_BYTES), endpoint=server.url)
    reports = fetch(source, tmp_path / "m" / "tale.gguf")
    assert [path.name for path in (tmp_path / "m").iterdir()] == ["tale.gguf"]
    assert (tmp_path / "m" / "tale.gguf").read_bytes() == LLM_BYTES
    assert reports[-1] == len(LLM_BYTES)
    assert server.requests == []


def test_a_wrong_copy_in_the_cache_is_passed_over(server: FakeHub, tmp_path: Path) -> None:
    cache = put_in_cache(tmp_path / "cache", b"X" + LLM_BYTES[1:])
    fetch(HuggingFaceHub(cache=cache, endpoint=server.url), tmp_path / "m" / "tale.gguf")
    assert [path.name for path in (tmp_path / "m").iterdir()] == ["tale.gguf"]
    assert (tmp_path / "m" / "tale.gguf").read_bytes() == LLM_BYTES
    assert server.requests[-1][0] == "GET"
