"""The words of the source, given beside a short answer, so that it can be read in its sentence.

A fact of a few words is easily taken from the wrong half of a sentence, by a model and by a reader:
with the sentence under it, both can be seen. A long answer, or one that repeats its source, gains
nothing from it.
"""

import re
from collections.abc import Sequence

from index.words import content_stems
from rag.match import Match
from rag.types import Verdict

SHORT_WORDS = 15
MOST_WORDS = 40
_NEWS = 3
_POINTER = re.compile(r"\s*\((?:see|cf\.)[^()]*\)", re.IGNORECASE)


def source_words(checked: Sequence[tuple[str, Match]]) -> list[tuple[str, Match]]:
    """What to quote beside an answer of these checked sentences: at most one passage.

    Given to an answer of one sentence and one source, ``SHORT_WORDS`` at most, when the source's
    words say more than it and both stay within ``MOST_WORDS``.
    """
    shown = [(text, found) for text, found in checked if found.spans]
    if len(shown) != 1 or len(shown[0][1].spans) != 1:
        return []
    [(claim, found)] = shown
    words = found.spans[0].words
    length = len(claim.split())
    news = set(content_stems(_POINTER.sub("", words))) - set(content_stems(claim))
    if length > SHORT_WORDS or length + len(words.split()) > MOST_WORDS or len(news) < _NEWS:
        return []
    return [(words, Match(Verdict.SUPPORTED, found.spans, 1.0))]
