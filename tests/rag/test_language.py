import pytest

from rag.language import is_english, looks_english
from rag.prompt import answer_messages, holds_messages
from rag.types import Source
from tests.rag.fakes import paragraph


@pytest.mark.parametrize(
    "question",
    [
        "When was the Alder bridge opened?",
        "Who wrote La Marseillaise and Les Misérables?",
        "Pokémon: what is it?",
        "Where does the Rio de la Plata end?",
        "Heron nest",
        "1932?",
    ],
)
def test_english_questions_are_english(question: str) -> None:
    assert looks_english(question)


@pytest.mark.parametrize(
    "question",
    [
        "Wann wurde die Brücke eröffnet und von wem?",
        "Quand est-ce que le pont a été ouvert ?",
        "¿Cuándo se abrió el puente y por quién?",
        "Quando è stato aperto il ponte e da chi?",
        "Wanneer is het een brug van de stad?",
        "Когда открыли мост?",
        "桥是什么时候开通的？",
        "متى افتتح الجسر؟",
    ],
)
def test_other_questions_are_not(question: str) -> None:
    assert not looks_english(question)


def test_the_model_is_told_the_language_only_where_it_is_another() -> None:
    found = paragraph("The Alder bridge was opened in 1932.")
    sources = [Source(found, found.sentences)]
    german = answer_messages("Wann wurde die Brücke eröffnet?", sources)[-1][1]
    assert german.endswith("Reply in the language of the question.")
    english = answer_messages("When was the bridge opened?", sources)[-1][1]
    assert "language" not in english
    assert "language" not in holds_messages("Wann wurde die Brücke eröffnet?", sources)[-1][1]


@pytest.mark.parametrize(
    ("question", "surely"),
    [
        ("When was the Alder bridge opened?", True),
        ("Heron nest", False),
        ("Was kostet der Eintritt?", False),
        ("¿Cuándo nació Pablo Picasso?", False),
    ],
)
def test_a_question_is_surely_english_by_its_little_words(question: str, surely: bool) -> None:
    assert is_english(question) is surely
