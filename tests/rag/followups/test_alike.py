import pytest

from rag.followups.alike import exchanged_noun

LOWER = "When was the lower mill built?"


@pytest.mark.parametrize(
    ("question", "earlier", "asked"),
    [
        ("And the upper mill?", LOWER, "When was the upper mill built?"),
        ("what about the new paper mill", LOWER, "When was the new paper mill built?"),
        ("And the upper one?", LOWER, "When was the upper mill built?"),
        ("the same for the second?", "Who led the first board?", "Who led the second board?"),
        ("And the Elm bridge?", "How old is the Alder bridge?", "How old is the Elm bridge?"),
    ],
)
def test_another_of_its_kind_asks_the_question_before_again(
    question: str, earlier: str, asked: str
) -> None:
    assert exchanged_noun(question, earlier) == asked


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        pytest.param("And the other mill?", LOWER, id="which other one"),
        pytest.param("And her mill?", LOWER, id="whose"),
        pytest.param("And the mine?", LOWER, id="of another kind"),
        pytest.param("And the mill?", LOWER, id="the kind alone"),
        pytest.param("And who built the upper mill?", LOWER, id="a question"),
        pytest.param("the upper mill", LOWER, id="no more than named"),
        pytest.param("And the upper mill?", "Which mill burnt, and who owns the mill?", id="two"),
    ],
)
def test_anything_else_names_no_other_of_its_kind(question: str, earlier: str) -> None:
    assert exchanged_noun(question, earlier) == ""
