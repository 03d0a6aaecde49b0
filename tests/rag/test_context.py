import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Hit
from rag.context import EVIDENCE_TOKENS, choose_sources, estimate_tokens
from rag.extract import rank_sentences
from rag.passage import passage
from rag.types import Source
from tests.rag.checks import PROPERTY
from tests.rag.fakes import hit, paragraph

QUESTION = "What is x?"
SENTENCES = st.integers(1, 400).map("x".__mul__)
PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=1, max_size=6), min_size=1, max_size=8)


def cost(sources: tuple[Source, ...]) -> int:
    return sum(estimate_tokens(s.text) for source in sources for s in source.sentences)


def sources_of(question: str, hits: list[Hit], *, budget_tokens: int) -> tuple[Source, ...]:
    return choose_sources(rank_sentences(question, hits), budget_tokens=budget_tokens)


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
    chosen = sources_of(QUESTION, hits_of(paragraphs, best), budget_tokens=budget)
    assert cost(chosen) <= budget


def test_headings_of_any_length_stay_within_the_budget_and_the_last_is_told() -> None:
    titles = ("Part " * 60, "Chapter " * 60, "The bridge")
    hits = [
        hit(paragraph(f"It has {n} lanes.", path=f"{n}.txt", headings=titles), n)
        for n in range(1, 13)
    ]
    chosen = sources_of("How many lanes?", hits, budget_tokens=100)
    told = [passage(source, "How many lanes?") for source in chosen]
    assert 1 < len(told) < 12
    assert sum(map(estimate_tokens, told)) <= 100
    assert all(text.startswith("The bridge: It has") for text in told)


def test_one_endless_heading_is_cut() -> None:
    hits = [hit(paragraph("It has 2 lanes.", headings=("Chapter " * 500,)), 1)]
    [source] = sources_of("How many lanes?", hits, budget_tokens=700)
    assert len(passage(source, "How many lanes?")) < 250


@PROPERTY
@given(PARAGRAPHS, st.integers(0, 5), st.integers(1, 1500))
def test_each_paragraph_comes_once_with_its_sentences_in_order(
    paragraphs: list[list[str]], best: int, budget: int
) -> None:
    chosen = sources_of(QUESTION, hits_of(paragraphs, best), budget_tokens=budget)
    assert len({s.paragraph.id for s in chosen}) == len(chosen)
    for source in chosen:
        ordinals = [s.ordinal for s in source.sentences]
        assert ordinals == sorted(set(ordinals)) != []


def test_the_sentence_that_fits_best_comes_first_whatever_its_paragraph() -> None:
    near = hit(paragraph("The road is long.", "It was built by Ann Moore.", path="b.txt"), 2, 1)
    far = hit(paragraph("Ships were lost on the reef.", path="a.txt"), 1, 0)
    question = "Who was it built by?"
    chosen = sources_of(question, [far, near], budget_tokens=700)
    assert chosen[0].paragraph.id == near.paragraph.id


def test_a_short_paragraph_is_given_whole() -> None:
    top = paragraph("The first.", "The second.", "The third.")
    (source,) = sources_of(QUESTION, [hit(top, 1, best=1)], budget_tokens=700)
    assert source.sentences == top.sentences


def test_of_long_evidence_no_more_is_shown_than_is_worth_its_time() -> None:
    long = paragraph(*(f"{letter * 199}." for letter in "abcde"))
    (source,) = sources_of(QUESTION, [hit(long, 1, best=3)], budget_tokens=700)
    assert 0 < cost((source,)) <= EVIDENCE_TOKENS
    assert 3 in [s.ordinal for s in source.sentences]


def test_a_best_sentence_longer_than_that_is_shown_while_the_budget_holds_it() -> None:
    long = paragraph("x" * 1000 + ".")
    assert cost(sources_of(QUESTION, [hit(long, 1)], budget_tokens=700)) > EVIDENCE_TOKENS
    assert sources_of(QUESTION, [hit(long, 1)], budget_tokens=100) == ()


def test_a_sentence_told_twice_is_shown_once() -> None:
    told = "The Alder bridge was built by the engineer Ann Lee in the summer of 1932."
    first = hit(paragraph(told, path="a.txt"), 1)
    copy = hit(paragraph(told, "It has two lanes.", path="b.txt"), 2)
    chosen = sources_of("Who built the Alder bridge?", [first, copy], budget_tokens=700)
    assert [s.text for source in chosen for s in source.sentences] == [told, "It has two lanes."]


def test_many_copies_of_a_sentence_hide_nothing_behind_them() -> None:
    told = "The Alder bridge was built by the engineer Ann Lee in the summer of 1932."
    copies = [hit(paragraph(told, path=f"{n}.txt"), n) for n in range(1, 31)]
    other = hit(paragraph("It has two lanes.", path="other.txt"), 31)
    chosen = sources_of("Who built the Alder bridge?", [*copies, other], budget_tokens=700)
    assert [s.text for source in chosen for s in source.sentences] == [told, "It has two lanes."]


def test_no_hits_give_no_sources() -> None:
    assert sources_of(QUESTION, [], budget_tokens=700) == ()


@pytest.mark.parametrize(
    "text", ["", "word", "A sentence of some length, with 12 numbers.", "x" * 5000]
)
def test_longer_texts_are_never_estimated_lower(text: str) -> None:
    assert 0 < estimate_tokens(text) <= estimate_tokens(f"{text} more")


def test_of_rows_alike_only_those_of_what_is_asked_about_are_shown() -> None:
    table = paragraph("town | year | fish", "Elm | 1854 | 9", "Elm | 1855 | 7", "Alder | 1855 | 6")
    about = paragraph("Fish were counted by Ann Lee.", path="about.txt")
    ranked = rank_sentences("", [hit(table, 1), hit(about, 2)])

    def shown(question: str) -> list[str]:
        sources = choose_sources(ranked, budget_tokens=700, question=question)
        return sorted(s.text for source in sources for s in source.sentences)

    assert shown("How many fish in Elm in 1855?") == ["Elm | 1855 | 7", about.text]
    assert shown("How many in Elm and Alder in 1855?") == [
        "Alder | 1855 | 6",
        "Elm | 1855 | 7",
        about.text,
    ]
    assert len(shown("How many fish?")) == 4


def test_letters_of_other_scripts_may_take_a_token_each() -> None:
    assert estimate_tokens("桥" * 100) >= 100
    assert estimate_tokens("“é” – ü" * 10) == estimate_tokens("abc d e" * 10)
