from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Vectors
from index.precision import SAMPLE, Embed, Precision, choose, native_bfloat16


def turned(degrees: float, *, only_last: bool = False) -> Embed:
    """Unit vectors ``degrees`` away from (1, 0)."""

    def embed(texts: Sequence[str]) -> Vectors:
        angles = np.full(len(texts), np.radians(degrees))
        if only_last:
            angles[:-1] = 0
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    return embed


class Clock:
    """Moves on with what is embedded: a second a text in float32, ``half`` in bfloat16."""

    def __init__(self, half: float) -> None:
        self.now = 0.0
        self.cost = {"float32": 1.0, "bfloat16": half}

    def __call__(self) -> float:
        return self.now

    def running(self, embed: Embed, precision: Precision) -> Embed:
        def timed(texts: Sequence[str]) -> Vectors:
            self.now += self.cost[precision] * len(texts)
            return embed(texts)

        return timed


def chosen(bfloat16: Embed, half: float = 0.5) -> Precision:
    """The choice where bfloat16 takes ``half`` a second for what takes one in float32."""
    clock = Clock(half)
    make = embedders(bfloat16)
    return choose(lambda: True, lambda p: clock.running(make(p), p), clock)


def embedders(bfloat16: Embed):  # type: ignore[no-untyped-def]
    def embedder(precision: Precision) -> Embed:
        return turned(0) if precision == "float32" else bfloat16

    return embedder


# cos 2.5 degrees = .99905, cos 2.6 degrees = .99897.
@pytest.mark.parametrize(
    ("degrees", "expected"), [(0, "bfloat16"), (2.5, "bfloat16"), (2.6, "float32")]
)
def test_bfloat16_is_chosen_where_its_vectors_stay_near(degrees: float, expected: str) -> None:
    assert chosen(turned(degrees)) == expected


def test_one_vector_too_far_is_enough_to_stay_with_float32() -> None:
    assert chosen(turned(3, only_last=True)) == "float32"


def test_vectors_that_are_no_numbers_are_too_far() -> None:
    assert chosen(turned(float("nan"))) == "float32"


@pytest.mark.parametrize(
    ("half", "expected"), [(1.6, "float32"), (0.9, "float32"), (0.75, "bfloat16")]
)
def test_bfloat16_must_be_faster_on_this_machine(half: float, expected: str) -> None:
    assert chosen(turned(0), half) == expected


def test_nothing_is_loaded_where_the_processor_has_no_bfloat16() -> None:
    def fail(precision: Precision) -> Embed:
        raise AssertionError(precision)

    assert choose(lambda: False, fail) == "float32"


def test_the_sample_holds_texts_of_several_kinds() -> None:
    assert len(set(SAMPLE)) >= 8


@pytest.mark.parametrize(
    ("told", "native"),
    [
        ("flags\t\t: fpu avx512f avx512_bf16\n", True),
        ("flags\t\t: fpu amx_bf16 amx_tile\n", True),
        ("flags\t\t: fpu avx512f avx512_vnni\n", False),
        ("Features\t: fp asimd bf16\n", False),
    ],
)
def test_linux_tells_in_a_file_whether_the_processor_computes_in_bfloat16(
    tmp_path: Path, told: str, native: bool
) -> None:
    (tmp_path / "cpuinfo").write_text(told)
    assert native_bfloat16(tmp_path / "cpuinfo") is native


def test_what_is_read_from_the_file_is_what_torch_says(tmp_path: Path) -> None:
    assert native_bfloat16() is native_bfloat16(tmp_path / "none")
