"""The catalogues hold every sentence of the interface with the same values in it, and no more."""

from collections.abc import Sequence

import pytest

from rag.settings import Settings
from tests.ui.sentences import (
    PLACEHOLDER,
    UI,
    found_by_the_check,
    of_layers_below,
    of_pages,
    raised_in,
)
from ui.catalogue import ENGLISH, LANGUAGES, catalogue

TRANSLATED = [code for code in LANGUAGES if code != ENGLISH]
SHOWN = (
    "index/readers",
    "index/scan.py",
    "index/prepare.py",
    "index/uploads.py",
    "index/trash.py",
    "index/locate.py",
    "index/lock.py",
    "index/store.py",
    "index/database.py",
    "index/mirror.py",
    "index/vectors.py",
    "rag/question.py",
)
"""Modules whose messages readers meet on the pages in the course of things."""


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def forms(translation: str | Sequence[str]) -> list[str]:
    return [translation] if isinstance(translation, str) else list(translation)


def test_the_sources_are_read() -> None:
    found = of_pages()
    assert ("Documents",) in found
    assert ("{count} paragraph", "{count} paragraphs") in found
    assert any(sentence[0].startswith("No paragraph of the index holds") for sentence in found)
    assert len(found) > 400


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_of_the_pages_is_translated_and_no_other(code: str) -> None:
    assert set(catalogue(code).words) == {sentence[0] for sentence in of_pages()}


@pytest.mark.parametrize("code", TRANSLATED)
def test_sentences_that_count_have_two_forms(code: str) -> None:
    words = catalogue(code).words
    for sentence in of_pages():
        assert len(forms(words[sentence[0]])) == len(sentence), sentence


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_name_the_values_their_sentence_names(code: str) -> None:
    found = catalogue(code)
    for sentence, translation in {**found.words, **found.messages}.items():
        for form in forms(translation):
            assert placeholders(form) == placeholders(sentence), sentence
            assert form.strip() == form != ""


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_one_that_some_layer_below_says(code: str) -> None:
    said = {text.strip() for text in of_layers_below("index", "rag", "eval")}
    for message in catalogue(code).messages:
        # Of a model server only what follows its name stands in the sources.
        after_name = PLACEHOLDER.sub(
            lambda found: f"{{{int(found[0][1:-1]) - 1}}}", message.removeprefix("{0} ")
        )
        assert message in said or after_name in said, message


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_readers_meet_of_the_layers_below_is_translated(code: str) -> None:
    raised = {text for place in SHOWN for text in raised_in(place)}
    raised |= {field.description or "" for field in Settings.model_fields.values()}
    assert len(raised) > 60
    assert raised - {"page {0} cannot be drawn: {1}", "it has no page {0}: it has {1}"} <= set(
        catalogue(code).messages
    )


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_the_check_of_the_index_finds_is_translated(code: str) -> None:
    found = found_by_the_check()
    assert "its pages are not where they are said to be" in found
    assert len(found) > 30
    assert found <= set(catalogue(code).messages)


def test_whoever_opens_the_report_in_another_language_is_told_that_it_is_english() -> None:
    for code, english in (("de", "englisch"), ("fr", "anglais"), ("es", "inglés")):
        for sentence in ("Open the report", "Download the report"):
            assert english in str(catalogue(code).words[sentence])


def test_no_script_reads_a_text_as_markup() -> None:
    for file in (UI / "static").glob("*.js"):
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in file.read_text(encoding="utf-8"), file.name
