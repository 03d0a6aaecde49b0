"""What speaks for the documents holding the answer, as numbers for ``rag.abstain``.

Tried and left out, because they added nothing on held-out items of the development sets: the
paragraph's cosine, the lead of the first hit over the second, whether the draft holds the type of
thing asked for, and the share of its words that are new.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from statistics import fmean

from index.types import Hit, Sentence
from index.words import content_stems, names, numbers, stems
from rag.asked import asks_the_same, holds_the_kind
from rag.extract import RankedSentence
from rag.match import Match
from rag.tables.rows import paragraph_words, told_words
from rag.types import Verdict

_NEAR = 3
_AROUND = 5
_MOST_LACKING = 0.3
_MOST_DOUBT = -5.0
_VALUE = {Verdict.SUPPORTED: 1.0, Verdict.PARTLY: 0.5}


_Fitting = tuple[Hit, Sentence, float]
"""A sentence of a hit, and how well it fits."""
WordsOfNamed = Mapping[str, Collection[str]]
"""The words of the names of documents that the question names, by path: all in them is about it."""


def evidence_signals(
    question: str, hits: Sequence[Hit], ranked: Sequence[RankedSentence], named: WordsOfNamed
) -> dict[str, float]:
    """Signals that need no model, each from 0 to 1 (those of nearness from -1).

    ``ranked`` are the sentences of the hits, best first.

    ``read``: how well the sentence that fits best does, token by token; ``lacking``: how much less
    the best one does that holds the kind of thing asked for, up to ``_MOST_LACKING``; ``sentence``:
    the best sentence's cosine with the question; ``lead``: how far it is above the sentences found
    in the mean; ``paragraph_coverage`` and ``sentence_coverage``: share of the question's content
    words in the first paragraph and in the best of its best sentences; ``asked_names``: share of
    its names and numbers in the first paragraphs (1 when it has none).
    """
    near = hits[:_NEAR]
    words = [paragraph_words(hit.paragraph) | {*named.get(hit.paragraph.path, ())} for hit in near]
    content = set(content_stems(question))
    best = [
        {*told_words(r.paragraph, r.sentence.text), *named.get(r.paragraph.path, ())}
        for r in ranked[:_NEAR]
    ]
    cosines = [cosine for hit in hits[:_AROUND] for cosine in hit.sentence_scores]
    sentence = max((max(hit.sentence_scores) for hit in near), default=0.0)
    read, lacking = best_read(hits), _lacking(question, hits)
    return {
        "read": read,
        "lacking": lacking,
        "sentence": sentence,
        "lead": sentence - fmean(cosines) if cosines else 0.0,
        "paragraph_coverage": _share(content, words[0] if words else set(), of_none=0.0),
        "sentence_coverage": max((_share(content, b, of_none=0.0) for b in best), default=0.0),
        "asked_names": _share(
            names(question) | numbers(question), set().union(*words), of_none=1.0
        ),
    }


def best_read(hits: Sequence[Hit]) -> float:
    """How well the sentence that fits best does, token by token, from -1 to 1."""
    return max((score for _, _, score in _fitting(hits)), default=-1.0)


def _lacking(question: str, hits: Sequence[Hit]) -> float:
    # Best first: few have to be looked at.
    of_kind = (
        score
        for hit, sentence, score in sorted(_with_replies(question, hits), key=lambda one: -one[2])
        if holds_the_kind(question, sentence.text, hit.paragraph.text)
    )
    return min(best_read(hits) - next(of_kind, -1.0), _MOST_LACKING)


def _with_replies(question: str, hits: Sequence[Hit]) -> Iterator[_Fitting]:
    """As ``_fitting``; a reply fits as well as the question that it is given to, as when ranked."""
    before: _Fitting | None = None
    for hit, sentence, score in _fitting(hits):
        if before and before[0] is hit and asks_the_same(question, before[1].text):
            score = max(score, before[2])
        before = hit, sentence, score
        yield before


def _fitting(hits: Sequence[Hit]) -> Iterator[_Fitting]:
    """How well each sentence does; by its cosine where the embedder tells of no tokens."""
    closely = any(hit.read_scores for hit in hits)
    for hit in hits:
        scores = hit.read_scores if closely else hit.sentence_scores
        for sentence, score in zip(hit.paragraph.sentences, scores, strict=False):
            yield hit, sentence, score


def draft_signals(
    question: str,
    matches: Sequence[Match],
    holds: float | None,
    doubt: float | None,
    named: WordsOfNamed,
) -> dict[str, float]:
    """Signals from the model and from what bears its draft out.

    ``holds``: log-odds of its yes to "do the passages state the answer?", 0 when not told;
    ``doubt``: the lowest log-probability of the draft's tokens, 0 when not told; ``support``: of
    the best borne out sentence; ``supported``: 1 when a sentence is supported, .5 when one is in
    part; ``cited_coverage``: share of the question's content words in the cited words.
    """
    borne = [m for m in matches if m.verdict is not Verdict.UNSUPPORTED]
    spans = [span for m in borne for span in m.spans]
    cited = {word for s in spans for word in (*stems(s.words), *named.get(s.paragraph.path, ()))}
    return {
        "holds": 0.0 if holds is None else _log_odds(holds),
        "doubt": 0.0 if doubt is None else max(_MOST_DOUBT, doubt),
        "support": max((m.support for m in borne), default=0.0),
        "supported": max((_VALUE[m.verdict] for m in borne), default=0.0),
        "cited_coverage": _share(set(content_stems(question)), cited, of_none=0.0),
    }


def logistic(signals: Mapping[str, float], weights: Mapping[str, float], bias: float) -> float:
    """Probability from a weighted sum; a signal without a weight counts nothing."""
    total = bias + math.fsum(weight * signals.get(name, 0.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _share(wanted: set[str], found: set[str], *, of_none: float) -> float:
    return len(wanted & found) / len(wanted) if wanted else of_none


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))
