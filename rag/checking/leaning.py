"""A sentence that says nothing for sure without the one before it, or goes on in a note after it.

"If it does not come on then, hold the ring" is the second thing to do, and "Otherwise it is tried
again" tells not of what. Quoted alone they pass for the first. "Default: 3." is of what it follows.
"""

import re
from itertools import takewhile

from index.lines import begins_item
from rag.match import Span

_LEANS = re.compile(
    r"(?:otherwise|if (?:not|so)|in (?:that|this|such|either) case)\b"
    r"|(?:after|before) (?:that|this),"
    # "When they arrived" goes on with a story.
    r"|(?:if|unless|should) (?:it|this|that|they|these)\b(?=[^,.;]*,)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"[A-Z][\w-]+(?: [\w-]+)?: \S")
_NOTE_WORDS = 6
_MOST_WORDS = 60


def with_what_it_leans_on(span: Span) -> Span:
    """The sentence with the one that it refers to and the notes on it, where that is not long."""
    sentences = span.paragraph.sentences
    at = next((i for i, s in enumerate(sentences) if (s.start, s.end) == (span.start, span.end)), 0)
    after = takewhile(lambda s: _is_note(s.text), sentences[at + 1 :])
    end = max((s.end for s in after), default=span.end)
    leans = at > 0 and _LEANS.match(span.text)
    start = sentences[at - 1].start if leans else span.start
    whole = Span(span.paragraph, start, end)
    return whole if len(whole.words.split()) <= _MOST_WORDS else span


def _is_note(text: str) -> bool:
    return (
        _NOTE.match(text) is not None and len(text.split()) <= _NOTE_WORDS and not begins_item(text)
    )
