import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Hit
from rag.context import choose_sources, estimate_tokens
from rag.types import Source
from tests.rag.checks import PROPERTY
from tests.rag.fakes import hit, paragraph

SENTENCES = st.integers(1, 400).map("x".__mul__)
PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=1, max_size=6), min_size=1, max_size=8)


def cost(sources: tuple[Source, ...]) -> int:
    return sum(estimate_tokens(s.text) for source in sources for s in source.sentences)


def hits_of(paragraphs: list[list[str]], best: int) -> list[Hit]:
    return [
        hit(paragraph(*sentences, path=f"{n}.txt"), n, best % len(sentences))
        for n, sentences in enumerate(paragraphs, 1)
    ]


@PROPERTY
@given(PARAGRAPHS, st.integers(0, 5), st.integers(1, 1500))
def test_sources_never_take_more_than_the_budget(
    paragraphs: list[list[str]], best: int, budget: int
) -> None:
    assert cost(choose_sources(hits_of(paragraphs, best), budget_tokens=budget)) <= budget


@PROPERTY
@given(PARAGRAPHS, st.integers(0, 5), st.integers(1, 1500))
def test_sources_are_the_first_hits_in_rank_order_each_once(
    paragraphs: list[list[str]], best: int, budget: int
) -> None:
    hits = hits_of(paragraphs, best)
    chosen = [s.paragraph.id for s in choose_sources(hits, budget_tokens=budget)]
    assert chosen == [h.paragraph.id for h in hits[: len(chosen)]]


@PROPERTY
@given(PARAGRAPHS, st.integers(0, 5), st.integers(1, 1500))
def test_a_sources_sentences_are_neighbours_around_its_best_one(
    paragraphs: list[list[str]], best: int, budget: int
) -> None:
    hits = hits_of(paragraphs, best)
    for found, source in zip(hits, choose_sources(hits, budget_tokens=budget), strict=False):
        ordinals = [s.ordinal for s in source.sentences]
        assert ordinals == list(range(ordinals[0], ordinals[-1] + 1))
        assert found.best_sentence in ordinals


def test_the_top_paragraph_is_given_whole_while_it_fits() -> None:
    top = paragraph("The first.", "The second.", "The third.")
    (source,) = choose_sources([hit(top, 1, best=1)], budget_tokens=700)
    assert source.sentences == top.sentences


def test_of_a_top_paragraph_over_the_budget_the_sentences_by_its_best_one_are_taken() -> None:
    long = paragraph(*(f"{letter * 199}." for letter in "abcde"))
    # 200 characters are estimated at 62 tokens: two fit into 130.
    (source,) = choose_sources([hit(long, 1, best=3)], budget_tokens=130)
    assert [s.ordinal for s in source.sentences] == [2, 3]


def test_no_hits_give_no_sources() -> None:
    assert choose_sources([], budget_tokens=700) == ()


@pytest.mark.parametrize(
    "text", ["", "word", "A sentence of some length, with 12 numbers.", "x" * 5000]
)
def test_longer_texts_are_never_estimated_lower(text: str) -> None:
    assert 0 < estimate_tokens(text) <= estimate_tokens(f"{text} more")
