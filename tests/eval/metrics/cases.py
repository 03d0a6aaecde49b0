"""Cases for the tests of the measures."""

from collections.abc import Sequence
from typing import Any

from eval.metrics.case import Case, CitedQuote, GoldQuote
from rag.types import Status


def case(
    *,
    gold: Sequence[tuple[str, Sequence[str]]] = (("gold words", ["p1"]),),
    cited: Sequence[tuple[str, str]] = (),
    status: Status = Status.ANSWERED,
    answerable: bool = True,
    answers: Sequence[str] = ("1932",),
    **more: Any,
) -> Case:
    """An answerable, answered item with one gold quote in paragraph p1, unless said otherwise."""
    return Case(
        answerable=answerable,
        status=status,
        answers=tuple(answers) if answerable else (),
        gold=tuple(GoldQuote(text, frozenset(ids)) for text, ids in gold) if answerable else (),
        cited=tuple(CitedQuote(*pair) for pair in cited),
        **more,
    )


REFUSED = Status.REFUSED
FAILED = Status.ERROR
