"""What is streamed arrives as it was sent, in whatever order values follow each other."""

import copy
from typing import Any

from gradio.utils import diff
from hypothesis import given
from hypothesis import strategies as st

from ui.streamed import streamable

VALUES = st.recursive(
    st.integers(0, 2) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("xyz"), inner),
    max_leaves=12,
)


def arrived(before: Any, edits: list[list[Any]]) -> Any:
    """What Gradio's client makes of the differences; lists are edited by place as it does."""
    whole = [copy.deepcopy(before)]
    for kind, path, value in copy.deepcopy(edits):
        *steps, last = [0, *path]
        at: Any = whole
        for step in steps:
            at = at[step]
        if kind == "delete":
            del at[last]
        elif kind == "append":
            at[last] += value
        elif kind == "add" and isinstance(at, list):
            at.insert(last, value)
        else:
            at[last] = value
    return whole[0]


def listed(value: Any) -> Any:
    """What ``listed`` in ``dom.js`` makes of a value."""
    if not isinstance(value, dict):
        return value
    if "length" in value:
        return [listed(value[str(place)]) for place in range(value["length"])]
    return {key: listed(each) for key, each in value.items()}


@given(VALUES, VALUES)
def test_a_value_arrives_whole_after_any_other(before: Any, after: Any) -> None:
    sent = streamable(before), streamable(after)
    assert listed(arrived(sent[0], diff(*sent))) == after


def test_gradio_still_mixes_up_lists_in_lists_that_become_shorter() -> None:
    before, after = [[0, 1, 2], [0, 1, 2]], [[0, 1], [0, 1]]
    assert arrived(before, diff(before, after)) != after


def test_tuples_arrive_as_lists() -> None:
    assert streamable(((), ("a",))) == {
        "length": 2,
        "0": {"length": 0},
        "1": {"length": 1, "0": "a"},
    }
