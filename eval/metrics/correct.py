"""Correct: answered, in at most 40 words, with an accepted answer among them.

The containment test of RGB (Chen et al. 2023, ``evalue.py``) with two changes. Both sides are
SQuAD-normalised, and the accepted answer must stand there as whole words: "4" is not in "1984".
Hyphens, dashes and slashes may count as blanks, so that "five-year" holds "five". Without the
limit on words, pasting the whole source would be correct. ``[n]`` marks are not words. What is
quoted of a source beside the answer is: an accepted answer there counts as given, being read, and
its words count towards the 40.

1 or 0. Eligible: answerable items with a short accepted answer; items whose every accepted answer
has over 15 words are judged by ROUGE-L. Refused and failed items score 0.
"""

import re
from collections.abc import Iterable

from eval.metrics.case import Case
from eval.normalise import collapse, normalise

WORD_LIMIT = 40

_JOINTS = re.compile(r"[-‐‑–—/]")


def contains_answer(text: str, accepted: Iterable[str]) -> bool:
    """Whether one of the accepted answers stands in the text as whole words."""
    return any(_contains(text, answer) for answer in accepted)


def score(case: Case) -> float | None:
    """1 when the answer is short enough and contains an accepted one."""
    if not case.has_short_answer:
        return None
    if not case.answered or len(case.text.split()) > WORD_LIMIT:
        return 0.0
    return float(contains_answer(case.text, case.answers))


def _contains(text: str, answer: str) -> bool:
    if not normalise(answer):
        # "The" or "A" normalises to nothing, which every text contains: compare the plain words.
        return _has_words(collapse(text.lower()), collapse(answer.lower()))
    apart = (_JOINTS.sub(" ", part) for part in (text, answer))
    return _has_words(normalise(text), normalise(answer)) or _has_words(*map(normalise, apart))


def _has_words(text: str, words: str) -> bool:
    return bool(words) and bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))
