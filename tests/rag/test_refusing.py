import pytest

from rag.refusing import refusal_text
from tests.rag.fakes import hit, paragraph

HITS = (hit(paragraph("The Alder bridge was opened in 1932.", path="b.txt"), 1),)


def test_a_refusal_names_only_what_the_found_paragraphs_lack() -> None:
    text = refusal_text("Did Smaug open the Alder bridge in 1777 or 1932?", HITS)
    assert text == ("The documents do not answer this: they do not mention “Smaug” and “1777”.")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Who opened the Alder bridge?", "mention “Alder”, but do not say who."),
        ("How much did the Alder bridge cost?", "mention “Alder”, but do not say how much."),
        ("What did the Alder bridge cost?", "mention “Alder”, but do not say what was asked."),
        ("Why was the bridge opened?", "mention “bridge” and “opened”, but do not say why."),
        ("In which year was the bridge sold?", "mention “bridge”, but do not say which year."),
    ],
)
def test_a_refusal_whose_names_are_all_there_says_what_is_left_open(
    question: str, says: str
) -> None:
    assert refusal_text(question, HITS) == f"The documents {says}"


def test_a_question_of_which_nothing_was_found_is_refused_plainly() -> None:
    assert "nearest paragraphs" in refusal_text("what colour?", HITS)


def test_a_refusal_over_nothing_found_says_so() -> None:
    assert refusal_text("What did it cost?", ()) == "The documents hold nothing to answer from."
