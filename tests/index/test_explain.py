from pathlib import Path

import pytest

from index.errors import IndexMismatchError, NoIndexError
from index.explain import FUSED, Explained, Explanation, explain
from index.fusion import NAME, NUMBERED
from index.search import CANDIDATES, LATE, Searcher
from tests.index.corpora import Library
from tests.index.fakes import HashEmbedder, WordEmbedder

SHIPS = "Ships carry timber. They sail in May, when the ice is gone."
FISH = "Fish is salted. It is sold in June."
GRAIN = "Grain is stored. It is milled in July."


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    library = Library(folder, tmp_path / "state")
    library.write("a.txt", f"{SHIPS}\n\n{FISH}\n\n{GRAIN}")
    library.sync()
    return library


def explained(library: Library, query: str) -> dict[str, Explained]:
    """text -> how it stands."""
    return {e.paragraph.text: e for e in explanation(library, query).explained}


def explanation(library: Library, query: str) -> Explanation:
    with library.opened() as store:
        return explain(library.searcher(store), query, store.catalog.paragraph_ids())


def test_the_answering_paragraph_is_first_under_every_signal(library: Library) -> None:
    found = explained(library, "When do the ships sail in May?")
    assert {name: s.rank for name, s in found[SHIPS].standings.items()} == {
        "dense": 1,
        "sentence": 1,
        "bm25": 1,
        "covered": 1,
        FUSED: 1,
    }
    assert found[SHIPS].nominated_by == ("dense", "bm25")
    assert found[SHIPS].search_rank == 1
    assert found[SHIPS].paragraph.sentences[found[SHIPS].best_sentence].text.startswith("They sail")


def test_what_was_read_word_by_word_tells_what_came_of_it(library: Library) -> None:
    library.embedder = WordEmbedder()
    found = explained(library, "When do the ships sail in May?")
    with library.opened() as store:
        hits = library.searcher(store).search("When do the ships sail in May?")
    assert [found[h.paragraph.text].search_rank for h in hits] == [1, 2, 3]
    read = {h.paragraph.text: h.signals[LATE] for h in hits if LATE in h.signals}
    told = {text: e.standings[LATE] for text, e in found.items() if LATE in e.standings}
    assert told[SHIPS].rank == 1
    assert {text: standing.value for text, standing in told.items()} == read


def test_a_paragraph_that_shares_no_word_has_no_word_score(library: Library) -> None:
    standing = explained(library, "When do the ships sail in May?")[GRAIN].standings["bm25"]
    # Fish and grain both share nothing: equals share the better rank.
    assert (standing.value, standing.rank) == (0.0, 2)


@pytest.mark.parametrize(
    "query", ["fish sold in June", "fish of the second report", "fish of act 2 sold in June"]
)
def test_values_and_ranks_are_those_of_the_search(library: Library, query: str) -> None:
    library.write("second report.txt", "Wool is spun. It is sold in May.")
    library.write("drama.txt", "In act 3 fish is sold.\n\nIn act 2 wool is sold.")
    library.write("copies.txt", f"{FISH}\n\n{FISH}\n\n{FISH}")
    library.sync()
    found = explanation(library, query)
    assert found.paragraphs == 9
    by_id = {e.paragraph.id: e for e in found.explained}
    with library.opened() as store:
        hits = library.searcher(store).search(query)
    for hit in hits:
        told = by_id[hit.paragraph.id]
        assert told.search_rank == hit.rank
        assert told.best_sentence == hit.best_sentence
        values = {name: told.standings[name].value for name in hit.signals}
        assert values == pytest.approx(hit.signals, abs=2e-6)
        assert (NAME in values) == ("report" in query)
        assert (NUMBERED in values) == (query != "fish sold in June")
        named = hit.paragraph.path == "second report.txt" and "report" in query
        assert (NAME in told.nominated_by) <= named


def test_what_nothing_nominates_has_ranks_but_no_place_in_the_search(
    folder: Path, tmp_path: Path
) -> None:
    library = Library(folder, tmp_path / "state")
    others = "\n\n".join(f"The ship number {i} sails in May." for i in range(CANDIDATES + 5))
    library.write("ships.txt", f"{others}\n\n{GRAIN}")
    library.sync()
    found = explained(library, "Which ship sails in May?")[GRAIN]
    assert found.nominated_by == ()
    assert found.search_rank is None
    assert found.standings["dense"].rank == CANDIDATES + 6


def test_a_question_without_words_still_ranks(library: Library) -> None:
    assert len(explained(library, "?!")) == 3


def test_a_paragraph_that_is_gone_is_named(library: Library) -> None:
    with library.opened() as store, pytest.raises(NoIndexError, match=r"a\.txt#0000 is not in"):
        explain(library.searcher(store), "ships", ["a.txt#0000"])


def test_another_embedder_is_refused(library: Library) -> None:
    with library.opened() as store, pytest.raises(IndexMismatchError):
        explain(Searcher(store, HashEmbedder(fingerprint="other")), "ships", [])
