"""A disk that is full after so many bytes of a file."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def full_after(size_bytes: int) -> Iterator[None]:
    """A real refusal by the kernel, in the middle of the file: EFBIG in the place of ENOSPC."""
    resource = pytest.importorskip("resource", reason="file size limits are POSIX")
    signal = pytest.importorskip("signal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
