"""A figure of all, with that of those who were asked about where the next sentence tells it.

"The pooled odds ratio was 1.16. It was higher among smokers (1.34)": asked of smokers, the first
fits the question best, and alone passes for theirs.
"""

import re
from collections.abc import Sequence

from index.words import names, stem, stems
from rag.asked import asks_for_amount, holds_the_kind
from rag.extract import RankedSentence
from rag.match import Span

_OF_WHOM = re.compile(
    r"\b(?:in|at|for|among|with|without|under) (?:(?:the|those|people|an?) )?([\w-]+)",
    re.IGNORECASE,
)
_MOST_WORDS = 80


def with_those_asked_about(question: str, told: Span, ranked: Sequence[RankedSentence]) -> Span:
    """``told`` with the sentence after it, one of ``ranked``, that has whom the question names."""
    paragraph = told.paragraph
    if not asks_for_amount(question) or told.end == paragraph.end:
        return told
    known = {
        *stems(told.text),
        *(word for title in paragraph.heading_path for word in stems(title)),
    }
    asked = names(question) | {stem(word) for word in _OF_WHOM.findall(question)}
    following = next((s for s in paragraph.sentences if s.start >= told.end), None)
    found = any(one.paragraph is paragraph and one.sentence is following for one in ranked)
    if following is None or not found or not (asked - known) & set(stems(following.text)):
        return told
    whole = Span(paragraph, told.start, following.end)
    fits = holds_the_kind(question, following.text, paragraph.text)
    return whole if fits and len(whole.words.split()) <= _MOST_WORDS else told
