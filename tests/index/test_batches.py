from hypothesis import given
from hypothesis import strategies as st

from index.batches import batches

lengths = st.lists(st.integers(0, 300), max_size=60)


def test_batches_by_hand() -> None:
    # Longest first: 50 alone (2 * 50 > 60), then 30 and 20 (2 * 30 = 60), then 10, 5 and 5.
    assert list(batches([10, 50, 20, 30, 5, 5], 60)) == [[1], [3, 2], [0, 4, 5]]
    assert list(batches([], 60)) == []


@given(tokens=lengths, budget=st.integers(1, 500))
def test_every_text_is_in_one_batch_and_no_batch_is_over_its_budget(
    tokens: list[int], budget: int
) -> None:
    made = list(batches(tokens, budget))
    assert sorted(place for batch in made for place in batch) == list(range(len(tokens)))
    for batch in made:
        assert len(batch) == 1 or len(batch) * max(tokens[i] for i in batch) <= budget


@given(tokens=lengths)
def test_texts_are_sorted_by_length_so_that_little_is_padded(tokens: list[int]) -> None:
    in_turn = [tokens[place] for batch in batches(tokens, 1024) for place in batch]
    assert in_turn == sorted(tokens, reverse=True)
