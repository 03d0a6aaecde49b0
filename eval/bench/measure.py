"""Timing and counting what the parts of the bench share."""

import os
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding import Embedder, Vectors
from index.tokens import Tokens

REPEATS = 5
"""Absolute figures are medians of so many runs: the machine is never quite quiet."""


def seconds(work: Callable[..., object], *arguments: object) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begun


def percentiles_ms(values_s: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    p50, p95, p99 = np.percentile(values_s, [50, 95, 99]) * 1000
    return {"p50_ms": round(p50, 2), "p95_ms": round(p95, 2), "p99_ms": round(p99, 2)}


def peak_mb() -> int:
    """The most memory this process ever held, and that of its children that still run besides.

    Peaks that came at different moments are added up: no less than what was ever needed at once.
    Children, such as the one that reads files, are counted where there is /proc.
    """
    unit = 1_000_000 if sys.platform == "darwin" else 1000
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
    return own + sum(_peak_kb(child) for child in _children()) // 1000


def _children() -> list[Path]:
    """The status files of the processes that this one started and that still run."""
    own = f"\nPPid:\t{os.getpid()}\n"
    return [status for status in Path("/proc").glob("[0-9]*/status") if own in _read(status)]


def _peak_kb(status: Path) -> int:
    # Not its resource usage: that of a child begins with what its parent held when it started it.
    match = re.search(r"^VmHWM:\s+(\d+) kB$", _read(status), re.MULTILINE)
    return int(match[1]) if match else 0


def _read(status: Path) -> str:
    """ "" for a process that has just ended."""
    try:
        return status.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def disk_mb(folder: Path) -> float:
    """What the files of a folder take on disk; sparse ones count what is written of them."""
    blocks = (f.stat().st_blocks for f in folder.rglob("*") if f.is_file())
    return round(sum(blocks) * 512 / 1e6, 1)


@dataclass
class Embedded:
    """The texts that went through the model, and how long that took."""

    texts: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def tokens(self, folder: Path, longest: int = 256) -> int:
        """Tokens the model read of them: no more than ``longest`` of each."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(longest)
        return sum(len(encoding.ids) for encoding in tokenizer.encode_batch(self.texts))


class TimedEmbedder:
    """An embedder whose documents are counted and timed."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.embedded = Embedded()
        self.fingerprint = embedder.fingerprint

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def documents(self, texts: Sequence[str]) -> Vectors:
        begun = time.perf_counter()
        vectors = self._embedder.documents(texts)
        self.embedded.seconds += time.perf_counter() - begun
        self.embedded.texts += texts
        return vectors

    def query(self, text: str) -> Vectors:
        return self._embedder.query(text)

    def document_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        return self._embedder.document_tokens(texts)

    def query_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        return self._embedder.query_tokens(texts)


def medians(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Key by key: the median of the numbers, of all else what the first run says."""
    return {
        key: round(float(np.median([run[key] for run in runs])), 4)
        if isinstance(value, int | float) and not isinstance(value, bool)
        else value
        for key, value in runs[0].items()
    }
