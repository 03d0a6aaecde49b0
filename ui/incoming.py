"""Uploads under way: each page sends its files in pieces, and some are never finished."""

import base64
import binascii
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from index.errors import UsageError
from index.uploads import Upload
from ui.words import t

MOST_AT_ONCE = 16
IDLE_S = 120.0


@dataclass
class _Incoming:
    upload: Upload
    touched: float


class Incoming:
    """Takes files into ``root`` in pieces of base64, several at once."""

    def __init__(self, max_bytes: int, max_files: int) -> None:
        self._max_bytes = max_bytes
        self._max_files = max_files
        self._lock = threading.Lock()
        self._open: dict[str, _Incoming] = {}

    def begin(self, root: Path, name: str) -> str:
        """Start a file; returns the token its pieces carry. Raises ``UploadError``."""
        with self._lock:
            self._drop_idle()
            if len(self._open) >= MOST_AT_ONCE:
                raise UsageError(
                    t("{count} files are being added already: try again soon", count=MOST_AT_ONCE)
                )
            upload = Upload(root, name, max_bytes=self._max_bytes, max_files=self._max_files)
            token = secrets.token_urlsafe(16)
            self._open[token] = _Incoming(upload, time.monotonic())
            return token

    def piece(self, token: str, data: str) -> None:
        """Add to a file; what is refused is dropped at once. Raises ``UploadError``."""
        with self._lock:
            found = self._found(token)
            try:
                found.upload.write(base64.b64decode(data, validate=True))
            except binascii.Error as error:
                self._drop(token)
                damaged = t("a piece of the file arrived damaged: add it again")
                raise UsageError(damaged) from error
            except BaseException:
                self._drop(token)
                raise
            found.touched = time.monotonic()

    def keep(self, token: str) -> str:
        """The file is complete; returns its path in the folder. Raises ``UploadError``."""
        with self._lock:
            found = self._found(token)
            try:
                return found.upload.keep()
            finally:
                self._drop(token)

    def drop(self, token: str) -> None:
        """The file will not be completed; one that is not being added is as well as dropped."""
        with self._lock:
            if token in self._open:
                self._drop(token)

    def close(self) -> None:
        """Drop every file that is not complete."""
        with self._lock:
            for token in list(self._open):
                self._drop(token)

    def _found(self, token: str) -> _Incoming:
        if token not in self._open:
            raise UsageError(t("this file is not being added any more: add it again"))
        return self._open[token]

    def _drop_idle(self) -> None:
        now = time.monotonic()
        for token, incoming in list(self._open.items()):
            if now - incoming.touched > IDLE_S:
                self._drop(token)

    def _drop(self, token: str) -> None:
        self._open.pop(token).upload.__exit__(None, None, None)
