import pytest

from index.filters import EVERYTHING
from rag.extract import RankedSentence
from rag.quoting import quoted
from rag.run import Run
from rag.standalone import Standalone
from tests.rag.fakes import paragraph

CHARGE, RING = "Charge it for an hour.", "If it stays dark, hold the ring for 20 seconds."
DRAIN, SOLID = "In drain casting slip is poured out.", "In solid casting all of it stays."
POOLED, SMOKERS = "The pooled ratio was 1.16.", "It was higher among smokers (1.34)."
KEEPS, SETS = "The buffer keeps for six months on a shelf.", "Cold is bad, as the buffer sets."


@pytest.mark.parametrize(
    ("question", "ranked", "told"),
    [
        ("display dark", (RING, CHARGE), [f"{CHARGE} {RING}"]),
        ("difference between drain and solid casting", (SOLID, DRAIN), [SOLID, DRAIN]),
        ("Why is the buffer not cooled?", (KEEPS, SETS), [SETS]),
        ("How is the buffer kept?", (KEEPS, SETS), [KEEPS]),
    ],
)
def test_what_is_quoted_is_the_best_sentence_and_what_it_is_no_answer_without(
    question: str, ranked: tuple[str, str], told: list[str]
) -> None:
    source = paragraph(*reversed(ranked))
    best = [RankedSentence(source, sentence, 1.0) for sentence in reversed(source.sentences)]
    run = Run(question, EVERYTHING, alone=Standalone(question, question))
    assert [text for text, _ in quoted(run, best)] == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was the ratio among smokers?", f"{POOLED} {SMOKERS}"),
        ("What was the pooled ratio?", POOLED),
        ("What was the ratio among women?", POOLED),
    ],
)
def test_a_figure_of_all_is_quoted_with_that_of_those_asked_about(question: str, told: str) -> None:
    source = paragraph(POOLED, SMOKERS)
    best = [RankedSentence(source, sentence, 1.0) for sentence in source.sentences]
    run = Run(question, EVERYTHING, alone=Standalone(question, question))
    assert [text for text, _ in quoted(run, best)] == [told]
