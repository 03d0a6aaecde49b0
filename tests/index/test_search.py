from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from index.fusion import NAME, NUMBERED
from index.query import full_text_query
from index.search import CANDIDATES, LATE, READ, READ_CHARACTERS
from index.telling import COMMON
from index.types import Hit
from tests.index.corpora import Library
from tests.index.fakes import SIGNALS, WordEmbedder

SHIPS = "Ships carry timber. They sail in May, when the ice is gone."
FISH = "Fish is salted. It is sold in June."
GRAIN = "Grain is stored. It is milled in July."

values = st.lists(
    st.floats(min_value=-10, max_value=10, allow_nan=False), min_size=1, max_size=8
).map(np.array)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Only to be read."""
    home = tmp_path_factory.mktemp("searched")
    (home / "corpus").mkdir()
    library = Library(home / "corpus", home / "state")
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.write("b.md", f"# Trade in cereals\n\n{GRAIN}\n\n- {FISH}\n- Wool is spun.")
    library.sync()
    return library


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """As ``searched``, by an embedder that tells of tokens; its paragraphs are much alike."""
    home = tmp_path_factory.mktemp("read")
    (home / "corpus").mkdir()
    library = Library(home / "corpus", home / "state")
    library.embedder = WordEmbedder()
    harbours = ["Ships lie in harbour. They wait for wind.", "Ships leave harbour. They fear wind."]
    library.write("a.txt", "\n\n".join([SHIPS, FISH, *harbours, "Wind fills sails. Ships wait."]))
    library.sync()
    return library


def search(library: Library, query: str, top: int = 10) -> tuple[Hit, ...]:
    with library.opened() as store:
        return library.searcher(store).search(query, top)


def test_the_paragraph_that_answers_comes_first(searched: Library) -> None:
    assert search(searched, "When do the ships sail?")[0].paragraph.text == SHIPS
    assert search(searched, "Where is grain stored?")[0].paragraph.text == GRAIN


def test_a_heading_counts_for_the_words_below_it(searched: Library) -> None:
    with_words = [h.paragraph.path for h in search(searched, "cereals") if h.signals["bm25"] > 0]
    assert with_words == ["b.md", "b.md"]


def test_accents_are_found_however_they_are_encoded(library: Library) -> None:
    composed, apart = "Une \u00e9tude de Dvo\u0159\u00e1k.", "L'e\u0301tude d'un cafe\u0301."
    library.write("a.txt", composed)
    library.write("b.txt", apart)
    library.sync()
    for query in ("\u00e9tude", "e\u0301tude"):
        assert {h.paragraph.text for h in search(library, query) if h.signals["bm25"] > 0} == {
            composed,
            apart,
        }


def test_a_hit_agrees_with_itself(searched: Library) -> None:
    hits = search(searched, "When are the salted fish sold?")
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert sorted((-hit.score, hit.paragraph.id) for hit in hits) == [
        (-hit.score, hit.paragraph.id) for hit in hits
    ]
    for hit in hits:
        assert tuple(hit.signals) == SIGNALS
        assert len(hit.sentence_scores) == len(hit.paragraph.sentences)
        assert hit.sentence_scores[hit.best_sentence] == max(hit.sentence_scores)
        assert hit.signals["sentence"] == max(hit.sentence_scores)
        assert all(-1.00001 <= score <= 1.00001 for score in hit.sentence_scores)
        assert hit.signals["bm25"] >= 0


def test_the_best_sentence_is_the_one_that_answers(searched: Library) -> None:
    hit = search(searched, "When is fish sold in June?")[0]
    assert hit.paragraph.sentences[hit.best_sentence].text == "It is sold in June."


def test_the_signals_are_the_cosines_and_the_word_score(searched: Library) -> None:
    query = "ships in May"
    hit = search(searched, query)[0]
    vector = searched.embedder.query(query)
    dense = float(searched.embedder.query(SHIPS) @ vector)
    assert hit.signals["dense"] == pytest.approx(dense, abs=2e-6)
    sentences = [float(searched.embedder.query(s.text) @ vector) for s in hit.paragraph.sentences]
    assert hit.sentence_scores == pytest.approx(sentences, abs=2e-6)


def test_hits_hold_the_whole_paragraph_as_the_catalog_has_it(searched: Library) -> None:
    with searched.opened() as store:
        for hit in searched.searcher(store).search("fish"):
            assert hit.paragraph in store.catalog.paragraphs(hit.paragraph.path)
            text = store.catalog.text(hit.paragraph.path)
            assert text[hit.paragraph.start : hit.paragraph.end] == hit.paragraph.text


def test_top_limits_the_hits(searched: Library) -> None:
    everything = search(searched, "fish")
    assert search(searched, "fish", top=2) == everything[:2]
    assert search(searched, "fish", top=0) == ()


def test_equal_paragraphs_are_ordered_by_id(library: Library) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        library.write(name, SHIPS)
    library.sync()
    hits = search(library, "ships")
    assert [hit.paragraph.path for hit in hits] == ["a.txt", "b.txt", "c.txt"]
    assert len({hit.score for hit in hits}) == 1


def test_an_empty_index_finds_nothing(library: Library) -> None:
    library.sync()
    assert search(library, "ships") == ()


@pytest.mark.parametrize(
    "query",
    [
        '"ships"', 'ships" OR "', "ships'; DROP TABLE paragraphs; --", "(ships", "ships)", "*",
        "sh*", "-ships", "ships - timber", "^ships", "text:ships", "heading : ships",
        "NEAR(ships timber)", "ships AND timber", "ships OR", "NOT ships", "AND", "{ships}",
        "ships + timber", "a", "?", "", "   ", "🎉", "🎉🎉 ships 🎉", "__", "_ships_",
        "ships\0timber", "ships\n\ttimber", "港口", "who is it that was to be in the",
        "to be or not to be", "ships " * 400, "é" * 2000, " ".join(f"word{n}" for n in range(300)),
        "\ud800", "İ ß ŉ", "1", "x" * 2000, "１８８０ ² ½", "e\u0301",
    ],
)  # fmt: skip
def test_no_question_breaks_the_full_text_search(searched: Library, query: str) -> None:
    with searched.opened() as store:
        expression = full_text_query(query)
        if expression:
            store.catalog.full_text.bm25(expression, top=5)
        hits = searched.searcher(store).search(query)
        assert len(hits) == 4
        if "ships" in query:
            assert hits[0].paragraph.text == SHIPS


def test_in_a_large_corpus_words_that_most_paragraphs_hold_are_left_out(library: Library) -> None:
    many = [f"The ship sails in week {number}." for number in range(COMMON)]
    library.write("a.txt", "\n\n".join([*many, "The ship carries timber."]))
    library.sync()
    named = [hit.signals["bm25"] > 0 for hit in search(library, "Which ship has timber?")]
    assert named == [True, *[False] * 9]
    # Where nothing rarer is asked for, the common word still counts.
    assert all(hit.signals["bm25"] > 0 for hit in search(library, "Which ship?"))


def test_any_text_can_be_compared_with_the_sentences_of_given_paragraphs(
    searched: Library,
) -> None:
    with searched.opened() as store:
        searcher = searched.searcher(store)
        hits = searcher.search("fish")
        cosines = searcher.sentence_cosines("fish", [hit.paragraph.id for hit in hits[:2]])
        assert sorted(cosines) == sorted(hit.paragraph.id for hit in hits[:2])
        for hit in hits[:2]:
            assert cosines[hit.paragraph.id] == pytest.approx(hit.sentence_scores, abs=2e-6)


@pytest.fixture
def terms(library: Library) -> Library:
    """Three licences that hardly name themselves, in many paragraphs."""
    for name, days in (("apache", 10), ("mozilla", 30), ("gnu", 60)):
        more = "\n\n".join(f"Clause {i} of it is on fees and other terms." for i in range(70))
        library.write(f"{name}.txt", f"You have {days} days to mend a breach.\n\n{more}")
    library.sync()
    return library


@pytest.mark.parametrize(("name", "days"), [("Apache", 10), ("Mozilla", 30), ("GNU", 60)])
def test_a_document_that_the_question_names_comes_first(
    terms: Library, name: str, days: int
) -> None:
    hits = search(terms, f"How many days to mend a breach of the {name} terms?", 200)
    assert hits[0].paragraph.text == f"You have {days} days to mend a breach."
    assert hits[0].signals[NAME] == 1.0
    rivals = [hit for hit in hits[1:] if "to mend" in hit.paragraph.text]
    assert [hit.signals[NAME] for hit in rivals] == [0.0, 0.0]


def test_paragraphs_of_a_named_document_are_looked_at_however_many_fit_better(
    library: Library,
) -> None:
    crowd = "\n\n".join(f"The fee of ship {i} is paid in May." for i in range(CANDIDATES * 2))
    library.write("crowd.txt", crowd)
    library.write("apache.txt", "Of a fee nothing is said.")
    library.write("other.txt", "Nothing is here.")
    library.sync()
    hits = search(library, "Which fee of a ship is paid in May by Apache?", 200)
    [found] = [hit for hit in hits if hit.paragraph.path == "apache.txt"]
    assert found.signals[NAME] == 1.0


def test_of_two_releases_the_one_asked_for_comes_first(library: Library) -> None:
    library.write(
        "a.txt", "Which ports Release 4.0 dropped: in Release 4.0 two ports were dropped."
    )
    library.write("b.txt", "Of Release 6.0 one was given up.\n\nRelease 5 has ports.")
    library.sync()
    hits = search(library, "Which ports were dropped in Release 6?")
    told = {hit.paragraph.text: hit.signals[NUMBERED] for hit in hits}
    assert hits[0].paragraph.text == "Of Release 6.0 one was given up."
    assert sorted(told.values()) == [-1.0, -1.0, 1.0]
    assert not any(NUMBERED in hit.signals for hit in search(library, "Which ports were dropped?"))


def test_many_copies_of_a_text_leave_room_for_what_else_there_is(library: Library) -> None:
    for n in range(12):
        library.write(f"{n}.txt", SHIPS)
    library.write("z.txt", f"{FISH}\n\n{GRAIN}")
    library.sync()
    texts = [hit.paragraph.text for hit in search(library, "When do ships sail?", 5)]
    assert texts[:2] == [SHIPS, SHIPS]
    assert set(texts[2:4]) == {FISH, GRAIN}
    assert texts[4] == SHIPS


def test_a_renamed_document_is_found_by_its_new_name(terms: Library) -> None:
    with terms.opened() as store:
        searcher = terms.searcher(store)
        assert searcher.search("breach of the Eclipse terms?")[0].signals.get(NAME, 0.0) == 0.0
        (terms.folder / "gnu.txt").rename(terms.folder / "eclipse.txt")
        terms.sync()
        assert searcher.search("breach of the Eclipse terms?")[0].paragraph.path == "eclipse.txt"


def test_the_best_and_its_rivals_are_read_token_by_token(read: Library) -> None:
    hits = search(read, "Which ships and what wind?")
    assert len(hits) == 5
    closer = [hit for hit in hits if LATE in hit.signals]
    assert len(closer) == 4 < READ
    assert list(hits[:4]) == closer
    for hit in closer:
        assert len(hit.read_scores) == len(hit.paragraph.sentences)
        assert hit.signals[LATE] >= max(hit.read_scores)
        assert hit.best_sentence == int(np.argmax(hit.read_scores))
    assert not any(hit.read_scores for hit in hits[4:])


def test_short_paragraphs_are_read_behind_their_headings_and_what_stands_before_them(
    tmp_path: Path,
) -> None:
    (tmp_path / "corpus").mkdir()
    library = Library(tmp_path / "corpus", tmp_path / "state")
    embedder = library.embedder = WordEmbedder()
    library.write("a.md", f"# Harbour news\n\n{SHIPS}\n\nShips wait for wind in May.")
    library.sync()
    search(library, "When do ships wait for wind?")
    assert f"Harbour news\n\n{SHIPS}\n\nShips wait for wind in May." in embedder.read


def test_what_scores_far_below_the_best_is_no_rival(folder: Path, tmp_path: Path) -> None:
    library = Library(folder, tmp_path / "state")
    library.embedder = WordEmbedder()
    others = [f"Ship {number} waits for wind in harbour {number}." for number in range(20)]
    library.write("a.txt", "\n\n".join([*others, FISH]))
    library.sync()
    hits = search(library, "When is salted fish sold in June?")
    assert [hit.paragraph.text for hit in hits if hit.read_scores] == [FISH]


def test_a_paragraph_need_not_repeat_what_its_document_is_about(
    folder: Path, tmp_path: Path
) -> None:
    library = Library(folder, tmp_path / "state")
    library.embedder = WordEmbedder()
    cost = "When all claims were settled the account was closed, and the cost was nine crowns."
    opening = "The new bridge of Kelder was opened in May with music and a procession."
    fair = "The fair of Kelder is on the new bridge of Kelder in May, with music."
    library.write("review.md", f"# The new bridge of Kelder\n\n{opening}\n\n{cost}")
    library.write("fair.md", f"# Kelder\n\n{fair}\n\nIt has stalls, and the music is free.")
    library.sync()
    hits = search(library, "What was the cost of the new bridge of Kelder?")
    assert hits[0].paragraph.text == cost
    assert hits[0].signals["covered"] == 1.0


def test_long_paragraphs_are_not_read(folder: Path, tmp_path: Path) -> None:
    library = Library(folder, tmp_path / "state")
    library.embedder = WordEmbedder()
    sentence = "Ships wait for wind in harbour. "
    long = sentence * (READ_CHARACTERS // len(sentence) + 1)
    library.write("a.txt", f"{long}\n\nFish is salted.")
    library.sync()
    found = search(library, "Where do ships wait for wind?")
    assert found[0].paragraph.text.startswith(sentence)
    assert not any(hit.read_scores for hit in found)


def test_the_first_of_many_are_those_of_a_few(read: Library) -> None:
    query = "Which ships and what wind?"
    assert search(read, query, 1) == search(read, query, 10)[:1]
    assert search(read, query, 3) == search(read, query, 10)[:3]


def test_reading_leaves_scores_and_ranks_in_order(read: Library) -> None:
    hits = search(read, "Where do ships wait for wind?")
    assert hits[0].paragraph.text.startswith("Ships lie in harbour.")
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]


def test_without_tokens_the_order_is_that_of_the_first_look(searched: Library) -> None:
    hits = search(searched, "When do the ships sail?")
    assert all(set(hit.signals) == set(SIGNALS) and not hit.read_scores for hit in hits)


def test_a_first_look_tells_what_the_search_will_read(read: Library) -> None:
    query = "Which ships and what wind?"
    with read.opened() as store:
        searcher = read.searcher(store)
        look = searcher.first_look(query)
        assert searcher.reads(query, look)
        assert not any(hit.read_scores for hit in look)
        assert searcher.closer(query, look) == searcher.search(query)
        assert not searcher.reads(query, ())


def test_without_tokens_a_first_look_is_the_whole_search(searched: Library) -> None:
    with searched.opened() as store:
        searcher = searched.searcher(store)
        look = searcher.first_look("When do the ships sail?")
        assert not searcher.reads("When do the ships sail?", look)
        assert searcher.closer("When do the ships sail?", look) == look
