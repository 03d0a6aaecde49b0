"""What a short paragraph is read with: its headings, and the end of what stands before it.

News, minutes and clauses have paragraphs of one sentence, which seldom name what they are about:
"It said the estimates reflect a decrease" is about the company of the headline. Token by token a
model of words in their context takes that up, if it meets the name first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Paragraph

READ_WITH = 400
"""Characters of a paragraph with all that it is read with; a longer one is read alone."""
EARLIER = 8
"""Of so many paragraphs before it words are taken; fewer are looked up than characters allow."""
_FEWEST = 60
"""Less than a clause tells of nothing."""
_APART = "\n\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, and words to be read before it that are none of its own.

    ``about``: what it is about, to be read apart.
    """

    paragraph: Paragraph
    before: str = ""
    about: str = ""

    @property
    def text(self) -> str:
        return self.before + self.paragraph.text


def is_short(paragraph: Paragraph) -> bool:
    """Whether there is room for anything beside it."""
    return _room(paragraph) >= _FEWEST


def in_surroundings(paragraph: Paragraph, earlier: Sequence[Paragraph], about: str = "") -> Passage:
    """The paragraph with its headings and the last words of ``earlier``, in document order."""
    if not is_short(paragraph):
        return Passage(paragraph, about=about)
    room = _room(paragraph)
    headings = " / ".join(paragraph.heading_path)[:room]
    words = _last_words(_APART.join(p.text for p in earlier), room - len(headings))
    before = "".join(part + _APART for part in (headings, words) if part)
    return Passage(paragraph, before, about)


def _room(paragraph: Paragraph) -> int:
    return READ_WITH - len(paragraph.text)


def _last_words(text: str, room: int) -> str:
    """The end of ``text`` within ``room`` characters, from the beginning of a word on."""
    if len(text) <= room:
        return text
    if room < _FEWEST:
        return ""
    return text[-room:].partition(" ")[2]
