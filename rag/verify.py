"""Answer sentence x sources -> which paragraphs bear it out, with the words, and how well.

What must agree is looked at before what may differ: numbers and names of the claim that stand
neither in the cited words nor in the question make it unsupported whatever the wording, and so
does a denial on one side only. Then the share of the claim's content words found in the cited
text, and the cosine of claim and source sentence, decide. No model judges: the same claim and
sources always get the same verdict.

The mix of half lexical and half embedding similarity is the best model-free scorer on the
AttributionBench files (macro-F1 .71 to .82).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.types import Paragraph, Sentence
from index.words import WORD, content_stems, names, numbers, stem, stems
from rag.checking.agree import denied_there, disagrees
from rag.checking.referring import named_in_full, referred_to
from rag.match import Match, Span
from rag.quantities import bounds, in_full, in_other_units, misstated, years
from rag.tables.rows import cells, misread, told_words
from rag.types import Verdict

SUPPORTED_AT = 0.6
PARTLY_AT = 0.4
_MOST = 3
_FURTHER_WORDS = 2
_FURTHER_SHARE = 0.25


# Who or what stands at the head or the end of all others: not said by a source without these words,
# however much of the question a claim repeats.
_RANKS_TEXT = (
    "first last only sole oldest youngest earliest latest newest largest biggest smallest highest"
    " lowest longest shortest fastest slowest best worst most least main primary final original"
)
RANKS = frozenset(stem(word) for word in _RANKS_TEXT.split())

Cosines = Mapping[str, NDArray[np.floating]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    paragraph: Paragraph
    sentence: Sentence
    words: frozenset[str]
    score: float


def match(
    claim: str,
    question: str,
    paragraphs: Sequence[Paragraph],
    cosines: Cosines,
    named: Collection[str] = (),
) -> Match:
    """The smallest set of source sentences that supports ``claim``, and the verdict.

    ``cosines`` gives each paragraph's sentences' cosines with the claim. Earlier paragraphs win
    ties, so pass them best first. ``named`` are the stems of the names of documents that the
    question names: to repeat them needs no source, as little as to repeat the question.
    """
    claim, question = in_full(claim), in_full(question)
    asked = set(stems(question))
    given = asked.union(named)
    wanted = set(content_stems(claim))
    # What a claim takes from a document's name fits its title page better than what it says.
    telling = wanted - (given - asked)
    candidates = _candidates(telling or wanted, paragraphs, cosines)
    if not wanted or not candidates:
        return Match(Verdict.UNSUPPORTED, (), 0.0)
    chosen = [max(candidates, key=lambda c: c.score)]
    must = (numbers(claim) | names(claim) | _first_name(claim, paragraphs)) & wanted
    # What the question says already needs no source of its own.
    new = wanted - given
    while len(chosen) < _MOST and (more := _further(new, must, candidates, chosen)) is not None:
        chosen.append(more)
    chosen += _referred(claim, must - given, candidates, chosen)[: _MOST - len(chosen)]
    verdict, support = _judge(claim, question, given, wanted, must, chosen, cosines)
    spans = () if verdict is Verdict.UNSUPPORTED else _spans(chosen)
    return Match(verdict, spans, round(support, 4))


def _first_name(claim: str, paragraphs: Sequence[Paragraph]) -> set[str]:
    """The claim's first word, where the paragraphs write it as a name within a sentence."""
    first = WORD.search(claim)
    if first is None or not first.group()[0].isupper():
        return set()
    word = stem(first.group())
    return {word} if any(word in names(p.text) for p in paragraphs) else set()


def _candidates(
    wanted: set[str], paragraphs: Sequence[Paragraph], cosines: Cosines
) -> list[_Candidate]:
    found = []
    for paragraph in paragraphs:
        if paragraph.id not in cosines:  # deleted while the model wrote
            continue
        for sentence in paragraph.sentences:
            words = frozenset(told_words(paragraph, sentence.text))
            lexical = len(wanted & words) / max(1, len(wanted))
            cosine = float(cosines[paragraph.id][sentence.ordinal])
            found.append(_Candidate(paragraph, sentence, words, (lexical + cosine) / 2))
    return found


def _further(
    new: set[str], must: set[str], candidates: Sequence[_Candidate], chosen: Sequence[_Candidate]
) -> _Candidate | None:
    """The source sentence that adds most of what is left open, if that is worth citing.

    A number or name that nothing bears out yet is, when it comes with more of the claim: alone it
    may stand for something else there, the more so in another paragraph. Of other words it takes
    several.
    """
    left = new.difference(*(c.words for c in chosen))
    if not left:
        return None
    best = max(candidates, key=lambda c: (len(left & must & c.words), len(left & c.words), c.score))
    gain = left & best.words
    near = any(best.paragraph.id == c.paragraph.id for c in chosen)
    if gain & must and len(gain - must) >= (1 if near else _FURTHER_WORDS):
        return best
    enough = len(gain) >= max(_FURTHER_WORDS, _FURTHER_SHARE * len(new)) and not gain & must
    return best if enough and len(chosen) == 1 else None


def _referred(
    claim: str, must: set[str], candidates: Sequence[_Candidate], chosen: Sequence[_Candidate]
) -> list[_Candidate]:
    """Sentences with a name that a chosen one has a pronoun for."""
    above = (stems(" ".join(c.paragraph.heading_path)) for c in chosen)
    lacking = must.difference(*(c.words for c in chosen), *above)
    found = {
        (c.paragraph.id, earlier.ordinal)
        for c in chosen
        if lacking and (earlier := referred_to(claim, lacking, c.paragraph, c.sentence))
    }
    return [c for c in candidates if (c.paragraph.id, c.sentence.ordinal) in found]


def _judge(
    claim: str,
    question: str,
    given: set[str],
    wanted: set[str],
    must: set[str],
    chosen: Sequence[_Candidate],
    cosines: Cosines,
) -> tuple[Verdict, float]:
    found = frozenset().union(*(c.words for c in chosen))
    context = found | {s for c in chosen for s in stems(" ".join(c.paragraph.heading_path))}
    allowed = context | given
    # Words of the question may be restated freely: they are not what the answer claims.
    claimed = {word for word in wanted if word in found or word not in allowed}
    covered = len(claimed & found) / len(claimed) if claimed else 0.0
    cosine = max(float(cosines[c.paragraph.id][c.sentence.ordinal]) for c in chosen)
    support = (covered + max(0.0, cosine)) / 2
    source = in_full(" ".join(c.sentence.text for c in chosen))
    # A year of the question may be repeated where the cited words have none. Where they only have
    # others, it may be that of another sentence of the paragraph, at best.
    near = {s for c in chosen for s in stems(c.paragraph.text)}
    elsewhere = years(claim) - found if years(source) else set()
    lacking = must - allowed
    if lacking:
        lacking -= named_in_full(claim, source, [c.paragraph for c in chosen])
    if lacking or elsewhere - near or in_other_units(claim, source):
        return Verdict.UNSUPPORTED, support
    rows = [(c.paragraph, c.sentence.text) for c in chosen]
    if all(cells(*row) for row in rows):
        if misread(claim, question, must, rows):
            return Verdict.UNSUPPORTED, support
    elif disagrees(claim, source, question, near):
        return Verdict.UNSUPPORTED, support
    if _denied_beside(claim, wanted - found, chosen):
        return Verdict.UNSUPPORTED, support
    unbound = bounds(claim) - bounds(source) - bounds(question)
    loose = elsewhere or unbound or misstated(claim, source, question)
    if covered >= SUPPORTED_AT and not loose and not RANKS & wanted & given - context:
        return Verdict.SUPPORTED, support
    return (Verdict.PARTLY if support >= PARTLY_AT else Verdict.UNSUPPORTED), support


def _denied_beside(claim: str, lacking: set[str], chosen: Sequence[_Candidate]) -> bool:
    """Does a sentence beside the cited ones deny what only the question has of the claim?

    "Night work is bad for the eyes", of one source sentence on what it is bad for and the next,
    which says that it is not for the eyes.
    """
    if not lacking:
        return False
    beside = {sentence.text for c in chosen for sentence in c.paragraph.sentences}
    beside -= {c.sentence.text for c in chosen}
    words = {text: lacking.intersection(stems(text)) for text in beside}
    told = Counter(word for held in words.values() for word in held)
    once = {word for word, times in told.items() if times == 1}
    return any(denied_there(claim, text, held & once) for text, held in words.items())


def _spans(chosen: Sequence[_Candidate]) -> tuple[Span, ...]:
    """One span a sentence; neighbours in one paragraph become one."""
    ordered = sorted(chosen, key=lambda c: (c.paragraph.path, c.sentence.start))
    spans: list[Span] = []
    last: _Candidate | None = None
    for candidate in ordered:
        if (
            last is not None
            and candidate.paragraph.id == last.paragraph.id
            and candidate.sentence.ordinal == last.sentence.ordinal + 1
        ):
            spans[-1] = Span(candidate.paragraph, spans[-1].start, candidate.sentence.end)
        else:
            sentence = candidate.sentence
            spans.append(Span(candidate.paragraph, sentence.start, sentence.end))
        last = candidate
    return tuple(spans)
