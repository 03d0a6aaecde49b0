"""Model files from the Hugging Face Hub, or from a copy of them in its cache on this machine.

Addresses and the cache (``HF_HOME``, ``HF_ENDPOINT``) are huggingface_hub's own. The bytes are not
fetched with its downloader: since 1.18 that one starts every file again from zero after an
interruption, and where the Hub cannot be reached it retries for some 20 seconds a file.

The models are public, so no token is sent, nor anything else about the user.
"""

import hashlib
import os
import threading
import time
from pathlib import Path

import httpx
from huggingface_hub import hf_hub_url, try_to_load_from_cache

from index.model_files import ModelFile, ModelSpec
from index.pins import CHUNK_BYTES, Report
from index.sources import SourceError, WrongContentError

_OFFLINE_VALUES = frozenset({"1", "true", "yes", "on"})

# Connect, read, write, and wait for a connection of the pool.
_TIMEOUTS_S = (5.0, 30.0, 30.0, 5.0)
# Resolving a name is not bounded by the timeouts above; a resolver that drops packets takes longer.
_FIRST_ANSWER_TIMEOUT_S = 8.0
_FRUITLESS_TRIES = 3


def is_offline() -> bool:
    """Whether the user has told Hugging Face's libraries to stay off the network."""
    return os.environ.get("HF_HUB_OFFLINE", "").strip().lower() in _OFFLINE_VALUES


class HuggingFaceHub:
    """A ``HubSource``. ``cache`` and ``endpoint`` default to what huggingface_hub uses."""

    def __init__(
        self,
        *,
        cache: Path | None = None,
        endpoint: str | None = None,
        pause_s: float = 1.0,
    ) -> None:
        self._cache = cache
        self._endpoint = endpoint
        self._pause_s = pause_s
        self._answered = False

    def fetch(self, spec: ModelSpec, file: ModelFile, into: Path, report: Report) -> None:
        """See ``HubSource``. A right copy in the cache is used first, offline or not."""
        if spec.hub_repo is None:
            raise SourceError("no repository is known for this model")
        into.parent.mkdir(parents=True, exist_ok=True)
        for revision in (spec.hub_revision, "main"):
            cached = self._cached(spec.hub_repo, file.name, revision)
            if cached is not None and _copy_if_right(cached, file, into, report):
                return
        if is_offline():
            raise SourceError("HF_HUB_OFFLINE is set and the file is not in its cache")
        url = hf_hub_url(
            spec.hub_repo, file.name, revision=spec.hub_revision, endpoint=self._endpoint
        )
        try:
            self._await_first_answer(url)
            with _client() as client:
                self._download(client, url, file, into, report)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError(_one_line(error)) from error

    def _cached(self, repo: str, name: str, revision: str) -> Path | None:
        try:
            found = try_to_load_from_cache(repo, name, cache_dir=self._cache, revision=revision)
            if isinstance(found, str) and os.access(found, os.R_OK):
                return Path(found)
        except OSError:
            pass  # A cache that cannot be read is as good as none.
        return None

    def _await_first_answer(self, url: str) -> None:
        """Raise within seconds where the Hub cannot be reached; any answer at all is good."""
        if self._answered:
            return
        client = _client()
        failure: list[Exception] = []

        def ask() -> None:
            try:
                with client:
                    client.head(url, follow_redirects=False)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                failure.append(error)

        # A daemon: a name lookup that hangs can neither be cancelled nor may it delay the exit.
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(_FIRST_ANSWER_TIMEOUT_S)
        if asking.is_alive():
            raise SourceError(f"no answer within {_FIRST_ANSWER_TIMEOUT_S:.0f} seconds")
        if failure:
            raise failure[0]
        self._answered = True

    def _download(
        self, client: httpx.Client, url: str, file: ModelFile, into: Path, report: Report
    ) -> None:
        longest = _size(into)
        fruitless = 0
        while _size(into) < file.size_bytes:
            reason = "the connection ended early"
            try:
                _stream(client, url, file, into, report)
            except httpx.TransportError as error:
                reason = _one_line(error)
            if _size(into) > longest:
                longest = _size(into)
                fruitless = 0
                continue
            fruitless += 1
            if fruitless == _FRUITLESS_TRIES:
                raise SourceError(f"{file.name}: {reason}")
            time.sleep(self._pause_s)


def _client() -> httpx.Client:
    try:
        return httpx.Client(
            # Compressed answers would make byte offsets meaningless.
            headers={"user-agent": "pincite", "accept-encoding": "identity"},
            timeout=_TIMEOUTS_S,
            follow_redirects=True,
        )
    except (ImportError, ValueError) as error:
        raise SourceError(f"the proxy settings cannot be used ({_one_line(error)})") from error


def _stream(client: httpx.Client, url: str, file: ModelFile, into: Path, report: Report) -> None:
    """One request for the bytes that ``into`` lacks, appended as they arrive."""
    done = _size(into)
    headers = {"range": f"bytes={done}-"} if done else {}
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code == 200:
            # Also what a server that does not do ranges says: it starts at the first byte.
            done = 0
        elif answer.status_code != 206:
            raise SourceError(f"{file.name}: HTTP {answer.status_code} {answer.reason_phrase}")
        _check_length(answer, file, done)
        with into.open("ab") as stream:
            stream.truncate(done)
            for chunk in answer.iter_bytes():
                done += len(chunk)
                if done > file.size_bytes:
                    raise WrongContentError(f"{file.name} goes on after {file.size_bytes:,} bytes")
                stream.write(chunk)
                report(done)


def _check_length(answer: httpx.Response, file: ModelFile, done: int) -> None:
    """Refuse, before anything is written, an answer that cannot be the rest of the file.

    Typically the page of a network that wants a login first.
    """
    expected = file.size_bytes - done
    length = answer.headers.get("content-length", str(expected))
    start = answer.headers.get("content-range", f"bytes {done}-")
    if "content-encoding" in answer.headers:
        return
    if length != str(expected) or not start.startswith(f"bytes {done}-"):
        raise WrongContentError(f"{file.name}: {length} bytes are offered, {expected} are pinned")


def _copy_if_right(cached: Path, file: ModelFile, into: Path, report: Report) -> bool:
    if _size(cached) != file.size_bytes:
        return False
    digest = hashlib.sha256()
    copy = into.with_name(f"{into.name}.copy")
    done = 0
    try:
        with cached.open("rb") as source, copy.open("wb") as target:
            while chunk := source.read(CHUNK_BYTES):
                digest.update(chunk)
                target.write(chunk)
                done += len(chunk)
                report(done)
        if digest.hexdigest() == file.sha256:
            copy.replace(into)
            return True
        return False
    finally:
        copy.unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
