"""The answers to the parts of a question -> its answer."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest

from index.types import Hit
from rag.compose import with_marks
from rag.types import NO_TOKENS, Answer, AnswerSentence, Citation, Status, Timings


def together(question: str, parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """One answer with what was said to each of the ``parts``, in order, each sentence once.

    It says which part it leaves open. Where it leaves all open it is what was said to the first.
    """
    said = [answer for answer in answers if answer.status is Status.ANSWERED]
    merged = replace(
        said[0] if said else answers[0],
        question=question,
        standalone_question=_understood(question, parts, answers),
        retrieved=merged_hits([answer.retrieved for answer in answers]),
        timings=_timings(answers),
        tokens=sum((answer.tokens for answer in answers), NO_TOKENS),
        misheard=any(answer.misheard for answer in answers),
    )
    if not said:
        return merged
    left_open = [
        _left_open(part, answer)
        for part, answer in zip(parts, answers, strict=True)
        if answer.status is not Status.ANSWERED
    ]
    notices = [*(answer.notice for answer in said), *left_open]
    sentences, citations = _renumbered(said)
    return replace(
        merged,
        text=with_marks(sentences),
        sentences=sentences,
        citations=citations,
        extractive=all(answer.extractive for answer in said),
        confidence=min(answer.confidence for answer in said),
        removed=sum(answer.removed for answer in said),
        notice=" ".join(dict.fromkeys(filter(None, notices))),
        cut=any(answer.cut for answer in said),
    )


def merged_hits(found: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The best of each, then the second of each, and so on; each paragraph once, ranked anew.

    No more than were found for one of them: readers are shown what one search gives.
    """
    hits: dict[str, Hit] = {}
    for hit in chain.from_iterable(zip_longest(*found)):
        if hit is not None:
            hits.setdefault(hit.paragraph.id, hit)
    best = islice(hits.values(), max(map(len, found), default=0))
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(best, start=1))


def _left_open(part: str, answer: Answer) -> str:
    if answer.status is Status.ERROR:
        return f"“{part}” could not be answered, because {answer.error}."
    return f"The documents do not answer “{part}”."


def _understood(question: str, parts: Sequence[str], answers: Sequence[Answer]) -> str:
    """The question as typed, or with the first part as it was understood, were it another."""
    first = answers[0].standalone_question
    return question if first == parts[0] else " ".join((first, *parts[1:]))


def _renumbered(
    answers: Sequence[Answer],
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """The sentences, those said before left out, and the citations they have, counted anew."""
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    sentences: dict[str, AnswerSentence] = {}
    for answer in answers:
        known = {citation.number: citation for citation in answer.citations}
        for sentence in answer.sentences:
            if sentence.text in sentences:
                continue
            own = []
            for cited in (known[number] for number in sentence.citations):
                spot = (cited.paragraph.id, cited.quote_start, cited.quote_end)
                if spot not in numbers:
                    numbers[spot] = len(numbers) + 1
                    citations.append(replace(cited, number=numbers[spot]))
                own.append(numbers[spot])
            sentences[sentence.text] = replace(sentence, citations=tuple(own))
    return tuple(sentences.values()), tuple(citations)


def _timings(answers: Sequence[Answer]) -> Timings:
    """As one answer after another took; the first word is the first that any wrote."""
    before, first_token = 0.0, None
    for answer in answers:
        took = answer.timings
        if first_token is None and took.first_token is not None:
            first_token = before + took.first_token
        before += took.total
    return Timings(answers[0].timings.retrieve, first_token, before)
