from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import COPIES, NAME, NAME_WEIGHT, fuse, in_order, name_fits, standard_scores
from tests.index.fakes import SIGNALS


def test_standard_scores_by_hand() -> None:
    # Mean 2, deviations -1, 0, 1, standard deviation sqrt(2/3) = 0.8165: -1.2247, 0, 1.2247.
    assert standard_scores(np.array([1.0, 2.0, 3.0])) == pytest.approx([-1.224745, 0, 1.224745])
    assert standard_scores(np.array([5.0, 5.0])).tolist() == [0, 0]


def test_a_signal_that_tells_nothing_changes_nothing() -> None:
    telling = np.array([0.1, 0.9, 0.5])
    alone = fuse({"dense": telling})
    assert fuse({"dense": telling, "bm25": np.zeros(3)}).tolist() == alone.tolist()


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(
            st.lists(st.floats(-10, 10), min_size=n, max_size=n).map(np.array),
            min_size=len(SIGNALS),
            max_size=len(SIGNALS),
        )
    )
)
def test_fusion_ignores_the_order_of_the_signals(columns: list[np.ndarray]) -> None:
    named = list(zip(SIGNALS, columns, strict=True))
    results = {tuple(fuse(dict(order)).tolist()) for order in permutations(named)}
    assert len(results) == 1


def test_how_well_a_name_fits_is_added_whatever_the_others_have() -> None:
    telling = np.array([0.1, 0.9, 0.5])
    alone = fuse({"dense": telling})
    named = fuse({"dense": telling, NAME: np.array([1.5, 0.0, 0.5])})
    assert (named - alone).tolist() == pytest.approx([1.5 * NAME_WEIGHT, 0, 0.5 * NAME_WEIGHT])


def test_the_name_of_a_paragraphs_document_is_that_of_its_id() -> None:
    fits = name_fits(["a#b.txt#0f", "c.txt#0f-2"], {"a#b.txt": 1.0})
    assert fits.tolist() == [1.0, 0.0]


def test_the_best_come_first_and_equals_by_their_ids() -> None:
    assert in_order(np.array([1.0, 2.0, 1.0]), ["b#0", "c#1", "a#2"]) == [
        (1, 2.0),
        (2, 1.0),
        (0, 1.0),
    ]


def test_further_copies_of_a_text_are_behind_all_that_says_something_else() -> None:
    ids = ["a#0f", "b#0f", "c#0f", "c#0f-2", "d#1f"]
    assert COPIES == 2
    assert in_order(np.array([5.0, 4.0, 3.0, 2.0, 1.0]), ids) == [
        (0, 5.0),
        (1, 4.0),
        (4, 1.0),
        (2, 1.0),
        (3, 1.0),
    ]
