"""Correct: answered, in at most 40 words, with an accepted answer among them.

The containment test of RGB (Chen et al. 2023, ``evalue.py``) with two changes. Both sides are
SQuAD-normalised, and the accepted answer must stand there as whole words: "4" is not in "1984".
Hyphens, dashes and slashes may count as blanks, so that "five-year" holds "five". Of what the
normalisation drops three things tell answers apart and are kept: the article that ends the
accepted one ("Hepatitis A"), a mark between digits ("1.5" is not "15"; one that groups thousands
is dropped), and a minus before a number.

Without the limit on words, pasting the whole source would be correct. ``[n]`` marks are not words.
What is quoted of a source beside the answer is: an accepted answer there counts as given, being
read, and its words count towards the 40.

1 or 0. Eligible: answerable items with a short accepted answer; items whose every accepted answer
has over 15 words are judged by ROUGE-L. Refused and failed items score 0.
"""

import re
from collections.abc import Iterable

from eval.metrics.case import Case
from eval.normalise import bare, collapse, normalise

WORD_LIMIT = 40

_JOINTS = re.compile(r"[-‐‑–—/]")
_ARTICLES = {"a", "an", "the"}
# Also "1.000", as much of Europe writes it; "0.125" groups nothing.
_GROUPED = re.compile(r"(?<![\d.,])(?!0)\d{1,3}([.,])\d{3}(?:\1\d{3})*(?!\d)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,:](?=\d)")
_MINUS = re.compile(r"(?<!\w)(?<!\d )[-−](?=\d)")
_BELOW_ZERO = re.compile(r"\b(?:minus|negative|below)\b", re.IGNORECASE)
# "Serie A's" holds "Serie A": without its apostrophe it would end in "as".
_OF_A_LETTER = re.compile(r"(?<=\b\w)['’]s\b")
# Private characters, which are no punctuation to the normalisation.
_KEPT_MARK, _KEPT_MINUS = "\ue000", "\ue001"


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
    # Words can say what a minus says.
    minus = "" if _BELOW_ZERO.search(text) else _KEPT_MINUS
    whole = [_kept(part, minus) for part in (text, answer)]
    apart = [_JOINTS.sub(" ", part) for part in whole]
    return any(_has_answer(*(collapse(bare(part)) for part in parts)) for parts in (whole, apart))


def _kept(text: str, minus: str) -> str:
    """The text with what tells numbers and letters apart made safe from the normalisation."""
    text = _GROUPED.sub(lambda found: found[0].replace(found[1], ""), text)
    text = _MINUS.sub(minus, _BETWEEN_DIGITS.sub(_KEPT_MARK, text))
    return _OF_A_LETTER.sub(" s", text)


def _has_answer(text: str, answer: str) -> bool:
    """Whether the words stand there, whatever articles are between them, but with the last one."""
    *others, last = answer.split()
    words = [*(word for word in others if word not in _ARTICLES), last]
    joined = "(?: (?:a|an|the))* ".join(map(re.escape, words))
    kept = _KEPT_MARK + _KEPT_MINUS
    return bool(re.search(rf"(?<![\w{kept}]){joined}(?![\w{_KEPT_MARK}])", text))


def _has_words(text: str, words: str) -> bool:
    return bool(words) and bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))
