"""How far two tokens are apart, as an MPNet counts it (Song et al. 2020, after Raffel et al. 2020).

Half of the buckets are for tokens behind, half for those before. In either half the nearest have
one each, and farther ones share buckets that grow with the logarithm of the distance.
"""

import math

import numpy as np
from numpy.typing import NDArray

_FARTHEST = 128
"""All from here on are in the last bucket."""


def attention_bias(table: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    """Shape (heads, length, length): what is added to a token's attention for its distance.

    ``table``: shape (buckets, heads).
    """
    places = np.arange(length)
    buckets = _buckets(places[None, :] - places[:, None], len(table))
    return np.asarray(table[buckets].transpose(2, 0, 1))


def _buckets(behind: NDArray[np.integer], count: int) -> NDArray[np.integer]:
    """The bucket of each distance; ``behind`` is negative for a token before."""
    half = count // 2
    exact = half // 2
    distance = np.abs(behind)
    grown = np.log(np.maximum(distance, 1) / exact) / math.log(_FARTHEST / exact)
    shared = np.minimum(exact + (grown * (half - exact)).astype(int), half - 1)
    ahead = np.where(behind > 0, half, 0)
    return np.asarray(ahead + np.where(distance < exact, distance, shared))
