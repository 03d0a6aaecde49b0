"""The distances of tokens against those of transformers' own MPNet."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

from index.relative_places import attention_bias


@given(length=st.integers(1, 300), heads=st.integers(1, 3))
def test_every_distance_is_in_the_bucket_that_mpnet_puts_it_in(length: int, heads: int) -> None:
    table = np.random.default_rng(0).normal(size=(32, heads)).astype(np.float32)
    places = torch.arange(length)
    buckets = MPNetEncoder.relative_position_bucket(places[None, :] - places[:, None])
    expected = table[buckets.numpy()].transpose(2, 0, 1)
    assert np.array_equal(attention_bias(table, length), expected)
