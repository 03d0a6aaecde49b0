import pytest

from index.abroad import asked_in, by_stem, in_english, in_words_of, joining_words
from index.query import full_text_words
from index.rarity import telling_words


@pytest.mark.parametrize(
    ("question", "language", "english"),
    [
        ("Wie hoch war der Umsatz?", "de", "how much was the Umsatz?"),
        ("Was war die Ursache?", "de", "what was the Ursache?"),
        (
            "Welche Filiale hatte den höchsten Umsatz?",
            "de",
            "which Filiale had the highest Umsatz?",
        ),
        ("und 2022?", "de", "and 2022?"),
        ("Warum?", "de", "why?"),
        ("Qu'est-ce que l’État a payé ?", "fr", "what the État has payé?"),
        ("Combien d'agences y a-t-il ?", "fr", "how many agences are there?"),
        ("Où habite le maire de La Rochelle ?", "fr", "where habite the maire of La Rochelle?"),
        ("Qui dirige la Banque de France ?", "fr", "who dirige the Banque de France?"),
        ("¿Quién dirige el Banco de la Plata?", "es", "who dirige the Banco de la Plata?"),
        ("Wer war Hans von Holz?", "de", "who was Hans von Holz?"),
        ("Quand le gardien part-il ?", "fr", "when the gardien part?"),
        ("Quand part-il ?", "fr", "when part he?"),
        ("¿Cuántas tiendas hay en Sevilla?", "es", "how many tiendas are there in Sevilla?"),
        ("que tienda tuvo las mayores ventas", "es", "what tienda had the largest ventas"),
        ("¿y en 2022?", "es", "and in 2022?"),
    ],
)
def test_a_question_of_another_language_is_read_with_its_little_words_in_english(
    question: str, language: str, english: str
) -> None:
    assert asked_in(question) == language
    assert in_english(question) == english


@pytest.mark.parametrize(
    "question",
    [
        "What was the war in die Mark about?",
        "Who directed Das Boot?",
        "What is the role of El Niño in Los Angeles?",
        "Los Angeles population",
        "Was in 1999 a war?",
        "la",
        "",
        "¿?",
        "Quem é o presidente?",
        "誰が橋を建てましたか",
    ],
)
def test_an_english_question_and_one_of_a_language_without_tables_stay(question: str) -> None:
    assert in_english(question) in {question, question.strip("¿")}


def test_what_joins_in_another_language_is_neither_looked_for_nor_weighed() -> None:
    assert joining_words("Who was it?") == frozenset()
    assert full_text_words("Wann hat der Gutachter das Haus besichtigt?") == [
        "gutachter",
        "haus",
        "besichtigt",
    ]
    assert telling_words("¿Cuándo es la mayor fiesta?") == ["mayor", "fiesta"]


def test_a_word_is_read_as_the_documents_write_it_whatever_its_ending() -> None:
    found = by_stem("Die Filiale am Markt wuchs.", "de")
    asked = "which Filialen of Altona wachsen?"
    assert in_words_of(asked, found, "de") == "which Filiale of Altona wachsen?"
    assert in_words_of("how lange is Wuchs?", found, "de") == "how lange is Wuchs?"
    assert (
        in_words_of("who is Lange?", by_stem("El largo es de Langa.", "es"), "es")
        == "who is Lange?"
    )
