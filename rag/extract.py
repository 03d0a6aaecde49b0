"""The answer without a model: the source sentence that fits the question best, quoted.

Sentences are ranked by cosine and BM25 with the question (standard scores over the sentences of
the hits) plus half their paragraph's search score, by how well they fit token by token where that
was read, and by how well the name of their document does where the question names one.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.fusion import NAME, standard_scores
from index.types import Hit, Paragraph, Sentence
from index.words import content_stems, numbers, stems
from rag.asked import asks_the_same, is_yes_or_no
from rag.match import Span
from rag.tables.rows import is_column_names, told_words

_K1, _B = 1.2, 0.75
_PARAGRAPH_WEIGHT = 0.5
_READ_WEIGHT = 240.0
_NAME_WEIGHT = 6.0
_YES_AND_NO = {"yes", "no"}
_AMONG = 3
_MOST_OF_IT = 0.75
_FEWEST_WORDS = 3
"""One name is two words, and may stand anywhere."""


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence of a hit; a higher score fits the question better."""

    paragraph: Paragraph
    sentence: Sentence
    score: float

    @property
    def span(self) -> Span:
        """All of it, to be cited."""
        return Span(self.paragraph, self.sentence.start, self.sentence.end)


def rank_sentences(
    question: str, hits: Sequence[Hit], parties: Mapping[str, Collection[str]] | None = None
) -> list[RankedSentence]:
    """Every sentence of the hits, best first.

    ``parties``: by path the stems of the names that all of a document is about, as if each sentence
    had them.
    """
    of_all = parties or {}
    pairs = [
        (hit, sentence)
        for hit in hits
        for sentence in hit.paragraph.sentences
        if not is_column_names(hit.paragraph, sentence.text)
    ]
    if not pairs:
        return []
    cosines = np.array([hit.sentence_scores[s.ordinal] for hit, s in pairs])
    told = [
        [*told_words(hit.paragraph, s.text), *of_all.get(hit.paragraph.path, ())]
        for hit, s in pairs
    ]
    words = bm25(content_stems(question), told)
    paragraphs = np.array([hit.score for hit, _ in pairs])
    scores = (
        standard_scores(cosines)
        + standard_scores(words)
        + _PARAGRAPH_WEIGHT * paragraphs
        + _READ_WEIGHT * _read_scores(pairs)
        + _NAME_WEIGHT * _named(hits, pairs)
    )
    scores = _with_their_questions(question, pairs, scores)
    ranked = [
        RankedSentence(hit.paragraph, sentence, float(score))
        for (hit, sentence), score in zip(pairs, scores, strict=True)
    ]
    return sorted(ranked, key=lambda r: (-r.score, r.paragraph.id, r.sentence.ordinal))


def _with_their_questions(
    question: str, pairs: Sequence[tuple[Hit, Sentence]], scores: NDArray[np.floating]
) -> NDArray[np.floating]:
    """A reply fits as well as the question it is given to, where that asks in the same way.

    It has the reader's words, and the reply has none.
    """
    fitting = scores.copy()
    for k, ((hit, asked), (other, _)) in enumerate(pairwise(pairs)):
        if hit is other and asks_the_same(question, asked.text):
            fitting[k + 1] = max(fitting[k + 1], scores[k])
    return fitting


def _read_scores(pairs: Sequence[tuple[Hit, Sentence]]) -> NDArray[np.floating]:
    """How well the sentences fit token by token; of hits not read so closely, as the poorest."""
    read = [hit.read_scores[s.ordinal] if hit.read_scores else None for hit, s in pairs]
    known = [score for score in read if score is not None]
    poorest = min(known, default=0.0)
    return np.array([poorest if score is None else score for score in read])


def _named(hits: Sequence[Hit], pairs: Sequence[tuple[Hit, Sentence]]) -> NDArray[np.floating]:
    """How well the question names the document, where it names that of the first hit.

    Where it does not, the name is likely to be another's: Josh Norman is not in a file of Normans.
    """
    if not hits[0].signals.get(NAME):
        return np.zeros(len(pairs))
    return np.array([hit.signals.get(NAME, 0.0) for hit, _ in pairs])


def leaned_on(
    ranked: Sequence[RankedSentence], draft: str, question: str, named: Collection[str] = ()
) -> list[RankedSentence]:
    """``ranked``, with those first that have most of what a draft says beyond the question.

    What a model wrote may not stand up to a check and still tell which sentence answers; of an
    amount only where the sentence has it, its unit stands in many. ``named`` are the stems of the
    names of documents that the question names: they say nothing beyond it.
    """
    news = _news(draft, question) - {*named}
    # Not "one": "one of the members" tells no amount.
    amounts = {number for number in news & numbers(draft) if number in draft.replace(",", "")}

    def lacking(one: RankedSentence) -> tuple[int, int]:
        words = set(stems(one.sentence.text))
        told = len(news & words) if not amounts or amounts & words else 0
        return -len(amounts & words), -told

    return sorted(ranked, key=lacking)


def agreeing(ranked: Sequence[RankedSentence], draft: str, question: str) -> list[RankedSentence]:
    """Of the sentences that fit the question best the one that has what a draft says beyond it.

    All of that in the best, or most of several words in one of the first. A yes or no says nothing
    beyond the question: where the best sentence says otherwise it answers all the same.
    """
    whether = is_yes_or_no(question)
    news = _news(draft, question) - (_YES_AND_NO if whether else set())
    if not ranked or not (news or whether):
        return []
    held = [len(news & set(stems(one.sentence.text))) for one in ranked[:_AMONG]]
    if held[0] == len(news):
        return [ranked[0]]
    most = max(held)
    enough = most >= max(_FEWEST_WORDS, _MOST_OF_IT * len(news))
    return [ranked[held.index(most)]] if enough else []


def _news(draft: str, question: str) -> set[str]:
    return set(content_stems(draft)) - set(stems(question))


def bm25(query: Sequence[str], texts: Sequence[Sequence[str]]) -> NDArray[np.floating]:
    """Okapi BM25 of each text for the query's words, with the texts as the collection."""
    length = sum(map(len, texts)) / len(texts)
    frequency = Counter(word for text in texts for word in set(text))
    scores = np.zeros(len(texts))
    for i, text in enumerate(texts):
        counts = Counter(text)
        norm = _K1 * (1 - _B + _B * len(text) / max(length, 1e-9))
        for word in set(query):
            if counts[word]:
                rare = (len(texts) - frequency[word] + 0.5) / (frequency[word] + 0.5)
                scores[i] += math.log(1 + rare) * counts[word] * (_K1 + 1) / (counts[word] + norm)
    return scores
