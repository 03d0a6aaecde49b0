import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import content_stems, names, negated, numbers, stem, stems
from tests.rag.checks import PROPERTY


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("bridges", "bridge"),
        ("opened", "Opening"),
        ("Syria’s", "Syria"),
        ("Syria's", "syria"),
        ("12,000", "12000"),
        ("four", "4"),
        ("Thirty", "30"),
        ("zwölf", "douze"),
        ("l’entreprise", "entreprises"),
        ("qu'elle", "elle"),
        ("ﬁsh", "fish"),
        ("e\u0301tude", "\u00e9tudes"),
    ],
)
def test_forms_of_one_word_have_one_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_accents_behind_their_letters_do_not_cut_a_word() -> None:
    assert stems("Une e\u0301tude du cafe\u0301") == stems("Une \u00e9tude du caf\u00e9")
    assert names("Mr Dvor\u030ca\u0301k left.") == names("Mr Dvo\u0159\u00e1k left.") != set()


@pytest.mark.parametrize(("word", "other"), [("1932", "1952"), ("3.5", "35"), ("Iran", "Iraq")])
def test_different_words_have_different_stems(word: str, other: str) -> None:
    assert stem(word) != stem(other)


def test_stems_keep_the_order_and_repeats() -> None:
    assert stems("The bridge, the river.") == ["the", stem("bridge"), "the", stem("river")]


def test_words_that_carry_no_meaning_are_not_content() -> None:
    assert content_stems("When was the bridge opened by them?") == [stem("bridge"), stem("opened")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("opened in 1932", {"1932"}),
        ("four lanes and thirty-one men", {"4", "30", "1"}),
        ("vier Wochen, trois jours, cinco mil", {"4", "3", "5"}),
        ("12,000 at 07:45, 3.5 %", {"12000", "07:45", "3.5"}),
        ("no number at all", set()),
    ],
)
def test_numbers_are_found_in_digits_and_in_words(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Alder bridge", ["alder"]),
        ("Heron nests are large.", []),
        ("It is big. Herons nest here.", []),
        ("Hakan Fidan urged them.", ["hakan", "fidan"]),
        ("HTS advanced.", ["hts"]),
        ("They met in Ankara, I think.", ["ankara"]),
        ("“Russia still maintains it”", []),
        (
            "They saw Dr. Lee, and by J. R. Holt Roe v. Wade was read.",
            ["dr", "lee", "holt", "roe", "wade"],
        ),
        ("Was it paid? A. Nothing was paid.", []),
        ("", []),
    ],
)
def test_names_are_capitalised_words_that_do_not_merely_begin_a_sentence(
    text: str, found: list[str]
) -> None:
    assert names(text) == {stem(word) for word in found}


@pytest.mark.parametrize(
    "text",
    [
        *("It did not open.", "No lorry may cross.", "It isn't.", "It can’t.", "without a key"),
        *("NEVER", "Sie ist nicht offen.", "Il n’est pas là.", "on ne fume pas", "nunca se vende"),
    ],
)
def test_a_denial_is_seen(text: str) -> None:
    assert negated(text)


@pytest.mark.parametrize(
    "text",
    [
        "It opened.",
        "A notable nose.",
        "Northern Norway",
        "NE of it, rock n'roll",
        "knots",
        "",
        "Invoice no. 5 is due.",
        "Ward No 2 and Nos. 5 and 6",
    ],
)
def test_words_that_only_look_like_a_denial_are_none(text: str) -> None:
    assert not negated(text)


@PROPERTY
@given(st.text())
def test_any_text_has_stems_names_and_numbers(text: str) -> None:
    found = set(stems(text))
    assert set(content_stems(text)) <= found
    assert names(text) <= found
    assert numbers(text) <= found


def test_a_word_that_opens_a_sentence_before_a_name_is_no_part_of_it() -> None:
    assert names("Besides Kuwait, who was named?") == {"kuwait"}
    assert names("BESIDES KUWAIT, who was named?") == {"besid", "kuwait"}
    assert names("Must Smaug pay?") == {"smaug"}
    assert names("Am I to pay if I'm late, or It’s free?") == set()
    assert names("Who saw O'Brien?") == {"o'brien"}


def test_a_question_all_in_capitals_tells_no_names_and_an_abbreviation_does() -> None:
    assert names("WHO REPAIRED THE ROOF?") == set()
    assert names("NATO") == {"nato"}
    assert names("US GDP") == {"gdp"}
    assert names("IBM VS DEC") == {"ibm", "vs", "dec"}
