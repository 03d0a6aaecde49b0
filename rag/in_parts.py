"""A question of several parts, answered part by part: each is a follow-up of those before."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress

from index.abroad import in_english
from index.errors import PinciteError
from rag.asked import asks_for_amount, asks_for_time, holds_the_kind, lacks_the_reason
from rag.part_answers import merged_hits, together, took_also
from rag.parts import only_asks
from rag.types import Answer, Event, Evidence, Finished, Status, Token, Turn

Answering = Callable[[str, Sequence[Turn], bool], Generator[Event, None, None]]
"""A part, the conversation before it, whether it is a later part -> the events of its answer."""


def in_parts(
    question: str,
    parts: Sequence[str],
    history: Sequence[Turn],
    answering: Answering,
    asked_there: Callable[[], bool] = bool,
    quoting: Answering | None = None,
) -> Iterator[Event]:
    """The events of one answer to all ``parts`` of ``question``.

    What was found for the parts so far is shown together, and is final with the last of them.
    Where a document asks the same as a whole (``asked_there``), its reply answers all parts.
    Where nothing was found for any part the whole is asked once more, by ``quoting``.
    """
    with suppress(PinciteError):  # which the parts will meet, and tell of
        if asked_there():
            parts = (question,)
    asked, told = list[str](), history
    answers: list[Answer] = []
    final = False
    for part in parts:
        if answers and _told_already(part, answers[-1]):
            continue
        before = [answer.retrieved for answer in answers]
        begins = any(answer.timings.first_token is not None for answer in answers)
        with closing(answering(part, history, bool(answers))) as events:
            for event in events:
                if isinstance(event, Finished):
                    answers.append(event.answer)
                elif isinstance(event, Evidence):
                    final = event.final and part == parts[-1]
                    yield Evidence(question, merged_hits([*before, event.hits]), final)
                elif isinstance(event, Token) and begins:
                    begins = False
                    yield Token(f" {event.text}")
                else:
                    yield event
        asked.append(part)
        understood = answers[-1].standalone_question
        history = (*history, Turn("user", understood), Turn("assistant", answers[-1].said))
    if quoting and len(asked) > 1 and all(map(_found_nothing, answers)):
        # "Proposed by Khan and seconded by Bewick" may fit both parts better than either.
        [whole] = [e.answer for e in quoting(question, told, False) if isinstance(e, Finished)]
        if whole.sentences:
            asked, answers, final = [question], [took_also(whole, answers)], False
    answer = together(question, asked, answers)
    if not final:
        yield Evidence(question, answer.retrieved)
    yield Finished(answer)


def _found_nothing(answer: Answer) -> bool:
    return answer.status is Status.REFUSED and not answer.sentences


def _told_already(part: str, answer: Answer) -> bool:
    """Does the answer before hold what "and when?", "and why?" or "and by how much?" asks for?"""
    if not only_asks(part) or answer.status is not Status.ANSWERED:
        return False
    said, asked = answer.said, in_english(part)
    if asks_for_time(asked) or asks_for_amount(asked):
        return holds_the_kind(asked, said, said)
    return asked.lower().endswith("why?") and not lacks_the_reason(asked, said)
