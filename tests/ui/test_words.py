from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from ui.words import counted, decimal, language, t, whole


def test_english_is_spoken_until_something_else_is_asked_for() -> None:
    assert language() == "en"
    assert t("Documents") == "Documents"


def test_a_sentence_is_translated_and_its_values_are_put_in(
    speaking: Callable[[str], None],
) -> None:
    speaking("de")
    assert t("Written by {model}", model="<b>{count}</b>") == "Geschrieben von <b>{count}</b>"
    assert t("page {number} of {pages}", number=3, pages=1200) == "Seite 3 von 1.200"


def test_what_no_catalogue_holds_is_english(speaking: Callable[[str], None]) -> None:
    speaking("de")
    assert t("A sentence {of} today", of="x") == "A sentence x today"
    assert t("{count} paragraph") == "{count} paragraph"  # It has two forms, for ``counted``.


@pytest.mark.parametrize(
    ("code", "none", "one", "two"),
    [
        ("en", "0 files", "1 file", "2 files"),
        ("de", "0 Dateien", "1 Datei", "2 Dateien"),
        ("fr", "0 fichier", "1 fichier", "2 fichiers"),
        ("es", "0 archivos", "1 archivo", "2 archivos"),
    ],
)
def test_counts_take_the_form_of_their_language(
    speaking: Callable[[str], None], code: str, none: str, one: str, two: str
) -> None:
    speaking(code)
    assert [counted("{count} file", "{count} files", n) for n in (0, 1, 2)] == [none, one, two]


@pytest.mark.parametrize(
    ("code", "thousand", "million", "share"),
    [
        ("en", "1,234", "1,234,567", "+0.50"),
        ("de", "1.234", "1.234.567", "+0,50"),
        ("fr", "1\u202f234", "1\u202f234\u202f567", "+0,50"),
        ("es", "1234", "1.234.567", "+0,50"),
    ],
)
def test_numbers_are_written_as_browsers_write_them(
    speaking: Callable[[str], None], code: str, thousand: str, million: str, share: str
) -> None:
    speaking(code)
    assert whole(1234) == thousand
    assert whole(1234567) == million
    assert decimal(0.5, 2, sign=True) == share


def test_another_thread_does_not_speak_what_this_one_does(
    speaking: Callable[[str], None],
) -> None:
    speaking("fr")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(language).result() == "en"
