import random

import pytest

from eval.mutation.kinds import KINDS

TRUE = "In May 1932 the mayor of Renfield had opened the Alder bridge, with 12 arches, to Ann Lee."
PARAGRAPH = TRUE + " Tom Hall was not there, nor were the 40 guests of Linfield in June 1951."


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_each_kind_changes_the_claim_in_one_respect(kind: str, seed: int) -> None:
    false = KINDS[kind](TRUE, [PARAGRAPH], random.Random(seed))
    assert false is not None
    assert false != TRUE


@pytest.mark.parametrize("kind", KINDS)
def test_a_claim_without_anything_to_change_is_left_alone(kind: str) -> None:
    assert KINDS[kind]("so it goes", ["so it goes"], random.Random(0)) is None


def test_a_denial_is_taken_out_where_there_is_one() -> None:
    false = KINDS["negation"]("He was not there.", [], random.Random(0))
    assert false == "He was there."


def test_a_day_is_not_exchanged_where_all_are_named() -> None:
    week = "Open on Monday, Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday."
    assert KINDS["date"](week, [week], random.Random(0)) is None


def test_a_month_that_a_name_begins_with_may_be_put_in() -> None:
    claim = "The Mayor came in June."
    put_in = {KINDS["date"](claim, [claim], random.Random(seed)) for seed in range(60)}
    assert "The Mayor came in May." in put_in
