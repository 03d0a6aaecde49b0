import pytest

from index.words import names, stems
from rag.checking.apart import stands_apart
from rag.checking.places import tokens_of

SOURCE = (
    "Ann Lee reformed the state on Norland principles, with the help of her newly appointed grand"
    " chancellor Kim Fox."
)


def _apart(claim: str, source: str, question: str) -> bool:
    known = names(claim) | names(source) | names(question)
    asked = set(stems(question))
    return stands_apart(tokens_of(claim, known), tokens_of(source, known), asked, source)


@pytest.mark.parametrize(
    ("claim", "source", "question"),
    [
        ("Lee appointed Norland as grand chancellor.", SOURCE, "Whom did Lee appoint?"),
        (
            "The old stone bridge was rebuilt by Ann Lee.",
            "Ann Lee wrote of it when Kim Fox rebuilt the old stone bridge.",
            "Who rebuilt the bridge?",
        ),
    ],
)
def test_a_name_far_from_the_words_that_stand_about_another_is_seen(
    claim: str, source: str, question: str
) -> None:
    assert _apart(claim, source, question)


@pytest.mark.parametrize(
    ("claim", "source", "question"),
    [
        pytest.param(
            "Lee appointed Kim Fox as grand chancellor.", SOURCE, "Whom did Lee appoint?", id="own"
        ),
        pytest.param(
            "Lee appointed a grand chancellor.", SOURCE, "What did Lee do?", id="nothing added"
        ),
        pytest.param(
            "Norland principles guided grand chancellor Kim Fox, newly appointed.",
            SOURCE,
            "What guided them?",
            id="both are named",
        ),
        pytest.param(
            "Lee appointed Elm as grand chancellor.", SOURCE, "Whom did Lee appoint?", id="nowhere"
        ),
        pytest.param(
            "Norland appointed a grand chancellor.", SOURCE, "Did Norland appoint one?", id="asked"
        ),
        pytest.param(
            "The annual school budget was raised in March.",
            "It was in March, after talks, that Kim Fox raised the annual school budget.",
            "When was the budget raised?",
            id="when, before all",
        ),
        pytest.param(
            "The old stone bridge was rebuilt in Norland.",
            "In Norland, once the war had ended, Kim Fox rebuilt the old stone bridge.",
            "Where was the bridge rebuilt?",
            id="where, before all",
        ),
        pytest.param("", "", "", id="nothing"),
    ],
)
def test_a_name_among_its_words_and_one_of_the_question_are_left(
    claim: str, source: str, question: str
) -> None:
    assert not _apart(claim, source, question)
