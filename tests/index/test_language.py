import pytest

from index.language import language_of
from tests.index.cutting import paragraphs_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The talks of the two sides were held in Berlin by the end of the year.", "en"),
        ("Der Stadtrat beschloss am Montag, die Brücke zu sanieren.", "de"),
        ("Le conseil de la ville est d'accord avec les travaux du pont.", "fr"),
        ("El consejo de la ciudad no está de acuerdo con las obras del puente.", "es"),
        ("Il consiglio della città non è d'accordo con i lavori del ponte.", "it"),
        ("O conselho da cidade não concorda com as obras da ponte.", "pt"),
        ("De raad van de stad is het niet eens met het werk aan de brug.", "nl"),
    ],
)
def test_a_language_is_known_by_its_little_words(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["", "12 | 40", "El Niño", "La Paz, Los Angeles", "港 🎉", "der die"]
)
def test_in_doubt_a_text_is_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "sentences",
    [
        [
            "Der Stadtrat von Lindau beschloss am 12. Februar 2024, die Brücke für 3,2 Mio. Euro"
            " zu sanieren.",
            "Das ist nach Abs. 2 der Satzung erlaubt.",
        ],
        ["La pág. 12 del acta dice que los vecinos de EE. UU. no votan.", "Es claro."],
        ["The bill of 3.5 million was paid on the 12th by Dr. Lee.", "It was late."],
    ],
)
def test_sentences_end_where_their_language_ends_them(sentences: list[str]) -> None:
    [paragraph] = paragraphs_of("a.txt", " ".join(sentences).encode())
    assert [s.text for s in paragraph.sentences] == sentences
