import pytest

from index.errors import UsageError
from rag.question import MAX_QUESTION, check_question
from rag.routes.route import route_of
from rag.routes.topics import topic_of
from tests.timing import thread_s


def test_a_question_of_several_lines_is_asked_on_one() -> None:
    assert check_question("  Who opened\n\n the  bridge,\tand when? ") == (
        "Who opened the bridge, and when?"
    )


def test_half_a_character_is_refused_with_its_place() -> None:
    with pytest.raises(UsageError, match="character 5"):
        check_question("  Who\ud83d opened it?")


@pytest.mark.parametrize("filling", [" ", "\n", "? ", "!", ". ? "])
def test_a_question_full_of_blanks_or_marks_is_read_at_once(filling: str) -> None:
    asked = f"tell me about x{filling * MAX_QUESTION}"[: MAX_QUESTION - 1] + "y"

    def read() -> None:
        question = check_question(asked)
        topic_of(question)
        route_of(question)

    assert thread_s(read) < 1
