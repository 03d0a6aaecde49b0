"""Words find paragraphs, by how well they fit and how rare they are."""

from tests.index.corpora import Library

TEXT = "# The Harbour\n\nShips carry timber. They sail in May.\n\n- one\n- two\n\nShips “sail”.\n"


def test_word_scores_are_higher_for_better_matches(library: Library) -> None:
    library.write("a.md", TEXT)
    library.sync()
    with library.opened() as store:
        scores = store.catalog.full_text.bm25('"ships" OR "timber"', top=10)
        best, other = list(scores)
        assert scores[best] > scores[other] > 0
        assert "timber" in store.catalog.paragraphs_by_id([best])[best].text
        assert store.catalog.full_text.bm25('"ship"', top=10).keys() == scores.keys()
        assert store.catalog.full_text.bm25('"ships"', also=[other]).keys() == {other}
        assert store.catalog.full_text.bm25('"ships" OR "timber"', top=1).keys() == {best}
        assert store.catalog.full_text.bm25('"ships" OR "timber"', top=1, also=[other]) == scores


def test_it_is_counted_in_how_many_paragraphs_a_word_is(library: Library) -> None:
    library.write("a.txt", "Ships carry timber.\n\nThe ship sails.\n\nFish is salted.")
    library.sync()
    with library.opened() as store:
        words = ["ships", "timber", "granite", "fish"]
        counted = {"ships": 2, "timber": 1, "granite": 0, "fish": 1}
        assert store.catalog.full_text.counted(words, 5) == counted
        # Beyond what is asked for it does not go on counting.
        assert store.catalog.full_text.counted(words, 0) == {**counted, "ships": 1}


def test_a_changed_text_is_found_by_its_new_words_only(library: Library) -> None:
    library.write("a.md", TEXT)
    library.sync()
    library.write("a.md", TEXT.replace("timber", "granite"))
    library.sync()
    with library.opened() as store:
        assert store.catalog.full_text.bm25('"timber"', top=10) == {}
        assert len(store.catalog.full_text.bm25('"granite"', top=10)) == 1
