from collections.abc import Sequence

import numpy as np
import pytest

from index.late_interaction import LateInteraction
from index.surroundings import Passage
from index.tokens import Tokens, joined, unit
from index.types import Paragraph, Sentence
from tests.index.fakes import HashEmbedder, WordEmbedder

SHIPS = ("Ships carry timber.", "They sail in May.")
FISH = ("Fish is salted.", "It is sold in June.")


def passage(*sentences: str, start: int = 100, before: str = "", about: str = "") -> Passage:
    text = " ".join(sentences)
    cut, at = [], start
    for ordinal, sentence in enumerate(sentences):
        cut.append(Sentence(ordinal, at, at + len(sentence), sentence))
        at += len(sentence) + 1
    end = start + len(text)
    paragraph = Paragraph(f"a.txt#{text}", "a.txt", 1, start, end, text, sentences=(*cut,))
    return Passage(paragraph, before, about)


def test_the_sentence_with_the_words_asked_for_scores_best() -> None:
    late = LateInteraction(WordEmbedder())
    ships, fish = late.read("sail May", [passage(*SHIPS), passage(*FISH)])
    assert ships.sentences[1] == pytest.approx(1.0, abs=1e-3)
    assert ships.sentences[0] < ships.sentences[1]
    assert fish.paragraph < ships.paragraph


def test_a_score_is_the_mean_of_each_words_nearest() -> None:
    # "timber" and "May" are each there as they are, in two sentences: each sentence has one.
    [read] = LateInteraction(WordEmbedder()).read("timber May", [passage(*SHIPS)])
    vectors = WordEmbedder().query_tokens(["timber May", " ".join(SHIPS)])
    cosines = vectors[0].vectors @ vectors[1].vectors.T
    assert read.paragraph == pytest.approx(float(cosines.max(axis=1).mean()), abs=1e-3)
    assert read.paragraph == pytest.approx(1.0, abs=1e-3)
    assert max(read.sentences) < read.paragraph


def test_words_before_a_paragraph_in_its_document_do_not_move_its_sentences() -> None:
    late = LateInteraction(WordEmbedder())
    [at_the_start] = late.read("sail May", [passage(*SHIPS, start=0)])
    [further_on] = late.read("sail May", [passage(*SHIPS, start=5000)])
    assert at_the_start == further_on


@pytest.mark.parametrize("beside", [{"before": "fish June\n\n"}, {"about": "fish June"}])
def test_words_beside_a_paragraph_count_less_than_its_own(beside: dict[str, str]) -> None:
    late = LateInteraction(WordEmbedder())
    [alone] = late.read("fish June", [passage(*SHIPS)])
    [told] = late.read("fish June", [passage(*SHIPS, **beside)])
    [own] = late.read("fish June", [passage("fish June", *SHIPS)])
    assert alone.paragraph < told.paragraph < own.paragraph == pytest.approx(1.0, abs=1e-3)
    assert all(a < b < 1.0 for a, b in zip(alone.sentences, told.sentences, strict=True))


def test_another_readers_scores_are_lifted_up_to_one_and_none_is_made_of_nothing() -> None:
    passages = [passage(*SHIPS), passage("...", *FISH)]
    plain = LateInteraction(WordEmbedder()).read("sail May", passages)
    lifted = LateInteraction(WordEmbedder(), lift=0.25).read("sail May", passages)
    assert lifted[0].sentences[1] == 1.0
    assert lifted[0].sentences[0] == pytest.approx(plain[0].sentences[0] + 0.25)
    assert lifted[1].paragraph == pytest.approx(plain[1].paragraph + 0.25)
    assert lifted[1].sentences[0] == plain[1].sentences[0] == -1.0


def test_a_word_counts_by_how_much_it_tells() -> None:
    late = LateInteraction(WordEmbedder())
    passages = [passage(*SHIPS), passage(*FISH)]
    ships, fish = late.read("timber June", passages, {"timber": 4.0, "june": 1.0})
    assert ships.paragraph > fish.paragraph
    ships, fish = late.read("timber June", passages, {"timber": 1.0, "june": 4.0})
    assert ships.paragraph < fish.paragraph


def test_a_paragraph_is_read_again_where_something_else_stands_before_it() -> None:
    embedder = WordEmbedder()
    late = LateInteraction(embedder)
    for before in ("News\n\n", "", "News\n\n"):
        late.read("sail May", [passage(*SHIPS, before=before)])
    text = " ".join(SHIPS)
    assert embedder.read == [f"News\n\n{text}", text]


def test_an_embedder_without_tokens_reads_nothing() -> None:
    assert LateInteraction(HashEmbedder()).read("sail", [passage(*SHIPS)]) == ()


def test_nothing_found_is_nothing_to_read() -> None:
    assert LateInteraction(WordEmbedder()).read("sail", []) == ()


def test_a_question_without_a_token_reads_nothing() -> None:
    assert LateInteraction(WordEmbedder()).read(" ", [passage(*SHIPS)]) == ()


def test_what_was_read_is_not_read_again() -> None:
    embedder = WordEmbedder()
    late = LateInteraction(embedder)
    first = late.read("sail May", [passage(*SHIPS), passage(*FISH)])
    again = late.read("sail May", [passage(*FISH), passage(*SHIPS, start=7)])
    assert embedder.read == [" ".join(SHIPS), " ".join(FISH)]
    assert again == (first[1], first[0])


def test_only_the_last_texts_read_are_kept() -> None:
    embedder = WordEmbedder()
    late = LateInteraction(embedder)
    for number in range(600):
        late.read("sail", [passage(f"Ship {number} is old.")])
    late.read("sail", [passage("Ship 599 is old.")])
    assert len(embedder.read) == 600
    late.read("sail", [passage("Ship 0 is old.")])
    assert len(embedder.read) == 601


def test_a_sentence_without_a_token_of_its_own_scores_lowest() -> None:
    class Blind(WordEmbedder):
        def document_tokens(self, texts: Sequence[str]) -> list[Tokens]:
            return [
                Tokens(read.vectors[:3], read.spans[:3]) for read in super().document_tokens(texts)
            ]

    [read] = LateInteraction(Blind()).read("sail", [passage(*SHIPS)])
    assert read.sentences[1] == -1.0
    assert read.sentences[0] > -1.0


def test_tokens_within_a_slice_are_those_wholly_in_it() -> None:
    tokens = Tokens(np.eye(3), np.array([[0, 5], [6, 9], [9, 10]]))
    assert tokens.within(0, 9).tolist() == [True, True, False]
    assert tokens.within(6, 10).tolist() == [False, True, True]
    assert tokens.within(1, 5).tolist() == [False, False, False]


def test_tokens_of_windows_stand_where_their_words_stand_in_the_text() -> None:
    # Each window says the same.
    text = "a b. a b. a b."
    of_each = Tokens(np.ones((2, 1)), np.array([[0, 1], [5, 6]]))
    read = joined(text, ["a b. a b.", "a b. a b."], [of_each, of_each])
    assert read.spans.tolist() == [[0, 1], [5, 6], [5, 6], [10, 11]]
    assert len(read.vectors) == 4


def test_vectors_get_length_1_and_nothing_stays_nothing() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [
        pytest.approx([0.6, 0.8]),
        [0.0, 0.0],
    ]
