import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.formats import kinds
from tests.timing import thread_s
from ui.messages import LONGEST, told, values_between
from ui.words import speak


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    speak("de")
    yield
    speak("en")


def test_english_readers_get_messages_as_they_are() -> None:
    speak("en")
    assert told("no paragraph in it") == "no paragraph in it"


def test_a_message_is_found_by_its_fixed_words_and_keeps_its_values() -> None:
    assert told("duplicate of notes/{0} <b>.txt") == "Duplikat von notes/{0} <b>.txt"
    assert told("larger than 1,000 bytes: split it") == "größer als 1,000 Byte: aufteilen"


def test_the_message_with_the_most_fixed_words_wins() -> None:
    assert told("it has more than 5,000 pages: split it").startswith(
        "sie hat mehr als 5,000 Seiten"
    )
    assert told("it unpacks to 9 bytes: split it") == "sie entpackt sich auf 9 Byte: aufteilen"


def test_a_message_inside_a_message_is_translated_too() -> None:
    message = f"no reader for .xyz files (there is for {kinds()})"
    assert told(message).startswith("nicht lesbar: Dateien mit .xyz (lesbar sind: .txt")
    assert told(message).endswith("und Quelltext)")
    refused = (
        "The documents are quoted, because x could not be reached:"
        " start it, or correct llm_base_url in the settings"
    )
    assert "Grund: x war nicht erreichbar" in told(refused)


def test_sentences_that_were_joined_are_translated_one_by_one() -> None:
    notice = (
        "Counted as a whole word, spelt as in the question, headings not counted."
        " The first 5 paragraphs are cited. Some other line."
    )
    assert told(notice).endswith("Die ersten 5 Absätze sind zitiert. Some other line.")


def test_what_is_not_known_stays_as_it_is() -> None:
    assert told("") == ""
    assert told("Ganz etwas anderes. {count}") == "Ganz etwas anderes. {count}"
    long = "duplicate of " + "x" * LONGEST
    assert told(long) == long


@given(st.lists(st.text("ab", max_size=2), min_size=2, max_size=4), st.text("ab", max_size=10))
def test_values_are_each_as_short_as_can_be(fixed: list[str], message: str) -> None:
    found = re.fullmatch("(.+?)".join(fixed), message)
    assert values_between(fixed, message) == (list(found.groups()) if found else None)


@pytest.mark.parametrize(
    "unit", [": a", ": (", "a failed (HTTP ", "a: ", " holds no report: a", "a changed from a to "]
)
def test_a_message_that_repeats_itself_is_told_at_once(unit: str) -> None:
    message = (unit * LONGEST)[:LONGEST]
    told("x")  # The catalogue is read once.
    assert thread_s(lambda: told(message), times=1) < 0.15
