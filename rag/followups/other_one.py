"""“The other bridge” by its name, where what was found names one besides that of the question.

"No, the other bridge" after "Who built the Kingsgate Bridge?": with the Salter Bridge in what was
found, and no third, that is asked for. "Other" alone is in no document.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.types import Hit
from index.words import STOP_WORDS, WORD, stem
from rag.standalone import Standalone

_OTHER = re.compile(r"\bother (?P<noun>[^\W\d_]+)\b", re.IGNORECASE)


def other_one(alone: Standalone, hits: Sequence[Hit]) -> Standalone:
    """``alone`` with the name in place of "other"; as it is where there is none, or several."""
    found = _OTHER.search(alone.question)
    earlier = alone.aside.question
    if found is None or not earlier:
        return alone
    noun = stem(found["noun"])
    known = {word for name in _named(noun, earlier, capitals=False) for word in map(stem, name)}
    texts = (s.text for hit in hits for s in hit.paragraph.sentences)
    others = {name for text in texts for name in _named(noun, text, capitals=True)}
    others = {name for name in others if known.isdisjoint(map(stem, name))}
    if not known or len(others) != 1:
        return alone
    name = " ".join([*others.pop(), found["noun"]])
    question, asked = (
        _OTHER.sub(lambda _: name, text, count=1) for text in (alone.question, alone.asked)
    )
    return replace(alone, question=question, query=question, asked=asked)


def _named(noun: str, text: str, *, capitals: bool) -> set[tuple[str, ...]]:
    """What stands before the noun, up to an article or the like: all names, or whatever it is."""
    words = list(WORD.finditer(text))
    names = set[tuple[str, ...]]()
    for place, word in enumerate(words):
        if stem(word.group()) != noun:
            continue
        first = place
        while first and _names(words[first - 1].group(), capitals=capitals):
            first -= 1
        name = tuple(w.group() for w in words[first:place])
        if name:
            names.add(name)
    return names


def _names(word: str, *, capitals: bool) -> bool:
    return word.lower() not in STOP_WORDS and (word[0].isupper() or not capitals)
