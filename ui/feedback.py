"""What a reader says of an answer -> a draft of a gold question, to be reviewed.

``give_feedback`` is what the Chat page calls for a thumb or for "the right answer is ...".
"""

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from eval.gold.drafts import add_drafts, drafts_file, new_draft
from eval.gold.items import Evidence, GoldItem
from index.errors import UsageError
from index.types import Paragraph
from rag.types import Answer, Status, Turn
from ui.gold_files import own_file
from ui.words import phrase, t

TAG = "feedback"
MAX_ANSWER_CHARS = 2000
MAX_TURNS = 6
"""Messages of the conversation kept with a question; a follow-up refers to the last ones."""


class Said(StrEnum):
    """What the reader says. ``NOT_HELD``: the documents do not hold the answer."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_HELD = "not held"


def give_feedback(
    state: Path, answer: Answer | None, history: Sequence[Turn], said: Said, right_answer: str = ""
) -> str:
    """Keep a draft; returns what to tell the reader. Raises ``UsageError``."""
    if answer is None or answer.status is Status.ERROR:
        raise UsageError(t("there is no answer to say anything of"))
    right_answer = right_answer.strip()
    if len(right_answer) > MAX_ANSWER_CHARS:
        raise UsageError(t("a right answer has at most {count} characters", count=MAX_ANSWER_CHARS))
    item = draft_item(answer, history, said, right_answer)
    gold = own_file(state)
    add_drafts(drafts_file(gold), [new_draft(item, "feedback", _note(answer, said))], gold)
    return t(
        "Thank you. The question, with those before it, waits for review on the Evaluation page,"
        " where all who use this app can read it."
    )


def draft_item(
    answer: Answer, history: Sequence[Turn], said: Said, right_answer: str = ""
) -> GoldItem:
    """The gold question the feedback makes, complete or not: a reviewer mends it."""
    refusal_was_right = said is Said.RIGHT and answer.status is Status.REFUSED
    answerable = not (refusal_was_right or said is Said.NOT_HELD)
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    if answerable:
        # On two lines it would be two answers to the page of the review.
        given = " ".join(right_answer.split()) or (answer.said if said is Said.RIGHT else "")
        answers = (given,) if given else ()
        evidence = _evidence(answer, right_answer)
    identity = hashlib.sha256(answer.question.encode(errors="replace")).hexdigest()[:8]
    return GoldItem(
        id=f"{TAG}-{identity}",
        question=answer.question,
        answers=answers,
        evidence=evidence,
        answerable=answerable,
        history=tuple(history),
        tags=(TAG,),
    )


def _evidence(answer: Answer, right_answer: str) -> tuple[Evidence, ...]:
    """Where the right answer stands among what was found, else what the answer cites."""
    holding = [h.paragraph for h in answer.retrieved if _at(h.paragraph, right_answer) >= 0]
    if right_answer and holding:
        paragraph = holding[0]
        start = paragraph.start + _at(paragraph, right_answer)
        return (_sentences(paragraph, start, start + len(right_answer)),)
    quoted = (_sentences(c.paragraph, c.quote_start, c.quote_end) for c in answer.citations)
    return tuple(dict.fromkeys(quoted))


def _at(paragraph: Paragraph, words: str) -> int:
    return paragraph.text.lower().find(words.lower())


def _sentences(paragraph: Paragraph, start: int, end: int) -> Evidence:
    """The whole sentences around a span: a few words may stand in other paragraphs too."""
    touched = [s for s in paragraph.sentences if s.start < end and s.end > start]
    first = min([start, *(s.start for s in touched)]) - paragraph.start
    last = max([end, *(s.end for s in touched)]) - paragraph.start
    return Evidence(paragraph.path, paragraph.text[first:last].strip())


def _note(answer: Answer, said: Said) -> str:
    match said:
        case Said.RIGHT:
            return phrase("A reader found the answer right.")
        case Said.WRONG:
            return f"A reader found this wrong: {answer.said}"
        case Said.NOT_HELD:
            return phrase("A reader says that the documents do not hold the answer.")
