from dataclasses import replace

from index.explain import Explained, Explanation, Standing
from tests.ui.fakes import paragraph
from ui.why import NOWHERE, WhyCard, why

FOUND = paragraph("a.txt", 3, 100, "Ships carry timber. They sail in May.")
NAMES = ("dense", "sentence", "bm25", "fused")


def card(
    ranks: tuple[int, ...], *, bm25: float = 1.0, by: tuple[str, ...] = (), place: int | None = None
) -> WhyCard:
    standings = {n: Standing(0.5, rank) for n, rank in zip(NAMES, ranks, strict=True)}
    standings["bm25"] = Standing(bm25, ranks[2])
    explained = Explained(FOUND, standings, by, place, 1)
    return why(Explanation("When?", 900, (explained,))).cards[0]


def test_the_best_sentence_is_apart_from_the_rest() -> None:
    made = card((1, 1, 1, 1), by=("dense", "bm25"), place=1)
    assert (made.before, made.best, made.after) == ("Ships carry timber. ", "They sail in May.", "")
    assert (made.name, made.place) == ("a.txt", "paragraph 3")


def test_no_name_reads_as_another() -> None:
    found = replace(FOUND, path="report\u202efdp.txt")
    standings = {name: Standing(0.5, 1) for name in NAMES}
    made = why(Explanation("When?", 900, (Explained(found, standings, ("dense",), 1, 1),)))
    assert made.cards[0].name == "report\ufffdfdp.txt"


def test_what_was_found_is_said_to_be() -> None:
    made = card((1, 2, 3, 1), by=("dense", "bm25"), place=2)
    assert made.verdict == "Found: place 2 of the search."
    assert made.reasons == ()
    assert [(row.name, row.value, row.rank) for row in made.rows][2] == (
        "Words in common",
        "1.000",
        3,
    )


def test_what_nothing_put_forward_has_its_reasons() -> None:
    made = card((412, 300, 77, 200), bm25=0.0)
    assert made.verdict.startswith("Not looked at")
    assert made.reasons == (
        "It shares no telling word with the question: ask in the document's own words.",
        "By meaning it is number 412 of 900; a search looks at the first 50.",
    )


def test_what_came_too_far_down_has_its_rivals_counted() -> None:
    made = card((20, 30, 60, 31), by=("dense",), place=31)
    assert made.verdict == "Looked at, but only place 31: the first 10 reach an answer."
    assert made.reasons == (
        "By words, 59 paragraphs fit the question better.",
        "30 paragraphs score better on the signals taken together.",
    )


def test_what_a_reranker_read_has_a_row_of_its_own() -> None:
    plain = {name: Standing(0.5, 1) for name in NAMES}
    explained = Explained(FOUND, {**plain, "rerank": Standing(-3.25, 7)}, ("dense",), 7, 1)
    rows = why(Explanation("When?", 900, (explained,))).cards[0].rows
    assert len(rows) == 5
    assert rows[4].name.startswith("The reranker")
    assert (rows[4].value, rows[4].rank) == ("-3.250", 7)


def test_what_was_read_word_by_word_has_a_row_of_its_own() -> None:
    plain = {name: Standing(0.5, 1) for name in NAMES}
    explained = Explained(FOUND, {**plain, "tokens": Standing(0.625, 2)}, ("dense",), 2, 1)
    rows = why(Explanation("When?", 900, (explained,))).cards[0].rows
    assert [(rows[4].name, rows[4].value, rows[4].rank)] == [
        ("Word by word, among the best few", "0.625", 2)
    ]


def test_words_of_nowhere_are_said_to_be_that() -> None:
    made = why(Explanation("When?", 0, ()))
    assert (made.cards, made.note) == ((), NOWHERE)
