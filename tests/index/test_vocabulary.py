import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vocabulary import Vocabulary
from tests.index.corpora import Library


@pytest.fixture
def library(tmp_path, folder):  # type: ignore[no-untyped-def]
    library = Library(folder, tmp_path / "state")
    library.write("a.txt", "Hundreds of fighters crossed the border near Ankara.")
    library.write("b.txt", "The Syrian army fights on. Organisations of fighters were named.")
    library.sync()
    return library


@pytest.fixture
def vocabulary(library):  # type: ignore[no-untyped-def]
    with library.opened() as store:
        yield Vocabulary(store.database)


def test_a_word_is_held_in_any_inflection_and_case(vocabulary: Vocabulary) -> None:
    assert vocabulary.holds("fighter")
    assert vocabulary.holds("ANKARA")
    assert not vocabulary.holds("ankra")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("syrain", "Syrian"),  # two letters swapped
        ("Ankra", "Ankara"),  # one missing
        ("figthers", "fighters"),
        ("hundrads", "Hundreds"),
        ("bordar", "border"),
        ("zebra", ""),
        ("pombers", ""),
    ],
)
def test_the_word_spelt_most_like_it_is_found_as_it_is_written(
    vocabulary: Vocabulary, word: str, meant: str
) -> None:
    assert vocabulary.nearest(word, 1) == meant


def test_more_changes_are_allowed_where_asked_for(vocabulary: Vocabulary) -> None:
    assert vocabulary.nearest("orgenisetions", 1) == ""
    assert vocabulary.nearest("orgenisetions", 2) == "Organisations"


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("ankara", "Ankara"),
        ("fighters", ""),
        ("syrian", ""),  # stands behind an article wherever it is
        ("zebra", ""),
        ("hundreds", ""),  # only begins a sentence
        ("ann", "Ann"),  # begins one, with the rest of the name behind it
        ("ferry", ""),  # has a capital in a title alone
        ("vans", ""),  # heads a column
        ("york", "York"),
        ("notice", ""),  # of a line in capitals
    ],
)
def test_a_name_is_what_has_a_capital_wherever_that_tells(
    library: Library, word: str, name: str
) -> None:
    library.write("d.txt", "Ann Lee runs the ferry.\n\nNOTICE TO ALL")
    library.write("e.txt", "The Ferry of Ann Lee")
    library.write("f.csv", "Depot,Vans\nYork,39\nHull,46\n")
    library.sync()
    with library.opened() as store:
        assert Vocabulary(store.database).name(word) == name


def test_what_another_sync_brings_is_known(library: Library, vocabulary: Vocabulary) -> None:
    assert not vocabulary.nearest("harbuor", 1)
    library.write("c.txt", "A harbour.")
    library.sync()
    assert vocabulary.nearest("harbuor", 1) == "harbour"


@given(word=st.text(string.ascii_lowercase + "äß港\U0001f389", min_size=1, max_size=12))
def test_any_word_can_be_looked_for(word: str) -> None:
    assert _SHARED.nearest(word, 1) in {"", "One", "one", "word"}


class _Shared:
    """One small vocabulary for all examples."""

    def __init__(self) -> None:
        import sqlite3
        from pathlib import Path

        from index.database import Database
        from index.schema import SCHEMA

        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.executescript(SCHEMA)
        connection.execute("INSERT INTO paragraphs_fts (text, heading) VALUES ('one word', '')")
        self._vocabulary = Vocabulary(Database(Path("memory"), connection))

    def nearest(self, word: str, most: int) -> str:
        return self._vocabulary.nearest(word, most)


_SHARED = _Shared()
