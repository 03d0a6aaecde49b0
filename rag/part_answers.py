"""The answers to the parts of a question -> its answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice, zip_longest

from index.abroad import in_english
from index.types import Hit
from index.words import stems
from rag.asked import asks_for_amount, asks_for_time, holds_the_kind
from rag.compose import with_marks
from rag.followups.pointing import telling
from rag.notices.refusing import UNANSWERED, refuses
from rag.types import NO_TOKENS, Answer, AnswerSentence, Citation, Status, Timings

_HOW = re.compile(r"\bhow \w+", re.IGNORECASE)


def together(question: str, parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """One answer with what was said to each of the ``parts``, in order, each sentence once.

    It says which part it leaves open, and quotes what comes nearest to that at the end. Where it
    leaves all open it refuses all, with what comes nearest to each.
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
        return _refused(merged, parts, answers)
    left_open = {
        part: answer
        for part, answer in zip(parts, answers, strict=True)
        if answer.status is not Status.ANSWERED and not _is_told(part, said)
    }
    notices = [
        *(answer.notice for answer in said),
        *(_left_open(part, answer) for part, answer in left_open.items()),
    ]
    sentences, citations = _renumbered([*said, *left_open.values()])
    return replace(
        merged,
        text=with_marks(sentences),
        sentences=sentences,
        citations=citations,
        extractive=all(answer.extractive for answer in said),
        confidence=min(answer.confidence for answer in said),
        removed=sum(answer.removed for answer in said),
        notice=_noted(notices),
        cut=any(answer.cut for answer in said),
    )


def took_also(answer: Answer, before: Sequence[Answer]) -> Answer:
    """An answer that was asked for after those ``before`` came to nothing, with what they took."""
    every = [*before, answer]
    tokens = sum((one.tokens for one in every), NO_TOKENS)
    return replace(answer, timings=_timings(every), tokens=tokens, model=before[0].model)


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


def _refused(merged: Answer, parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """What is said to each of the parts where none is answered, then what comes nearest to each."""
    refused = [answer for answer in answers if answer.status is Status.REFUSED]
    if not refused:
        return merged
    why = [answer.refusal for answer in refused if not answer.sentences]
    nearest = {answer.refusal for answer in refused if answer.sentences}
    # Of several leads to what is quoted none is that of all.
    lead = nearest.pop() if len(nearest) == 1 else UNANSWERED if nearest else ""
    refusal = " ".join(dict.fromkeys(filter(None, (*why, lead))))
    failed = (
        _left_open(part, answer)
        for part, answer in zip(parts, answers, strict=True)
        if answer.status is Status.ERROR
    )
    sentences, citations = _renumbered(refused)
    return replace(
        merged,
        status=Status.REFUSED,
        text=f"{refusal} {with_marks(sentences)}".strip(),
        refusal=refusal,
        sentences=sentences,
        citations=citations,
        notice=_noted([*(answer.notice for answer in refused), *failed]),
        error=None,
    )


def _noted(notices: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, notices)))


def _left_open(part: str, answer: Answer) -> str:
    if answer.status is Status.ERROR:
        return f"“{part}” could not be answered, because {answer.error}."
    if answer.sentences:
        return f"No plain answer to “{part}” was found; what comes nearest is quoted."
    if not refuses(answer.refusal):  # What is said of a whole corpus is advice.
        return answer.refusal
    if answer.refusal.startswith("The documents mention "):
        return f"Nothing found answers “{part}” plainly."
    return f"The documents do not answer “{part}”."


def _is_told(part: str, answers: Sequence[Answer]) -> bool:
    """Has a sentence of the others all words of the part, and the time or amount it asks for?

    "And when did it open?" may be refused where "built in 1892, it opened in 1894" was quoted.
    """
    asked = in_english(part)
    words = set(telling(_HOW.sub(" ", asked)))
    if not words or not (asks_for_time(asked) or asks_for_amount(asked)):
        return False
    texts = (sentence.text for answer in answers for sentence in answer.sentences)
    return any(words <= set(stems(text)) and holds_the_kind(asked, text, text) for text in texts)


def _understood(question: str, parts: Sequence[str], answers: Sequence[Answer]) -> str:
    """The question as typed, or with the first part as it was understood, were it another."""
    first = answers[0].standalone_question
    return question if first == parts[0] else " ".join((first, *parts[1:]))


def _renumbered(
    answers: Sequence[Answer],
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """The sentences, those said before left out, and the citations they have, counted anew."""
    said = {sentence.text for answer in answers for sentence in answer.sentences}
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    sentences: dict[str, AnswerSentence] = {}
    for answer in answers:
        known = {citation.number: citation for citation in answer.citations}
        for sentence in answer.sentences:
            words = sentence.text.strip("“”")
            if sentence.text in sentences or (words != sentence.text and words in said):
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
