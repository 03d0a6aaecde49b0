from pathlib import Path
from urllib.parse import quote

import pytest

from index.errors import UsageError
from index.locate import MOST_PASTED, locate
from index.long_blocks import MAX_CHARS
from tests.index.corpora import Library
from tests.timing import thread_s

SHIPS = "Ships carry “timber” to the south. They sail in May, when the ice is gone."
FISH = "Fish is salted here. It's sold in June at the market."


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    library = Library(folder, tmp_path / "state")
    library.write("trade/sea ways.txt", f"{SHIPS}\n\n{FISH}")
    library.write("notes.md", "# The harbour\n\nIce closes the harbour every winter.")
    library.sync()
    return library


def found(library: Library, pasted: str) -> list[str]:
    with library.opened() as store:
        return [p.text for p in locate(store.catalog, pasted)]


def ids(library: Library) -> list[str]:
    with library.opened() as store:
        return store.catalog.paragraph_ids()


@pytest.mark.parametrize(
    "pasted",
    [
        SHIPS,
        "They sail in May, when the ice is gone.",
        "  they sail\n in MAY,  when the ice ",
        'carry "timber" to the south',
        f"Before. {SHIPS} After.",
    ],
)
def test_quoted_words_name_their_paragraph(library: Library, pasted: str) -> None:
    assert found(library, pasted) == [SHIPS]


def test_other_words_for_most_of_a_paragraph_name_it(library: Library) -> None:
    assert found(library, "Fish, salted, is sold at June's market") == [FISH]


def test_words_of_nowhere_name_nothing(library: Library) -> None:
    assert found(library, "The minister resigned over the budget.") == []
    assert found(library, "") == []
    assert found(library, "?!") == []
    assert found(library, "the of and") == []


def test_an_id_names_its_paragraph_and_so_does_a_link_that_ends_in_it(library: Library) -> None:
    for id_ in ids(library):
        with library.opened() as store:
            text = store.catalog.paragraphs_by_id([id_])[id_].text
        assert found(library, id_) == [text]
        assert found(library, f" {id_}\n") == [text]
        assert found(library, f"http://127.0.0.1:7860/view/{id_}") == [text]
        assert found(library, f"http://127.0.0.1:7860/?paragraph={quote(id_)}") == [text]
        whole = quote(id_, safe="")
        assert found(library, f"http://127.0.0.1:7860/#paragraph={whole}") == [text]


@pytest.mark.parametrize(
    "pasted",
    [
        "a" * MOST_PASTED,
        ("x/" * MOST_PASTED)[: MOST_PASTED - 9] + "#00000000",
        "#00000000 " * (MOST_PASTED // 10),
        ("x#00000000" * MOST_PASTED)[:MOST_PASTED],
        "x/#00000000\n" * (MOST_PASTED // 12),
    ],
    ids=["letters", "slashes", "ends of ids", "many ends", "lines"],
)
def test_whatever_is_pasted_is_looked_up_at_once(library: Library, pasted: str) -> None:
    with library.opened() as store:
        assert locate(store.catalog, pasted) == ()
        assert thread_s(lambda: locate(store.catalog, pasted)) < 0.5


def test_the_paragraphs_of_several_ids_on_several_lines_are_found(library: Library) -> None:
    assert (
        len(found(library, "\n".join(f"see http://here/view/{id_}" for id_ in ids(library)))) == 3
    )


def test_more_than_a_long_paragraph_is_refused_with_the_limit(library: Library) -> None:
    with pytest.raises(UsageError, match="has 10001 characters, 10000 are allowed"):
        found(library, "a" * (MOST_PASTED + 1))


def test_a_paragraph_of_the_greatest_length_is_found_by_all_its_words(library: Library) -> None:
    words = "".join(f"word{n} " for n in range(2000))[: MAX_CHARS - 1].strip()
    library.write("long.txt", f"{words}.")
    library.sync()
    assert found(library, f"{words}.") == [f"{words}."]


def test_an_id_of_nothing_names_nothing(library: Library) -> None:
    assert found(library, "trade/sea ways.txt#00000000") == []
