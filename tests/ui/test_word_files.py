"""The words of a language travel to the browsers that speak it, once."""

import json

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ui.catalogue import ENGLISH, LANGUAGES, catalogue
from ui.static_files import head
from ui.word_files import add_words, address, for_pages

OTHERS = [code for code in LANGUAGES if code != ENGLISH]


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    add_words(app)
    return TestClient(app)


def test_pages_hold_no_translation_but_where_each_lies() -> None:
    held = json.loads(for_pages())
    assert list(held["names"]) == list(LANGUAGES)
    assert held["files"] == {code: address(code) for code in OTHERS}
    assert "<" not in for_pages()
    assert "Einstellungen" not in head()


@pytest.mark.parametrize("code", OTHERS)
def test_a_file_holds_all_words_of_its_language_and_is_kept(client: TestClient, code: str) -> None:
    answer = client.get(address(code))
    assert answer.json() == catalogue(code).words
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["en-0.json", "de-0123456789abcdef.json", "..%2f..%2fde.json"])
def test_no_other_file_is_there_and_nothing_of_that_is_kept(client: TestClient, name: str) -> None:
    answer = client.get(f"/words/{name}")
    assert answer.status_code == 404
    assert "cache-control" not in answer.headers
