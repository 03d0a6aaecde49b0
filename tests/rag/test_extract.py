import math
from dataclasses import replace

import pytest

from index.fusion import NAME
from index.types import Hit
from rag.extract import RankedSentence, agreeing, bm25, leaned_on, rank_sentences
from tests.rag.fakes import hit, paragraph


def test_bm25_is_as_worked_by_hand() -> None:
    # Three texts of 3, 2 and 1 words: the mean is 2. "heron" is in two of them, "nest" in one.
    # idf(heron) = ln(1 + (3 - 2 + .5) / (2 + .5)) = ln 1.6
    # idf(nest)  = ln(1 + (3 - 1 + .5) / (1 + .5)) = ln 2.6667
    # With k1 = 1.2 and b = .75 the norm 1.2 * (.25 + .75 * length / 2) is 1.65, 1.2 and .75.
    # A word that occurs f times counts idf * 2.2 f / (f + norm).
    scores = bm25(["heron", "nest"], [["heron", "nest", "heron"], ["heron", "eats"], ["frogs"]])
    first = math.log(1.6) * 2.2 * 2 / (2 + 1.65) + math.log(8 / 3) * 2.2 / (1 + 1.65)
    second = math.log(1.6) * 2.2 / (1 + 1.2)
    assert scores.tolist() == pytest.approx([first, second, 0.0])
    assert scores.tolist() == pytest.approx([1.3808, 0.4700, 0.0], abs=1e-4)


def test_a_word_repeated_in_the_query_counts_once() -> None:
    texts = [["heron", "nests"], ["frogs"]]
    assert bm25(["heron", "heron"], texts).tolist() == bm25(["heron"], texts).tolist()


def test_bm25_of_texts_without_words_is_zero() -> None:
    assert bm25(["heron"], [[], []]).tolist() == [0.0, 0.0]


def test_the_sentence_nearest_in_words_and_meaning_comes_first() -> None:
    birds = hit(paragraph("It hunts at dawn.", "A heron eats fish.", path="birds.txt"), 1, best=1)
    other = hit(paragraph("The bridge is open.", path="bridge.txt"), 2)
    ranked = rank_sentences("What does a heron eat?", [birds, other])
    assert ranked[0].sentence.text == "A heron eats fish."
    assert ranked[0].paragraph is birds.paragraph
    assert len(ranked) == 3
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)


def test_of_sentences_alike_the_one_that_was_read_to_fit_comes_first() -> None:
    texts = ("A heron eats fish.", "A heron eats frogs.")
    for scores in ((0.5, 0.6), (0.6, 0.5)):
        found = replace(hit(paragraph(*texts), 1, best=0), sentence_scores=(0.5, 0.5))
        ranked = rank_sentences("heron", [replace(found, read_scores=scores)])
        assert ranked[0].sentence.text == texts[scores.index(0.6)]


@pytest.mark.parametrize(("first_fit", "leads"), [(1.0, "gnu.txt"), (0.0, "apache.txt")])
def test_sentences_of_the_document_named_come_first_where_the_first_hit_is_of_one(
    first_fit: float, leads: str
) -> None:
    def found(path: str, rank: int, text: str, fit: float) -> Hit:
        plain = hit(paragraph(text, path=path), rank, score=0.0)
        return replace(plain, signals={**plain.signals, NAME: fit})

    hits = [
        found("first.txt", 1, "Nothing of it.", first_fit),
        found("apache.txt", 2, "A heron eats fish.", 0.0),
        found("gnu.txt", 3, "A heron is a bird.", 1.0),
    ]
    assert rank_sentences("What does a heron eat?", hits)[0].paragraph.path == leads


def test_what_was_not_read_counts_as_the_poorest_that_was() -> None:
    first = replace(hit(paragraph("A heron eats fish."), 1), read_scores=(0.7,), score=1.0)
    poor = replace(hit(paragraph("Herons do.", path="b.txt"), 2), read_scores=(0.4,), score=1.0)
    unread = replace(hit(paragraph("Herons do.", path="c.txt"), 3), score=1.0)
    ranked = rank_sentences("heron", [first, poor, unread])
    by_path = {r.paragraph.path: r.score for r in ranked}
    assert by_path["c.txt"] == pytest.approx(by_path["b.txt"])


def test_between_equal_sentences_the_better_paragraphs_wins_and_then_its_id() -> None:
    texts = {path: paragraph("A heron eats fish.", path=path) for path in ("b.txt", "a.txt")}
    better = rank_sentences(
        "heron", [hit(texts["b.txt"], 1, score=2.0), hit(texts["a.txt"], 2, score=1.0)]
    )
    assert [r.paragraph.path for r in better] == ["b.txt", "a.txt"]
    equal = rank_sentences(
        "heron", [hit(texts["b.txt"], 1, score=1.0), hit(texts["a.txt"], 2, score=1.0)]
    )
    assert [r.paragraph.path for r in equal] == ["a.txt", "b.txt"]


def test_the_names_of_columns_are_no_sentence_but_words_of_each_row() -> None:
    table = paragraph("fish | eaten", "trout | 4", "perch | 9")
    [first, second] = rank_sentences("How many perch were eaten?", [hit(table, 1)])
    assert [first.sentence.text, second.sentence.text] == ["perch | 9", "trout | 4"]


def test_no_hits_have_no_sentences() -> None:
    assert rank_sentences("heron", []) == []


def test_sentences_that_say_what_the_draft_says_beyond_the_question_come_first() -> None:
    text = ("A heron is a bird.", "Herons nest in trees.", "They eat fish and frogs.")
    ranked = rank_sentences("What does a heron eat?", [hit(paragraph(*text), 1, best=0)])
    assert ranked[0].sentence.text == text[2]
    draft = "A heron nests in tall trees."
    assert leaned_on(ranked, draft, "What does a heron eat?")[0].sentence.text == text[1]
    assert leaned_on(ranked, "", "What does a heron eat?") == ranked
    assert leaned_on(ranked, "A heron eats.", "What does a heron eat?") == ranked
    assert leaned_on(ranked, draft, "What does a heron eat?", {"nest", "tree", "tall"}) == ranked


def test_an_amount_that_no_sentence_has_leans_on_none() -> None:
    asked = "How much does a heron eat?"
    source = paragraph("It eats 300 g of fish.", "A barrel of grain feeds a mill for 9 days.")
    ranked = [RankedSentence(source, sentence, 1.0) for sentence in source.sentences]
    assert leaned_on(ranked, "It eats 2 barrels of grain in some days.", asked) == ranked
    assert leaned_on(ranked, "It eats a barrel of grain in 9 days.", asked) == ranked[::-1]
    assert leaned_on(ranked, "One barrel of grain in some days.", asked) == ranked[::-1]


def test_a_sentence_with_the_amounts_of_a_draft_comes_before_one_with_its_other_words() -> None:
    asked = "When did the mill of Alder grind most?"
    source = paragraph(
        "The miller of the 1970s mostly sold flour during the winter.",
        "It ground for the towns of the 1960s and 1970s.",
    )
    ranked = [RankedSentence(source, sentence, 1.0) for sentence in source.sentences]
    draft = "The miller sold most flour during the 1960s and 1970s."
    assert leaned_on(ranked, draft, asked) == ranked[::-1]


HERONS = ("They eat fish and frogs.", "Herons nest in tall trees.")


@pytest.mark.parametrize(
    ("draft", "agreeing_one"),
    [
        pytest.param("A heron eats frogs.", 0, id="all of it in the best"),
        pytest.param("A heron nests in tall old trees.", 1, id="most of it in another"),
        pytest.param("A heron eats frogs and voles.", None, id="half of it"),
        pytest.param("A heron eats tall trees.", None, id="two words in another"),
        pytest.param("A heron eats.", None, id="nothing beyond the question"),
    ],
)
def test_a_draft_agrees_with_a_sentence_that_has_what_it_says(
    draft: str, agreeing_one: int | None
) -> None:
    asked = "What does a heron eat?"
    ranked = ranked_of(*HERONS)
    expected = [] if agreeing_one is None else [ranked[agreeing_one]]
    assert agreeing(ranked, draft, asked) == expected
    assert agreeing([], draft, asked) == []


def test_a_yes_agrees_with_a_sentence_that_answers_whatever_it_says() -> None:
    ranked = ranked_of("No heron eats grain.", "Herons nest in trees.")
    asked = "Does a heron eat grain?"
    assert agreeing(ranked, "Yes, a heron eats grain.", asked) == ranked[:1]
    assert not agreeing(ranked, "Yes, a heron eats grain in winter.", asked)
    assert not agreeing(ranked, "Yes, a heron eats grain.", "What does a heron eat?")
    assert not agreeing([], "Yes, a heron eats grain.", asked)


def ranked_of(*sentences: str) -> list[RankedSentence]:
    source = paragraph(*sentences)
    return [RankedSentence(source, sentence, 1.0) for sentence in source.sentences]


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("What does the heron eat?", "NAIR: Fish, mostly."),
        ("Does the heron eat?", "It hunts at dawn."),
    ],
)
def test_a_reply_fits_as_well_as_what_it_replies_to_where_that_asks_alike(
    question: str, second: str
) -> None:
    talk = paragraph("JIM: What do herons eat?", "NAIR: Fish, mostly.", "It hunts at dawn.")
    found = replace(hit(talk, 1), sentence_scores=(0.9, 0.1, 0.3))
    ranked = rank_sentences(question, [found])
    assert ranked[0].sentence.text == "JIM: What do herons eat?"
    assert ranked[1].sentence.text == second
