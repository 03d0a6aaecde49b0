"""Which precision to compute vectors in: bfloat16 where it is both fast and near enough.

bfloat16 halves the time on processors that compute in it, and is emulated slowly on others. The
precision is part of the embedder's fingerprint, so an index keeps the one it was made with and its
queries are embedded in the same.
"""

from collections.abc import Callable, Sequence
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


def choose(native: Callable[[], bool], embedder: Callable[[Precision], Embed]) -> Precision:
    """bfloat16 if the processor computes in it and it turns no vector of ``SAMPLE`` too far.

    ``embedder`` is asked for nothing when there is nothing to choose.
    """
    if not native():
        return "float32"
    cosines = np.sum(embedder("float32")(SAMPLE) * embedder("bfloat16")(SAMPLE), axis=1)
    # Not "any below": a comparison with NaN is false.
    return "bfloat16" if bool(np.all(cosines >= LEAST_COSINE)) else "float32"


def native_bfloat16() -> bool:
    """Does this processor multiply matrices in bfloat16?"""
    import torch

    # On other than x86 processors these two are absent.
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))
