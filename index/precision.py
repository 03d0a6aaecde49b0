"""Which precision to compute vectors in: bfloat16 where it is both faster and near enough.

bfloat16 halves the time on processors with matrix units for it (AMX) and is emulated slowly on
others. Between these are processors whose vector units compute in it: on one of them it took 1.6
times as long as float32, so it is measured. The precision is part of the embedder's fingerprint, so
an index keeps the one it was made with and its queries are embedded in the same.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Precision = Literal["float32", "bfloat16"]
PRECISIONS: tuple[Precision, ...] = ("float32", "bfloat16")
Embed = Callable[[Sequence[str]], NDArray[np.float32]]

SAMPLE = (
    "Who signed the treaty, and when?",
    "The harbour was rebuilt between 1880 and 1884 by 300 workers from the coast.",
    "Revenue rose by 12.5 % to EUR 3.4 million; costs fell for the first time since 2019.",
    "def area(radius: float) -> float: return 3.14159 * radius ** 2",
    "Yes.",
    "In spring the ships carry timber down the river, and in autumn, when the water is low, they"
    " wait at the mouth until the tide lifts them over the bar, which may take several days.",
    "| quarter | sales | returns |\n| Q1 | 1,204 | 17 |\n| Q2 | 1,377 | 9 |",
    "The committee did not agree, although most of its members had spoken in favour of the plan.",
)
LEAST_COSINE = 0.999
# Worth giving up exactness for, and more than a busy machine makes of nothing.
LEAST_GAIN = 1.25
_TURNS = 3
_NATIVE = frozenset(["avx512_bf16", "amx_bf16"])


def choose(
    native: Callable[[], bool],
    embedder: Callable[[Precision], Embed],
    clock: Callable[[], float] = time.perf_counter,
) -> Precision:
    """bfloat16 if it is faster here and turns no vector of ``SAMPLE`` too far.

    ``embedder`` is asked for nothing when the processor does not compute in bfloat16.
    """
    if not native():
        return "float32"
    full, half = embedder("float32"), embedder("bfloat16")
    cosines = np.sum(full(SAMPLE) * half(SAMPLE), axis=1)
    # Not "any below": a comparison with NaN is false.
    if not bool(np.all(cosines >= LEAST_COSINE)):
        return "float32"
    # In turns, so that a slow moment of the machine hits both; the calls above loaded the model.
    times = [(_seconds(full, clock), _seconds(half, clock)) for _ in range(_TURNS)]
    fastest_full, fastest_half = (min(column) for column in zip(*times, strict=True))
    return "bfloat16" if fastest_full >= LEAST_GAIN * fastest_half else "float32"


def _seconds(embed: Embed, clock: Callable[[], float]) -> float:
    begun = clock()
    embed(SAMPLE * 8)
    return clock() - begun


def native_bfloat16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Does this processor compute in bfloat16, however fast?

    Linux tells in a file; elsewhere torch does, which takes seconds to import.
    """
    try:
        told = cpuinfo.read_text(encoding="ascii", errors="replace")
    except OSError:
        import torch

        # On other than x86 processors these two are absent.
        able = torch.cpu.get_capabilities()
        return any(able.get(flag) for flag in _NATIVE)
    return not _NATIVE.isdisjoint(told.split())
